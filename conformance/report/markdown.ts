import type {
  ConformanceReport,
  ScenarioResult,
} from '../../schemas/generated/conformance-report.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { type AlikeFailures, toldFailuresFrom } from './alike-failures.ts';
import { failuresFromResults } from './failure.ts';
import { type FailureGroup, failureGroupsFrom } from './failure-group.ts';
import { markdownBlock, markdownCode, markdownText } from './markdown-text.ts';
import { profileColumns, profileRowsFrom } from './profile-table.ts';
import { commandText, startFailureText } from './start-failure-text.ts';
import { verdictSentence } from './verdict-sentence.ts';

/** The report as Markdown: the verdict, a table by profile, each failure, and what was run. */
export function markdownFromReport(report: ConformanceReport, catalogue: Catalogue): string {
  const { startFailure, subject, scenarios } = report;
  const groups = failureGroupsFrom(failuresFromResults(scenarios));
  const { told: failures, alike } = toldFailuresFrom(groups, () => false);
  const parts = [
    `# Conformance of ${markdownText(subject.name)}`,
    `**${report.verdict}**: ${markdownText(verdictSentence(report))}`,
    ...(startFailure === undefined
      ? []
      : [markdownBlock(startFailureText(startFailure).split('\n'))]),
    profileTable(report, catalogue),
    ...(failures.length === 0 ? [] : ['## Failures']),
    ...failures.map((failure) => failureSection(failure, catalogue)),
    ...section('The same in other scenarios', alike.map(alikeLine)),
    ...section('Not judged', scenarios.filter(isUnjudged).map(unjudgedLine)),
    ...section('Unstable', scenarios.filter(({ unstable }) => unstable).map(unstableLine)),
    ...section('Baseline', baselineLines(report)),
    ...section('Run', runLines(report)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, lines.map((line) => `- ${line}`).join('\n')];
}

function profileTable(report: ConformanceReport, catalogue: Catalogue): string {
  const rows = profileRowsFrom(report, catalogue).map(
    ({ profile, counts }) =>
      `| ${profile} | ${profileColumns.map(([verdict]) => counts[verdict]).join(' | ')} |`,
  );
  return [
    `| requirements | ${profileColumns.map(([, title]) => title).join(' | ')} |`,
    `|---|${profileColumns.map(() => '---:|').join('')}`,
    ...rows,
  ].join('\n');
}

function failureSection({ scenario, check, transports }: FailureGroup, catalogue: Catalogue) {
  const { requirement, reason, expected, seen, timeline = [] } = check;
  const known = catalogue.find(requirement);
  const title = known === undefined ? '' : ` (${known.level}) ${markdownText(known.title)}`;
  const where = `${markdownCode(scenario.id)} on ${transports.join(', ')}`;
  const lines = [
    `${where}: ${markdownText(scenario.title)}`,
    ...(reason === undefined ? [] : [`reason: ${markdownText(reason)}`]),
    ...(expected === undefined ? [] : [`expected: ${markdownText(expected)}`]),
    ...(seen === undefined ? [] : [`seen: ${markdownText(seen)}`]),
    ...(scenario.reproduce === undefined ? [] : [`again: ${markdownCode(scenario.reproduce)}`]),
  ];
  return [
    `### ${requirement}${title}`,
    lines.map((line) => `- ${line}`).join('\n'),
    ...(timeline.length === 0 ? [] : [markdownBlock(timeline)]),
  ].join('\n\n');
}

function alikeLine({ requirement, reason, scenarios }: AlikeFailures): string {
  return `${requirement} ${markdownText(reason)}: ${scenarios.map(markdownCode).join(', ')}`;
}

/** Whether it is neither right nor wrong: too little was seen, or the harness failed. */
function isUnjudged({ verdict }: ScenarioResult): boolean {
  return verdict === 'inconclusive' || verdict === 'harness-error';
}

function unjudgedLine({ id, transport, verdict, error, checks }: ScenarioResult): string {
  const reason = error ?? checks.find((check) => check.verdict === verdict)?.reason ?? verdict;
  return `${markdownCode(id)} on ${transport}, ${verdict}: ${markdownText(reason)}`;
}

function unstableLine({ id, transport, attemptVerdicts = [] }: ScenarioResult): string {
  return `${markdownCode(id)} on ${transport}: ${attemptVerdicts.join(', ')}`;
}

function baselineLines({ baseline }: ConformanceReport): string[] {
  if (baseline === undefined) return [];
  const { known, nowPassing, otherReason, unmatched } = baseline;
  const line = (what: string) => (entry: string) => `${what}: ${markdownText(entry)}`;
  return [
    `known failures that came: ${known}`,
    ...nowPassing.map(line('passes now')),
    ...otherReason.map(line('fails for another reason')),
    ...unmatched.map(line('matches nothing')),
  ];
}

function runLines(report: ConformanceReport): string[] {
  const { subject, suite, catalogue, machine, seed, startedAt, durationMs, timeScale } = report;
  const { selection, capabilities } = report;
  const patterns = (option: string, texts: readonly string[]) =>
    texts.length === 0 ? '' : `, ${option} ${markdownCode(texts.join(','))}`;
  return [
    `command: ${markdownCode(commandText(subject.command))}`,
    ...(subject.sha256 === undefined ? [] : [`subject: sha256 ${markdownCode(subject.sha256)}`]),
    `capabilities: ${capabilities.length === 0 ? 'none' : markdownText(capabilities.join(', '))}`,
    `selection: ${selection.profiles.join(', ')} on ${selection.transports.join(', ')}${patterns('only', selection.only)}${patterns('skip', selection.skip)}; ${selection.complete ? 'complete' : 'not complete'}`,
    ...(report.via === undefined ? [] : [`reached through: ${report.via}`]),
    `suite: ${markdownText(`${suite.name} ${suite.version}`)}, catalogue ${markdownCode(catalogue.sha256)}`,
    `machine: ${markdownText(`${machine.os} ${machine.release} ${machine.arch}, ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`)}`,
    ...Object.entries(report.facts ?? {}).map(([name, value]) => markdownText(`${name}: ${value}`)),
    `seed ${markdownCode(seed)}, time scale ${timeScale}, started ${startedAt}, took ${(durationMs / 1000).toFixed(1)} s`,
  ];
}
