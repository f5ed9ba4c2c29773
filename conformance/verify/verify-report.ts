import type { ConformanceReport } from '../../schemas/generated/conformance-report.ts';
import { suiteFromPackage } from '../../suite.ts';
import { isBaselineKept } from '../baseline/baseline-fit.ts';
import { failuresFromResults } from '../report/failure.ts';
import { requirementResultsFrom } from '../report/requirement-results.ts';
import { countsFromResults, mustFailures, verdictFromOutcome } from '../report/verdict.ts';
import { type KnownSuite, missingScenarios, scenarioProblems } from './verified-scenario.ts';

/** What a report is verified against. */
export interface VerifyOptions extends KnownSuite {
  /** Milliseconds since 1970: nothing in a report can be later. */
  readonly nowMs: number;
}

/**
 * What is wrong with a report that keeps its schema, one line each; nothing where it is of this
 * kit's catalogue, holds every requirement once, and follows from its scenarios.
 */
export function reportProblems(report: ConformanceReport, options: VerifyOptions): string[] {
  const { catalogue } = options;
  if (report.catalogue.sha256 !== catalogue.sha256) {
    return [
      `the catalogue is another one: ${report.catalogue.sha256} (version ${report.catalogue.version}), and that of this kit is ${catalogue.sha256} (version ${catalogue.version}); verify it with the kit that made it, ${report.suite.name} ${report.suite.version}`,
    ];
  }
  return [
    ...suiteProblems(report, options),
    ...scenarioProblems(report, options),
    ...completenessProblems(report, options),
    ...requirementProblems(report, options),
    ...countProblems(report),
    ...verdictProblems(report),
    ...timeProblems(report, options.nowMs),
  ];
}

function suiteProblems({ suite, catalogue }: ConformanceReport, known: VerifyOptions): string[] {
  const { name } = suiteFromPackage();
  return [
    ...(suite.name === name ? [] : [`the suite is ${suite.name}, not ${name}`]),
    ...(catalogue.version === known.catalogue.version
      ? []
      : [`the catalogue's version is ${known.catalogue.version}, not ${catalogue.version}`]),
  ];
}

function completenessProblems(report: ConformanceReport, options: VerifyOptions): string[] {
  const { only, skip, complete } = report.selection;
  if (!complete || report.startFailure !== undefined) return [];
  const isNarrowed = only.length + skip.length > 0;
  return [
    ...(isNarrowed ? ['the report calls itself complete, and has --only or --skip'] : []),
    ...missingScenarios(report, options),
  ];
}

function requirementProblems(report: ConformanceReport, { catalogue }: VerifyOptions): string[] {
  const expected = requirementResultsFrom(report.scenarios, { ...report, catalogue });
  const expectedIds = expected.map(({ id }) => id);
  const problems: string[] = [];
  for (const { id, level, verdict, scenarios } of expected) {
    const found = report.requirements.filter((requirement) => requirement.id === id);
    const [first] = found;
    if (first === undefined) problems.push(`${id}: is missing`);
    if (found.length > 1) problems.push(`${id}: stands ${found.length} times`);
    if (first === undefined) continue;
    if (first.level !== level) problems.push(`${id}: is a ${level}, not a ${first.level}`);
    if (first.verdict !== verdict) {
      problems.push(`${id}: says ${first.verdict}, and its scenarios ${verdict}`);
    }
    if ([...first.scenarios].sort().join() !== [...scenarios].sort().join()) {
      problems.push(`${id}: names other scenarios than those that judged it`);
    }
  }
  const surplus = report.requirements.filter(({ id }) => !expectedIds.includes(id));
  return [...problems, ...surplus.map(({ id }) => `${id}: is no requirement for a ${report.kind}`)];
}

function countProblems({ counts, scenarios }: ConformanceReport): string[] {
  return Object.entries(countsFromResults(scenarios)).flatMap(([verdict, count]) => {
    const said = counts[verdict as keyof typeof counts];
    return said === count ? [] : [`counts say ${said} × ${verdict}, and the scenarios ${count}`];
  });
}

/** Which failures a baseline knows is not in a report: only how many, of MUST and of SHOULD. */
function verdictProblems(report: ConformanceReport): string[] {
  const { scenarios, requirements, baseline, verdict, startFailure } = report;
  const failures = failuresFromResults(scenarios);
  const broken = mustFailures(failures, requirements).length;
  const known = baseline?.known ?? 0;
  if (known > failures.length) {
    return [`the baseline is said to know ${known} failures, and there are ${failures.length}`];
  }
  const verdictWith = (newMustFailures: number) =>
    verdictFromOutcome({
      scenarios,
      requirements,
      newMustFailures,
      isBaselineKept: baseline === undefined || isBaselineKept(baseline),
      ...(startFailure && { startFailure }),
    });
  const fewest = Math.max(0, broken - known);
  const most = Math.min(broken, failures.length - known);
  const possible = [...new Set([verdictWith(fewest), verdictWith(most)])];
  if (possible.includes(verdict)) return [];
  return [`the verdict says ${verdict}, and the scenarios ${possible.join(' or ')}`];
}

/** Clocks differ, but not by more than that. */
const clockToleranceMs = 10 * 60 * 1000;
/** There was no kit before. */
const earliestMs = Date.UTC(2025, 0, 1);

function timeProblems(report: ConformanceReport, nowMs: number): string[] {
  const { startedAt, durationMs, scenarios } = report;
  const startedMs = Date.parse(startedAt);
  if (Number.isNaN(startedMs) || !isDay(startedAt, startedMs)) {
    return [`startedAt is no moment: ${startedAt}`];
  }
  const longest = Math.max(0, ...scenarios.map((scenario) => scenario.durationMs));
  return [
    ...(startedMs < earliestMs ? [`it started before there was a kit: ${startedAt}`] : []),
    ...(startedMs + durationMs > nowMs + clockToleranceMs ? ['it ends in the future'] : []),
    ...(longest > durationMs + 1
      ? [`a scenario took ${longest} ms, and the whole run ${durationMs} ms`]
      : []),
  ];
}

/** `Date.parse` makes 2 March of 30 February. */
function isDay(text: string, parsedMs: number): boolean {
  return new Date(parsedMs).toISOString().slice(0, 10) === text.slice(0, 10);
}
