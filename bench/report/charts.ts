import { decodeFromCompressedBase64, type Histogram } from 'hdr-histogram-js';
import type { Axis, LineChart, Series } from '../../report-page/line-chart.ts';
import type { LoadPoint, LoadQuestion, LoadReport } from '../../schemas/generated/load-report.ts';
import { shortBytes, shortCount, shortTime } from './axis-text.ts';
import type { Measure } from './measure.ts';
import { figureOf, type Result, resultsOf } from './results.ts';
import { workText } from './work-text.ts';

const quantiles = [0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999];
/** Of a percentile: fewer samples beyond it say nothing. */
const leastBeyond = 5;
const time: Axis = { title: 'latency', isLog: true, text: shortTime };

/** The charts of what was measured; none of what was not. */
export function chartsOf(report: LoadReport): LineChart[] {
  const results = resultsOf(report);
  const context = { report, results };
  return [
    byPoint(context, 'throughput', {
      name: 'throughput-in-flight',
      title: 'Throughput against requests in flight (200 B)',
      x: { title: 'requests in flight', isLog: true, text: String },
      measure: 'framesPerSec',
      at: ({ inFlight, payloadBytes }) => (payloadBytes === 200 ? inFlight : undefined),
    }),
    byPoint(context, 'round-trip', {
      name: 'round-trip-payload',
      title: 'Round trip by payload, median',
      x: { title: 'bytes of a frame', isLog: true, text: shortBytes },
      measure: 'p50',
      at: ({ payloadBytes, transport }) => (transport === 'tcp' ? payloadBytes : undefined),
    }),
    ...percentileCurves(context),
    byPoint(context, 'open-loop', {
      name: 'open-loop-p99',
      title: '99th percentile of latency against the rate',
      x: { title: 'requests per second, on schedule', isLog: true, text: shortCount },
      measure: 'p99',
      at: ({ ratePerSec }) => ratePerSec,
    }),
    byPoint(context, 'connections', {
      name: 'connections',
      title: 'Throughput against connections (64 in flight on each)',
      x: { title: 'connections', isLog: true, text: shortCount },
      measure: 'framesPerSec',
      at: ({ connections }) => connections,
    }),
    byPoint(context, 'workers', {
      name: 'workers',
      title: 'Throughput against workers (1024 in flight)',
      x: { title: 'workers', isLog: true, text: String },
      measure: 'framesPerSec',
      at: ({ workers }) => workers,
    }),
    byPoint(context, 'sessions', {
      name: 'sessions',
      title: 'Throughput against live sessions',
      x: { title: 'live sessions', isLog: true, text: shortCount },
      measure: 'framesPerSec',
      at: ({ sessions }) => sessions,
    }),
  ].filter((chart): chart is LineChart => chart !== undefined);
}

interface Context {
  readonly report: LoadReport;
  readonly results: readonly Result[];
}

interface ByPoint {
  readonly name: string;
  readonly title: string;
  readonly x: Axis;
  readonly measure: Measure;
  /** Where a point stands on the axis; undefined of one that does not belong there. */
  at(point: LoadPoint): number | undefined;
}

function byPoint(
  context: Context,
  question: LoadQuestion,
  options: ByPoint,
): LineChart | undefined {
  const { name, title, x, measure, at } = options;
  const series = seriesOf(context, (subject) =>
    context.results
      .filter((result) => result.subject === subject && result.question === question)
      .flatMap((result): [number, number][] => {
        const place = at(result.point);
        const value = figureOf(result, measure);
        return place === undefined || value === undefined ? [] : [[place, value]];
      })
      .sort(([a], [b]) => a - b),
  );
  const y: Axis =
    measure === 'framesPerSec'
      ? { title: 'requests per second', isLog: question === 'throughput', text: shortCount }
      : time;
  const isLine = series.some(({ points }) => points.length > 1);
  return isLine ? { name, title, description: descriptionOf(series, y), x, y, series } : undefined;
}

/** One chart for each piece of work whose latencies were recorded: short round trips, rates. */
function percentileCurves(context: Context): LineChart[] {
  const works = new Map<string, Result>();
  for (const result of context.results) {
    const isShort = result.question === 'round-trip' && result.point.payloadBytes === 200;
    if (!isShort && result.question !== 'open-loop') continue;
    works.set(JSON.stringify([result.question, result.point]), result);
  }
  return [...works.values()].flatMap(({ question, point }): LineChart[] => {
    const key = JSON.stringify([question, point]);
    const series = seriesOf(context, (subject) => {
      const own = context.results.find(
        (one) => one.subject === subject && JSON.stringify([one.question, one.point]) === key,
      );
      return own === undefined ? [] : curveOf(own);
    });
    if (series.length === 0) return [];
    const work = workText(question, point);
    return [
      {
        name: `percentiles-${[question, ...Object.values(point)].join('-').replaceAll(/[^\w-]/g, '')}`,
        title: `Percentiles of latency: ${work}`,
        description: descriptionOf(series, time),
        x: { title: 'percentile', isLog: true, text: percentileText },
        y: time,
        series,
      },
    ];
  });
}

/** Over 1/(1−q), so that the far end can be seen. */
function curveOf(result: Result): [number, number][] {
  const all = histogramOf(result);
  if (all === undefined) return [];
  return quantiles
    .filter((q) => q === 0 || all.totalCount * (1 - q) >= leastBeyond)
    .map((q) => [1 / (1 - q), Math.max(1, all.getValueAtPercentile(q * 100))]);
}

function histogramOf({ samples }: Result): Histogram | undefined {
  let sum: Histogram | undefined;
  for (const { histogram } of samples) {
    if (histogram === undefined) continue;
    const one = decodeFromCompressedBase64(histogram) as Histogram;
    if (sum === undefined) sum = one;
    else sum.add(one);
  }
  return sum;
}

function seriesOf(
  { report }: Context,
  pointsOf: (subject: string) => (readonly [number, number])[],
): Series[] {
  return report.subjects.flatMap(({ identity, role }): Series[] => {
    const points = pointsOf(identity.name);
    if (points.length === 0) return [];
    return [{ name: identity.name, points, ...(role !== 'subject' && { isBaseline: true }) }];
  });
}

function descriptionOf(series: readonly Series[], { text = String }: Axis): string {
  const words = series.map(({ name, points }) => {
    const [, first] = points[0] as readonly [number, number];
    const [, last] = points.at(-1) as readonly [number, number];
    return `${name} from ${text(first)} to ${text(last)}`;
  });
  return `${words.join('; ')}.`;
}

function percentileText(value: number): string {
  if (value <= 1) return '0 %';
  return `${Number((100 - 100 / value).toFixed(4))} %`;
}
