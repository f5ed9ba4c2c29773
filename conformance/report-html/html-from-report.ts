import { copyScript, copyStyles } from '../../report-page/copy-button.ts';
import { filterHtml, filterScript, filterStyles } from '../../report-page/filter-bar.ts';
import { htmlText } from '../../report-page/html-text.ts';
import { packedScript } from '../../report-page/packed-part.ts';
import { type PageSection, pageHtml } from '../../report-page/page.ts';
import { sequenceScript, sequenceStyles } from '../../report-page/sequence-script.ts';
import type {
  ConformanceReport,
  ScenarioResult,
} from '../../schemas/generated/conformance-report.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { countOf } from '../report/verdict-sentence.ts';
import type { HistoryAlbum } from './history-album.ts';
import {
  profilesHtml,
  requirementsHtml,
  runHtml,
  utc,
  verdictBannerHtml,
} from './overview-html.ts';
import { pageStyles } from './page-styles.ts';
import { scenarioHtml } from './scenario-html.ts';
import { verdictsFromWorst, verdictWords } from './verdict-words.ts';

/** What a page is made with. */
export interface HtmlContext {
  readonly catalogue: Catalogue;
  /** Pictures of the histories; without, what failed has its timeline only. */
  readonly album?: HistoryAlbum | undefined;
}

/** The report as one HTML file that asks nobody for anything. */
export function htmlFromReport(
  report: ConformanceReport,
  { catalogue, album }: HtmlContext,
): string {
  const { suite, subject, kind, startedAt } = report;
  return pageHtml({
    title: `Conformance of ${subject.name}`,
    lead: `<p class="quiet">a ${kind}, judged by ${htmlText(suite.name)} ${htmlText(suite.version)} on ${utc(startedAt)}</p>
${verdictBannerHtml(report)}`,
    sections: [
      { id: 'profiles', title: 'Profiles', html: profilesHtml(report, catalogue) },
      ...baselineSection(report),
      {
        id: 'scenarios',
        title: 'Scenarios',
        html: scenariosHtml(report, { catalogue, album }),
      },
      {
        id: 'requirements',
        title: 'Requirements',
        html: requirementsHtml(report, catalogue),
      },
      { id: 'run', title: 'What was run', html: runHtml(report) },
      readSection(kind),
    ],
    data: { file: 'conformance-report.json', title: 'The report as JSON', value: report },
    foot: `Made by ${htmlText(suite.name)} ${htmlText(suite.version)}: <code>stdio-bus-kit conform ${kind} --report html=FILE</code>`,
    styles: `${pageStyles}${filterStyles}${copyStyles}${sequenceStyles}`,
    script: `${sequenceScript}
const onUnpacked = stepThrough;${packedScript}${filterScript}${copyScript}${anchorScript}`,
  });
}

function scenariosHtml(report: ConformanceReport, { catalogue, album }: HtmlContext): string {
  const { scenarios } = report;
  if (scenarios.length === 0) return '<p>No scenario was run.</p>';
  const inOrder = verdictsFromWorst.flatMap((verdict) =>
    scenarios.filter((scenario) => scenario.verdict === verdict),
  );
  const values = (of: (scenario: ScenarioResult) => string) => {
    const counts = new Map<string, number>();
    for (const scenario of inOrder) counts.set(of(scenario), (counts.get(of(scenario)) ?? 0) + 1);
    return [...counts].map(([value, count]) => ({ value, count }));
  };
  const filter = filterHtml({
    list: 'scenario-list',
    noun: 'scenarios',
    count: inOrder.length,
    groups: [
      { name: 'verdict', title: 'Verdict', values: values((s) => verdictWords[s.verdict].words) },
      { name: 'profile', title: 'Profile', values: values(({ profile }) => profile) },
      { name: 'transport', title: 'Transport', values: values(({ transport }) => transport) },
    ],
  });
  const context = { report, catalogue, album };
  const items = inOrder.map((scenario) => scenarioHtml(scenario, context));
  return `${filter}<div class="scenarios" id="scenario-list">\n${items.join('\n')}\n</div>`;
}

function baselineSection({ baseline }: ConformanceReport): PageSection[] {
  if (baseline === undefined) return [];
  const { known, nowPassing, otherReason, unmatched } = baseline;
  const line = (what: string) => (entry: string) => `<li>${what}: ${htmlText(entry)}</li>`;
  const lines = [
    `<li>${countOf(known, 'known failure')} came as it says</li>`,
    ...nowPassing.map(line('<strong class="bad">passes now, take it out</strong>')),
    ...otherReason.map(line('<strong class="bad">fails for another reason</strong>')),
    ...unmatched.map(line('<strong class="bad">matches nothing</strong>')),
  ];
  return [{ id: 'baseline', title: 'Baseline', html: `<ul class="list">${lines.join('')}</ul>` }];
}

function readSection(kind: ConformanceReport['kind']): PageSection {
  const lanes =
    kind === 'bus'
      ? 'Clients stand on the left, the bus in the middle, on the right the workers, each incarnation in a lane of its own: <code>main/0/2</code> is slot 0 of the pool <code>main</code>, started for the second time.'
      : 'The suite plays the bus, on the left; the worker is on the right.';
  return {
    id: 'reading',
    title: 'How to read it',
    html: `<ul class="list">
<li>A requirement passes only where a scenario that names it saw it kept; it fails wherever it was broken. A SHOULD that is not kept is told, and does not decide.</li>
<li>Open a scenario to see what happened in it. ${lanes} An arrow is bytes as they were written or read at its client or worker. What the verdict names has a red dot.</li>
<li>In a diagram, ↑ and ↓ go from step to step; Page up and Page down by ten, Home and End to the ends. The table below it says the same.</li>
<li>The command of a scenario that passed is made from the report: what a manifest says beside the command is not in it.</li>
</ul>`,
  };
}

/** A link to a scenario opens it. */
const anchorScript = `
{
  const open = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) { target.open = true; target.scrollIntoView(); }
  };
  addEventListener('hashchange', open);
  open();
}`;
