import { codeLineHtml } from '../../report-page/copy-button.ts';
import { htmlText, visibleHtml } from '../../report-page/html-text.ts';
import { packedHtml } from '../../report-page/packed-part.ts';
import type {
  Check,
  ConformanceReport,
  ScenarioResult,
} from '../../schemas/generated/conformance-report.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { failedChecks } from '../report/failure.ts';
import { commandText } from '../report/start-failure-text.ts';
import type { HistoryAlbum } from './history-album.ts';
import { requirementHtml } from './requirement-html.ts';
import { verdictHtml, verdictWords } from './verdict-words.ts';

export interface ScenarioContext {
  readonly report: ConformanceReport;
  readonly catalogue: Catalogue;
  readonly album: HistoryAlbum | undefined;
}

/** A scenario on one transport: a line, and below it what was asked, seen, and happened. */
export function scenarioHtml(scenario: ScenarioResult, context: ScenarioContext): string {
  const { id, title, profile, transport, requirements, verdict, durationMs } = scenario;
  const { words } = verdictWords[verdict];
  const time = verdict === 'not-applicable' ? '' : ` · ${(durationMs / 1000).toFixed(1)} s`;
  const unstable = scenario.unstable ? ' <span class="warn">unstable</span>' : '';
  return `<details class="scenario" id="${scenarioAnchor(scenario)}" data-item data-verdict="${words}" data-profile="${profile}" data-transport="${transport}">
<summary>${verdictHtml(verdict)}<span class="quiet" data-search>${transport}</span><span class="what" data-search><span class="id">${htmlText(id)}</span> ${htmlText(title)}${unstable}</span><span class="for quiet" data-search>${requirements.join(' ')}${time}</span></summary>
<div class="body">${bodyHtml(scenario, context)}</div></details>`;
}

/** Where a link finds it. */
export function scenarioAnchor({ id, transport }: ScenarioResult): string {
  return `s-${transport}-${id.replaceAll(/[^\w-]+/g, '-')}`;
}

function bodyHtml(scenario: ScenarioResult, context: ScenarioContext): string {
  const { report, album } = context;
  const picture = album?.find(scenario);
  const timeline = shownChecks(scenario).find((check) => check.timeline !== undefined)?.timeline;
  return [
    ...findings(scenario, context),
    ...(scenario.error === undefined ? [] : [`<pre data-search>${htmlText(scenario.error)}</pre>`]),
    factsHtml(scenario),
    ...(scenario.verdict === 'not-applicable' || report.startFailure !== undefined
      ? []
      : [`<h3 class="part">Run it again</h3>`, codeLineHtml(againCommand(scenario, report))]),
    ...(picture === undefined ? [] : ['<h3 class="part">What happened</h3>', packedHtml(picture)]),
    ...(picture === undefined && timeline !== undefined
      ? [
          `<h3 class="part">The last that happened</h3><pre tabindex="0" role="group" aria-label="The last events">${htmlText(timeline.join('\n'))}</pre>`,
        ]
      : []),
  ].join('\n');
}

/** The checks that say why it did not pass; each of its requirements where it did. */
function shownChecks(scenario: ScenarioResult): Check[] {
  if (scenario.verdict === 'fail') return failedChecks(scenario);
  return scenario.checks.filter(({ verdict }) => verdict === scenario.verdict);
}

function findings(scenario: ScenarioResult, { catalogue }: ScenarioContext): string[] {
  const checks = shownChecks(scenario);
  const told = new Set(checks.map(({ requirement }) => requirement));
  const others = scenario.requirements
    .filter((id) => !told.has(id))
    .map((requirement): Check => {
      const own = scenario.checks.find((check) => check.requirement === requirement);
      return own ?? { requirement, verdict: scenario.verdict };
    });
  return [...checks, ...others].map((check) => findingHtml(check, catalogue));
}

function findingHtml(check: Check, catalogue: Catalogue): string {
  const { requirement, verdict, reason, expected, seen } = check;
  const { tone } = verdictWords[verdict];
  const isPlain = tone === 'good' || tone === 'quiet';
  const rows = [
    ['reason', reason],
    ['expected', expected],
    ['seen', seen],
  ]
    .filter((row): row is [string, string] => row[1] !== undefined)
    .map(
      ([name, text]) => `<dt>${name}</dt><dd class="${name}" data-search>${visibleHtml(text)}</dd>`,
    );
  const facts = rows.length === 0 ? '' : `<dl class="facts">${rows.join('')}</dl>`;
  return `<div class="finding${isPlain ? '' : ` ${tone}`}">${requirementHtml(requirement, { catalogue, verdict, isLong: !isPlain })}${facts}</div>`;
}

function factsHtml(scenario: ScenarioResult): string {
  const { subjectExit, attempts, attemptVerdicts = [], history } = scenario;
  const rows = [
    ...(subjectExit === undefined ? [] : [['the subject', subjectExit]]),
    ...(attempts === 1 ? [] : [['attempts', `${attempts}: ${attemptVerdicts.join(', ')}`]]),
    ...(history === undefined ? [] : [['history', history]]),
  ];
  if (rows.length === 0) return '';
  const text = rows.map(([name = '', value = '']) => `<dt>${name}</dt><dd>${htmlText(value)}</dd>`);
  return `<dl class="facts">${text.join('')}</dl>`;
}

/** The report has the command of what did not pass; the others' is that of the run, for one. */
function againCommand(
  { id, transport, reproduce }: ScenarioResult,
  { kind, via, seed, timeScale, capabilities, subject }: ConformanceReport,
): string {
  if (reproduce !== undefined) return reproduce;
  const isBus = kind === 'bus';
  return commandText([
    ...['stdio-bus-kit', 'conform', kind],
    ...(isBus && capabilities.length > 0 ? ['--capabilities', capabilities.join(',')] : []),
    ...(via === undefined ? [] : ['--via', via]),
    ...(isBus ? ['--transport', transport] : []),
    ...['--only', id, '--seed', seed],
    ...(timeScale === 1 ? [] : ['--time-scale', String(timeScale)]),
    ...['--', ...subject.command],
  ]);
}
