import type {
  ConformanceReport,
  ScenarioResult,
} from '../../schemas/generated/conformance-report.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { worstVerdict } from '../report/worst-verdict.ts';
import type { SceneTransport } from '../scenario.ts';
import { transportsFor } from '../selection/selection.ts';

/** What is known of a scenario of this kit. */
export interface KnownScenario {
  readonly id: string;
  readonly requirements: readonly string[];
  /** Absent: every transport of a bus. */
  readonly transports?: readonly SceneTransport[];
  /** Whether it runs on the first of several transports alone. */
  readonly isTransportFree?: boolean;
}

/** The scenarios and requirements that a report is held against. */
export interface KnownSuite {
  readonly catalogue: Catalogue;
  readonly scenarios: readonly KnownScenario[];
}

/** What is wrong with the scenarios of a report, one line each. */
export function scenarioProblems(report: ConformanceReport, suite: KnownSuite): string[] {
  const seen = new Set<string>();
  const known = new Map(suite.scenarios.map((scenario) => [scenario.id, scenario]));
  return report.scenarios.flatMap((result) => {
    const name = nameOf(result);
    const problems = [
      ...(seen.has(name) ? ['stands twice'] : []),
      ...identityProblems(result, known.get(result.id), suite.catalogue),
      ...selectionProblems(result, report),
      ...verdictProblems(result),
    ];
    seen.add(name);
    return problems.map((problem) => `${name}: ${problem}`);
  });
}

/** The scenarios that a report which calls itself complete lacks, one line each. */
export function missingScenarios(
  { kind, scenarios, selection, capabilities }: ConformanceReport,
  suite: KnownSuite,
): string[] {
  const present = new Set(scenarios.map(nameOf));
  return suite.scenarios.flatMap((scenario) => {
    const isUndeclared = scenario.requirements.some((id) => {
      const capability = suite.catalogue.find(id)?.capability;
      return capability !== undefined && !capabilities.includes(capability);
    });
    const profile = suite.catalogue.find(scenario.requirements[0] ?? '')?.profile;
    const isUnclaimed =
      kind === 'worker' && (profile === undefined || !capabilities.includes(profile));
    if (isUndeclared || isUnclaimed) return [];
    return transportsFor(scenario, selection.transports)
      .map((transport) => nameOf({ id: scenario.id, transport }))
      .filter((name) => !present.has(name))
      .map((name) => `${name}: is missing, and the report calls itself complete`);
  });
}

function nameOf({ id, transport }: Pick<ScenarioResult, 'id' | 'transport'>): string {
  return `${id} on ${transport}`;
}

function identityProblems(
  { profile, requirements, checks }: ScenarioResult,
  known: KnownScenario | undefined,
  catalogue: Catalogue,
): string[] {
  const named = [...new Set([...requirements, ...checks.map(({ requirement }) => requirement)])];
  const problems = named
    .filter((id) => catalogue.find(id) === undefined)
    .map((id) => `judges ${id}, which the catalogue does not have`);
  if (known === undefined) return [...problems, 'is no scenario of this kit'];
  const first = catalogue.find(String(requirements[0]));
  if (first !== undefined && first.profile !== profile) {
    problems.push(`is of the profile ${first.profile}, not ${profile}`);
  }
  if (known.requirements.join() !== requirements.join()) {
    problems.push(`checks ${known.requirements.join(', ')}, not ${requirements.join(', ')}`);
  }
  return problems;
}

function selectionProblems(
  { profile, transport }: ScenarioResult,
  { selection }: ConformanceReport,
): string[] {
  return [
    ...(selection.transports.includes(transport)
      ? []
      : ['ran on a transport that was not selected']),
    ...(selection.profiles.includes(profile) ? [] : ['is of a profile that was not selected']),
  ];
}

function verdictProblems(result: ScenarioResult): string[] {
  const { verdict, checks, attempts, attemptVerdicts, unstable } = result;
  const problems: string[] = [];
  const worst = worstVerdict(checks.map((check) => check.verdict));
  // Without a check, a scenario may still fail or be in error, but nothing was seen to hold.
  const isRight = worst === undefined ? verdict !== 'pass' : isAsBad(verdict, worst);
  if (!isRight) problems.push(`says ${verdict}, and its checks ${worst ?? 'nothing'}`);
  if (attemptVerdicts === undefined) return problems;
  if (attemptVerdicts.length !== attempts) {
    problems.push(`says ${attempts} attempts, and the verdicts of ${attemptVerdicts.length}`);
  }
  const isUnstable = new Set(attemptVerdicts).size > 1;
  if (isUnstable !== (unstable ?? false)) {
    problems.push(`says ${unstable ? 'unstable' : 'stable'}, and its attempts do not`);
  }
  if (!isAsBad(verdict, worstVerdict(attemptVerdicts) ?? verdict)) {
    problems.push(`says ${verdict}, and its attempts ${attemptVerdicts.join(', ')}`);
  }
  return problems;
}

/** A scenario is as bad as its checks, or worse: the harness may have failed beside them. */
function isAsBad(verdict: ScenarioResult['verdict'], worst: ScenarioResult['verdict']): boolean {
  return worstVerdict([verdict, worst]) === verdict;
}
