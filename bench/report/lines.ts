import type { LoadQuestion, LoadReport } from '../../schemas/generated/load-report.ts';
import { type Measure, measures, measuresOf } from './measure.ts';
import { faultOf, notesOf } from './remarks.ts';
import { figureOf, isSameWork, type Result, resultsOf } from './results.ts';
import { workText } from './work-text.ts';

/** A line of the tables: one subject at one piece of work, in words. */
export interface Line {
  readonly question: LoadQuestion;
  readonly work: string;
  readonly subject: string;
  readonly measured: string;
  /** The number behind it. */
  readonly value: number | undefined;
  /** Against the first subject: `0.61× (0.58–0.64)`. */
  readonly ratio: string;
  readonly also: string;
  /** Answers that were lost, doubled or wrong, or the end of the subject. */
  readonly fault: string;
  readonly notes: string;
}

/** The lines of a report, best read from above. */
export function linesOf(report: LoadReport): Line[] {
  const results = resultsOf(report);
  return results.map((result) => {
    // The same measure for all that did the same work, though one of them lacks it.
    const peers = results.filter((other) => isSameWork(other, result));
    const has = (measure: Measure) => peers.some((peer) => figureOf(peer, measure) !== undefined);
    return lineOf(report, result, measuresOf[result.question].filter(has));
  });
}

function lineOf(report: LoadReport, result: Result, known: readonly Measure[]): Line {
  const { question, point, subject } = result;
  const shown = known.flatMap((measure) => {
    const value = figureOf(result, measure);
    return value === undefined ? [] : [{ measure, value }];
  });
  const first = shown.find(({ measure }) => measure === known[0]);
  const rest = shown.filter((one) => one !== first);
  const ratio = report.ratios.find(
    (one) =>
      one.subject === subject &&
      one.measure === first?.measure &&
      isSameWork({ ...result, ...one }, result),
  );
  const isFirst = report.subjects[0]?.identity.name === subject;
  return {
    question,
    work: workText(question, point),
    subject,
    value: first?.value,
    measured: first === undefined ? '' : textOf(first.measure, first.value),
    ratio: ratio === undefined ? (isFirst ? '1' : '') : ratioText(ratio.interval),
    also: [...perUnit(result), ...rest.map(({ measure, value }) => textOf(measure, value))].join(
      ', ',
    ),
    fault: faultOf(result) ?? '',
    notes: notesOf(result).join('; '),
  };
}

function textOf(measure: keyof typeof measures, value: number): string {
  const { title, text } = measures[measure];
  const isNamed = ['p50', 'p99', 'cpuUsPerFrame'].includes(measure);
  return isNamed ? `${title} ${text(value)}` : text(value);
}

function ratioText({ ratio, low, high }: { ratio: number; low: number; high: number }): string {
  // Of one round there is nothing to draw from.
  const range = low === high ? 'once' : `${low.toFixed(2)}–${high.toFixed(2)}`;
  return `${ratio.toFixed(2)}× (${range})`;
}

/** Growth for each of what it grew with. */
function perUnit(result: Result): string[] {
  const growth = figureOf(result, 'rssGrowthBytes');
  const { sessions, connections } = result.point;
  const [count, noun] =
    sessions === undefined ? [connections, 'connection'] : [sessions, 'session'];
  if (growth === undefined || count === undefined) return [];
  return [`${Math.round(growth / count)} B for each ${noun}`];
}
