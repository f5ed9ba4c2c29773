import { thisMachine } from '../../machine.ts';
import { htmlText } from '../../report-page/html-text.ts';
import { chartHtml, type LineChart, type Series } from '../../report-page/line-chart.ts';
import { pageHtml } from '../../report-page/page.ts';
import { tableHtml } from '../../report-page/sortable-table.ts';
import { shortTime } from '../report/axis-text.ts';
import { machineText } from '../report/machine.ts';
import { nearestRankOf } from '../report/statistics.ts';
import { predict } from './prediction.ts';
import {
  answerOf,
  factsOf,
  levelHeadings,
  levelRows,
  optionHeadings,
  optionRows,
  remarksOf,
  type SizeReport,
} from './size-report.ts';

const msAxis = { isLog: true, text: (ms: number) => shortTime(ms * 1000) };
const chartPoints = 24;

/** The report as one HTML file that asks nobody for anything. */
export function sizeHtml(report: SizeReport): string {
  const remarks = remarksOf(report).map((remark) => `<li class="warn">${htmlText(remark)}</li>`);
  const facts = factsOf(report).map((row) => row.map((text) => ({ text })));
  return pageHtml({
    title: 'How many workers?',
    lead: `<p><strong>${htmlText(answerOf(report))}</strong></p>
<p class="quiet">${htmlText(machineText(thisMachine()))}</p>${remarks.length === 0 ? '' : `<ul class="list">${remarks.join('')}</ul>`}`,
    sections: [
      {
        id: 'instances',
        title: 'By number of workers',
        html:
          chartHtml(optionChart(report)) +
          tableOf('By number of workers', optionHeadings, optionRows(report)),
      },
      {
        id: 'worker',
        title: 'One worker, measured',
        html:
          tableHtml({
            caption: 'The worker',
            columns: [{ title: 'what' }, { title: 'value' }],
            rows: facts,
          }) +
          chartHtml(levelChart(report)) +
          tableOf('By requests at once', levelHeadings, levelRows(report)),
      },
      {
        id: 'how',
        title: 'How it is computed',
        html: `<p>One worker was measured on its own pipes, with 1, 2, 4 … requests at once. Its throughput follows this curve: ${htmlText(report.curve.model)}; it is off by ${(report.curve.error * 100).toFixed(0)} % on average.</p>
<p>Each session thinks, asks, and waits. How many requests are then at a worker is a birth and death process with that curve as its speed; a new request meets what the other sessions leave there, and takes as long as requests took when so many were there at once. The fullest worker counts. The time of the bus itself is not in it.</p>`,
      },
    ],
    data: { file: 'size-report.json', value: report },
    foot: 'Made by stdio-bus-kit: <code>stdio-bus-kit bench size</code>',
  });
}

/** Predicted response times against the number of workers. */
export function optionChart({ measurement, curve, recommendation, wish }: SizeReport): LineChart {
  const middle = recommendation.best?.instances ?? wish.sessions;
  const counts = countsAround(middle, wish.sessions);
  const predictions = counts.map((instances) => {
    const sessions = Math.ceil(wish.sessions / instances);
    return {
      instances,
      ...predict(measurement.levels, curve, { sessions, thinkMs: wish.thinkMs }),
    };
  });
  const series: Series[] = [
    { name: 'p99', points: predictions.map(({ instances, p99Ms }) => [instances, p99Ms]) },
    { name: 'p50', points: predictions.map(({ instances, p50Ms }) => [instances, p50Ms]) },
  ];
  const answer = recommendation.best;
  return {
    name: 'size-instances',
    title: `Response time by number of workers, ${wish.sessions} sessions`,
    description:
      answer === undefined ? 'None keeps the bound.' : `${answer.instances} keep the bound.`,
    x: { title: 'instances', isLog: true, text: String },
    y: { title: 'response time', ...msAxis },
    series,
    bound: { title: 'wanted p99', value: wish.p99Ms },
  };
}

function levelChart({ measurement, curve }: SizeReport): LineChart {
  const { levels } = measurement;
  const quantile = (share: number) =>
    levels.map(({ atOnce, timesMs }): [number, number] => [atOnce, nearestRankOf(timesMs, share)]);
  return {
    name: 'size-levels',
    title: 'Response time of one worker by requests at once',
    description: `Measured from 1 to ${levels.at(-1)?.atOnce} at once.`,
    x: { title: 'requests at once', isLog: true, text: String },
    y: { title: 'response time', ...msAxis },
    series: [
      { name: 'p99', points: quantile(0.99) },
      { name: 'p50', points: quantile(0.5) },
      {
        name: 'mean on the curve',
        points: levels.map(({ atOnce }) => [atOnce, (atOnce / curve.perSec(atOnce)) * 1000]),
        isBaseline: true,
      },
    ],
  };
}

function countsAround(middle: number, most: number): number[] {
  const low = Math.max(1, middle / 4);
  const high = Math.min(most, Math.max(middle * 4, 4));
  const counts = Array.from({ length: chartPoints }, (_, at) =>
    Math.round(low * (high / low) ** (at / (chartPoints - 1))),
  );
  return [...new Set([...counts, middle])].sort((a, b) => a - b);
}

function tableOf(caption: string, titles: readonly string[], rows: readonly string[][]): string {
  const columns = titles.map((title) => ({
    title: title === '' ? 'verdict' : title,
    isNumber: title !== '',
  }));
  const cells = rows.map((row) =>
    row.map((text, at) => ({
      text,
      ...(titles[at] !== '' && { value: Number.parseFloat(text.replaceAll('\u202f', '')) }),
    })),
  );
  return tableHtml({ caption, columns, rows: cells });
}
