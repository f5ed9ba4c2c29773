import { printable } from '../../command.ts';
import type { BaselineEntry } from '../../schemas/generated/baseline.ts';
import type {
  ConformanceReport,
  ScenarioResult,
} from '../../schemas/generated/conformance-report.ts';
import { isKnownFailure } from '../baseline/baseline-fit.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { type AlikeFailures, toldFailuresFrom } from './alike-failures.ts';
import { failuresFromResults } from './failure.ts';
import { type FailureGroup, failureGroupsFrom } from './failure-group.ts';
import { type ProfileRow, profileColumns, profileRowsFrom } from './profile-table.ts';
import { startFailureText } from './start-failure-text.ts';
import { createTextStyle, type TextFormat, type TextStyle } from './text-style.ts';
import { countOf, verdictSentence } from './verdict-sentence.ts';

export interface TerminalTextOptions {
  readonly catalogue: Catalogue;
  /** Default: no colours. */
  readonly isColoured?: boolean;
  /** The entries of the baseline, so that a known failure is marked as one. */
  readonly known?: readonly BaselineEntry[];
}

/**
 * What a person reads at the end of a run: how the subject failed to start or a table by profile,
 * each failure, what could not be judged, and the verdict as the last line. Text of the subject
 * comes without control characters.
 */
