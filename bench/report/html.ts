import { htmlText } from '../../report-page/html-text.ts';
import { chartHtml } from '../../report-page/line-chart.ts';
import { type PageSection, pageHtml } from '../../report-page/page.ts';
import { type Cell, tableHtml } from '../../report-page/sortable-table.ts';
import type { LoadReport } from '../../schemas/generated/load-report.ts';
import { chartsOf } from './charts.ts';
import { gateText } from './gate-text.ts';
import { type Line, linesOf } from './lines.ts';
import { machineText } from './machine.ts';
import { remarksOnRun } from './remarks.ts';

/** The report as one HTML file that asks nobody for anything. */
export function htmlFrom(report: LoadReport): string {
  const names = report.subjects
    .filter(({ role }) => role === 'subject')
    .map(({ identity }) => identity.name);
  const seconds = Math.round(report.durationMs / 1000);
  return pageHtml({
    title: names.length > 1 ? `Buses under load: ${names.join(', ')}` : `${names[0]} under load`,
    lead: `<p class="quiet">${htmlText(machineText(report.machine))}</p>
<p class="quiet">${htmlText(report.startedAt.slice(0, 16).replace('T', ' '))} UTC, ${htmlText(report.settings.mode)} run, ${report.rounds} rounds in which the subjects take turns, ${seconds} s in all; seed ${htmlText(report.seed)}</p>`,
    sections: [subjectSection(report), ...chartSection(report), resultSection(report), readSection],
    data: { file: 'load-report.json', value: report },
    foot: `Made by ${htmlText(report.suite.name)} ${htmlText(report.suite.version)}: <code>stdio-bus-kit bench bus</code>`,
  });
}

function subjectSection(report: LoadReport): PageSection {
  const rows = report.subjects.map((subject): Cell[] => {
    const { identity, role, gate } = subject;
    const tone = gate === 'failed' ? 'bad' : gate === 'passed' ? 'good' : 'quiet';
    return [
      { text: identity.name },
      { text: gateText(subject) ?? baselineText(role), tone },
      { text: identity.command.join(' ') },
    ];
  });
  const columns = [{ title: 'name' }, { title: 'conformance' }, { title: 'command' }];
  return {
    id: 'subjects',
    title: 'What was measured',
    html: tableHtml({ caption: 'What was measured', columns, rows }),
  };
}

function baselineText(role: 'subject' | 'relay' | 'worker'): string {
  return role === 'relay'
    ? 'a baseline: bytes passed on unparsed, the best this runtime can do'
    : 'a baseline: the worker alone, without a bus';
}

function chartSection(report: LoadReport): PageSection[] {
  const charts = chartsOf(report);
  if (charts.length === 0) return [];
  return [
    {
      id: 'charts',
      title: 'Charts',
      html: `<div class="charts">${charts.map(chartHtml).join('\n')}</div>`,
    },
  ];
}

function resultSection(report: LoadReport): PageSection {
  const first = report.subjects[0]?.identity.name ?? 'the first';
  const columns = [
    { title: 'work' },
    { title: 'subject' },
    { title: 'measured', isNumber: true },
    { title: `× ${first} (95 %)`, isNumber: true },
    { title: 'also' },
    { title: 'remarks' },
  ];
  const caption = 'Results: medians over the rounds';
  const rows = linesOf(report).map(cellsOf);
  const remarks = remarksOnRun(report).map((text) => `<p class="quiet">${htmlText(text)}</p>`);
  const html = tableHtml({ caption, columns, rows }) + remarks.join('');
  return { id: 'results', title: 'Results', html };
}

function cellsOf(line: Line): Cell[] {
  const remarks = [line.fault, line.notes].filter((text) => text !== '').join('; ');
  const tone = line.fault !== '' ? 'bad' : 'warn';
  const ratio = Number.parseFloat(line.ratio);
  return [
    { text: line.work },
    { text: line.subject },
    { text: line.measured, value: line.value },
    { text: line.ratio, ...(!Number.isNaN(ratio) && { value: ratio }) },
    { text: line.also, tone: 'quiet' },
    { text: remarks, ...(remarks !== '' && { tone }) },
  ];
}

const readSection: PageSection = {
  id: 'reading',
  title: 'How to read it',
  html: `<ul class="list">
<li>Figures are medians over the rounds. A ratio is that of the medians to the first subject’s, with its 95 % bootstrap interval over rounds; an interval around 1 says that no difference was seen.</li>
<li>Lost, duplicated and misrouted are requests that did not get exactly one answer of their own. A bus with any of them is not fast.</li>
<li>Open-loop latency counts from the moment in which a request should have gone out, so that a stall shows in all that it held up.</li>
<li>Generator, bus and worker share the cores. <em>Bound by the load generator</em> says that the figure may be its own; <em>unsteady</em>, that something else used the machine.</li>
</ul>`,
};
