import { barChartHtml } from '../../../report-page/bar-chart.ts';
import { htmlText } from '../../../report-page/html-text.ts';
import { chartHtml } from '../../../report-page/line-chart.ts';
import { type PageSection, pageHtml } from '../../../report-page/page.ts';
import { type Cell, tableHtml } from '../../../report-page/sortable-table.ts';
import type { LatencyReport } from '../../../schemas/generated/latency-report.ts';
import { machineText } from '../../report/machine.ts';
import { latencyCharts } from './charts.ts';
import { percentileCharts } from './curves.ts';
import { phaseSection } from './phase-section.ts';
import { routeCells, routeTables } from './rows.ts';
import { delayNotes, failureNotes } from './terminal-table.ts';
import { goalFigures, goalTitles } from './words.ts';

/** The report as one HTML file that asks nobody for anything. */
export function htmlFrom(report: LatencyReport): string {
  const { settings, suite } = report;
  const seconds = Math.round(report.durationMs / 1000);
  const made = `${settings.samples} samples after ${settings.warmups} warm-ups, ${settings.runs} ${settings.runs === 1 ? 'run' : 'runs'} of each arm, seed ${report.seed}; each sample connects, makes a small request and runs`;
  return pageHtml({
    title: 'Where the time of a remote call goes',
    lead: `<p class="quiet">${htmlText(machineText(report.machine))}</p>
<p class="quiet">${htmlText(report.startedAt.slice(0, 16).replace('T', ' '))} UTC, ${seconds} s in all. ${htmlText(made)} <code>${htmlText(settings.command.join(' '))}</code>.</p>
${notesHtml(report)}`,
    sections: [
      routeSection(report),
      ...goalSection(report),
      chartSection(report),
      phaseSection(report),
      peerSection(report),
      readSection,
    ],
    data: { file: 'latency-report.json', value: report },
    foot: `Made by ${htmlText(suite.name)} ${htmlText(suite.version)}: <code>stdio-bus-kit bench latency</code>`,
  });
}

/** What to know before reading any figure. */
function notesHtml(report: LatencyReport): string {
  const items = [
    ...failureNotes(report).map((note) => `<li class="bad">${htmlText(note)}</li>`),
    ...report.warnings.map((note) => `<li class="warn">${htmlText(note)}</li>`),
    ...delayNotes(report).map((note) => `<li class="quiet">${htmlText(note)}</li>`),
  ];
  return items.length === 0 ? '' : `<ul class="list">${items.join('\n')}</ul>`;
}

function routeSection(report: LatencyReport): PageSection {
  const rows = routeTables(report).flatMap(({ route, rows: figures }) =>
    figures.map((row): Cell[] => {
      const [title = '', read = '', events = '', change = ''] = routeCells(row);
      const { readUs, eventsUs } = row;
      const ratio = readUs && eventsUs !== undefined ? eventsUs / readUs : undefined;
      return [
        { text: route },
        { text: title },
        { text: read, value: readUs },
        { text: events, value: eventsUs },
        { text: change, value: ratio },
      ];
    }),
  );
  const columns = [
    { title: 'route' },
    { title: 'metric' },
    { title: 'read', isNumber: true },
    { title: 'events', isNumber: true },
    { title: 'change', isNumber: true },
  ];
  const caption = 'Completion by read and by events, medians over the runs';
  return {
    id: 'routes',
    title: 'Read and events',
    html: tableHtml({ caption, columns, rows }),
  };
}

function goalSection({ goals }: LatencyReport): PageSection[] {
  if (goals.length === 0) return [];
  const rows = goals.map((goal): Cell[] => {
    const [measured, limit] = goalFigures(goal);
    return [
      { text: goalTitles[goal.name] },
      { text: goal.subject },
      { text: measured, value: goal.value },
      { text: limit, value: goal.limit },
      { text: goal.isMet ? 'met' : 'not met', tone: goal.isMet ? 'good' : 'bad' },
    ];
  });
  const columns = [
    { title: 'goal' },
    { title: 'of' },
    { title: 'measured', isNumber: true },
    { title: 'limit', isNumber: true },
    { title: 'verdict' },
  ];
  return [{ id: 'goals', title: 'Goals', html: tableHtml({ caption: 'Goals', columns, rows }) }];
}

function chartSection(report: LatencyReport): PageSection {
  const bars = latencyCharts(report).map(barChartHtml);
  const curves = percentileCharts(report).map(chartHtml);
  return {
    id: 'charts',
    title: 'Charts',
    html: `<div class="charts">${[...bars, ...curves].join('\n')}</div>`,
  };
}

function peerSection({ peers }: LatencyReport): PageSection {
  const rows = peers.map(({ name, version, command }): Cell[] => [
    { text: name },
    { text: version ?? '' },
    { text: command.join(' ') },
  ]);
  const columns = [{ title: 'name' }, { title: 'version' }, { title: 'command' }];
  const caption = 'What was measured';
  return { id: 'peers', title: caption, html: tableHtml({ caption, columns, rows }) };
}

const readSection: PageSection = {
  id: 'reading',
  title: 'How to read it',
  html: `<ul class="list">
<li>An arm is a transport, an added round trip, a pool that is warm or cold, and a way to learn of completion: pushed <em>events</em>, or <em>read</em> calls. A route is an arm without the last.</li>
<li>A figure is the median, over the runs, of the percentile of each run by nearest rank. Warm-ups and samples that failed are in none of them. The curves are over all samples of all runs.</li>
<li>The whole of a sample is timed apart from its phases; what lies in no named span is <em>unaccounted</em>. Coverage is the share of the named spans.</li>
<li>Medians of phases need not add up to the median of the whole.</li>
<li>The phases of the bus (accept, route, queue, worker, respond) come from extra samples with tracing on, which count in nothing else. They lie within the client’s wait.</li>
<li>Client, delay link, adapter, bus and worker share the cores: on two of them differences below 0.1 ms are not worth much.</li>
</ul>`,
};