export function terminalTextFromReport(
  report: ConformanceReport,
  { catalogue, isColoured = false, known = [] }: TerminalTextOptions,
): string {
  const style = createTextStyle(isColoured);
  const groups = failureGroupsFrom(failuresFromResults(report.scenarios));
  const { told: failures, alike } = toldFailuresFrom(groups, (failure) =>
    isKnownFailure(known, failure),
  );
  const context = { catalogue, style, known };
  const parts = [
    ...startPart(report, style),
    ...(report.scenarios.length === 0 ? [] : [table(profileRowsFrom(report, catalogue), style)]),
    ...failures.map((failure, index) => failureText(failure, failures[index - 1], context)),
    ...listPart('The same in other scenarios:', alike.map(alikeLine)),
    ...listPart('Does not apply:', inapplicableLines(report, catalogue)),
    ...listPart('Measured:', factLines(report)),
    ...listPart('Not judged:', report.scenarios.flatMap(unjudgedLines)),
    ...listPart('Unstable, ended differently from attempt to attempt:', unstableLines(report)),
    ...listPart('The baseline does not fit:', baselineLines(report)),
    `${style(verdictFormats[report.verdict], report.verdict)}: ${printable(verdictSentence(report))}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

const verdictFormats: Readonly<Record<ConformanceReport['verdict'], TextFormat>> = {
  conformant: 'green',
  'not-conformant': 'red',
  inconclusive: 'yellow',
  'harness-error': 'yellow',
};

function startPart({ startFailure }: ConformanceReport, style: TextStyle): string[] {
  if (startFailure === undefined) return [];
  const [first = '', ...rest] = startFailureText(startFailure)
    .split('\n')
    .map((line) => printable(line));
  return [[style('red', first), ...rest].join('\n')];
}

function table(rows: readonly ProfileRow[], style: TextStyle): string {
  const columns = profileColumns.filter(
    ([verdict]) =>
      verdict === 'pass' || verdict === 'fail' || rows.some(({ counts }) => counts[verdict] > 0),
  );
  const nameWidth = Math.max(...rows.map(({ profile }) => profile.length), 'requirements'.length);
  const head = ['requirements'.padEnd(nameWidth), ...columns.map(([, title]) => title)].join('  ');
  const lines = rows.map(({ profile, counts }) => {
    const cells = columns.map(([verdict, title]) => {
      const cell = String(counts[verdict]).padStart(title.length);
      return counts[verdict] > 0 ? style(cellFormats[verdict], cell) : style('dim', cell);
    });
    return [profile.padEnd(nameWidth), ...cells].join('  ');
  });
  return [style('bold', head), ...lines].join('\n');
}

const cellFormats: Readonly<Record<ProfileCell, TextFormat>> = {
  pass: 'green',
  fail: 'red',
  inconclusive: 'yellow',
  'harness-error': 'yellow',
  'not-applicable': 'dim',
  'not-run': 'dim',
};

type ProfileCell = (typeof profileColumns)[number][0];

interface FailureContext {
  readonly catalogue: Catalogue;
  readonly style: TextStyle;
  readonly known: readonly BaselineEntry[];
}

function failureText(
  failure: FailureGroup,
  before: FailureGroup | undefined,
  { catalogue, style, known }: FailureContext,
): string {
  const { scenario, check, transports } = failure;
  const { requirement, reason, expected, seen, timeline = [] } = check;
  const { level, title } = catalogue.find(requirement) ?? { level: '', title: '' };
  const mark = isKnownFailure(known, failure) ? style('yellow', 'KNOWN') : style('red', 'FAIL');
  const isSameTimeline =
    before?.scenario === scenario && before.check.timeline?.join() === timeline.join();
  const label = (name: string) => style('dim', name.padEnd(9));
  const lines = [
    `${mark} ${style('bold', requirement)} ${level} ${title}`,
    `  ${label('scenario')} ${printable(scenario.id)} on ${transports.join(', ')}: ${printable(scenario.title)}`,
    ...textLine(label('reason'), reason),
    ...textLine(label('expected'), expected),
    ...textLine(label('seen'), seen),
    ...textLine(label('subject'), scenario.subjectExit),
    ...(timeline.length === 0 || isSameTimeline ? [] : [`  ${label('timeline')}`]),
    ...(isSameTimeline ? [] : timeline.map((line) => `    ${printable(line)}`)),
    ...textLine(label('history'), scenario.history),
    ...textLine(label('again'), scenario.reproduce, 4000),
  ];
  return lines.join('\n');
}

/** So many scenarios are named. */
const namedScenarios = 6;

function alikeLine({ requirement, reason, isKnown, scenarios }: AlikeFailures): string {
  const named = scenarios.slice(0, namedScenarios).join(', ');
  const left = scenarios.length - namedScenarios;
  return printable(
    `${isKnown ? 'KNOWN' : 'FAIL'} ${requirement} ${reason}: ${countOf(scenarios.length, 'more scenario')}, ${named}${left > 0 ? ` and ${left} more` : ''}`,
    1000,
  );
}

function textLine(label: string, text: string | undefined, longest?: number): string[] {
  return text === undefined ? [] : [`  ${label} ${printable(text, longest)}`];
}

function listPart(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [[title, ...lines.map((line) => `  ${line}`)].join('\n')];
}

/** What a worker's manifest would let be judged; what a bus does not declare is in the table. */
function inapplicableLines(report: ConformanceReport, catalogue: Catalogue): string[] {
  const { kind, scenarios, requirements, capabilities, startFailure } = report;
  if (kind !== 'worker' || startFailure !== undefined) return [];
  const profiles = new Set(requirements.map(({ id }) => catalogue.find(id)?.profile ?? 'unknown'));
  const unclaimed = [...profiles].filter((profile) => !capabilities.includes(profile));
  const counts = new Map<string, number>();
  for (const { verdict, checks } of scenarios) {
    if (verdict !== 'not-applicable') continue;
    const reason = checks[0]?.reason ?? verdict;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [
    ...unclaimed.map(
      (profile) => `the profile ${profile}: not claimed (profiles of the manifest, or --profile)`,
    ),
    ...[...counts].map(([reason, count]) => `${countOf(count, 'scenario')}: ${printable(reason)}`),
  ];
}

function factLines({ facts = {} }: ConformanceReport): string[] {
  return Object.entries(facts).map(([name, value]) => printable(`${name}: ${value}`));
}

function unjudgedLines({ id, transport, verdict, error, checks, reproduce }: ScenarioResult) {
  if (verdict !== 'inconclusive' && verdict !== 'harness-error') return [];
  const check = checks.find((each) => each.verdict === verdict);
  const about = check === undefined ? '' : `${check.requirement}: `;
  const reason = `${about}${error ?? check?.reason ?? 'no reason was given'}`;
  const again = reproduce === undefined ? [] : [`  again: ${printable(reproduce, 4000)}`];
  const seen = check?.seen === undefined ? [] : [`  seen: ${printable(check.seen)}`];
  return [`${printable(id)} on ${transport}, ${verdict}: ${printable(reason)}`, ...seen, ...again];
}

function unstableLines({ scenarios }: ConformanceReport): string[] {
  return scenarios
    .filter(({ unstable }) => unstable)
    .map(({ id, transport, attemptVerdicts = [] }) => {
      const counts = [...new Set(attemptVerdicts)].map(
        (verdict) => `${attemptVerdicts.filter((each) => each === verdict).length} × ${verdict}`,
      );
      return `${printable(id)} on ${transport}: ${counts.join(', ')} of ${countOf(attemptVerdicts.length, 'attempt')}`;
    });
}

function baselineLines({ baseline }: ConformanceReport): string[] {
  const { nowPassing = [], otherReason = [], unmatched = [] } = baseline ?? {};
  return [
    ...nowPassing.map((entry) => `passes now, take it out: ${printable(entry)}`),
    ...otherReason.map((entry) => `fails for another reason: ${printable(entry)}`),
    ...unmatched.map((entry) => `matches nothing: ${printable(entry)}`),
  ];
}
