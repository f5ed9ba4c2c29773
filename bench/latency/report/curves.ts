import type { LineChart, Series } from '../../../report-page/line-chart.ts';
import type {
  ArmResult,
  CompletionMode,
  LatencyReport,
  Metric,
} from '../../../schemas/generated/latency-report.ts';
import { shortTime } from '../../report/axis-text.ts';
import { totalsOf } from '../measure/arm-result.ts';
import { nearestRank } from '../measure/percentiles.ts';

const percents = [0, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 95, 98, 99];
/** Fewer samples beyond a percentile say nothing. */
const leastBeyond = 2;

/** Between the ends of a picture; below it, an axis from zero says more. */
const leastOfLog = 10;

interface Picture {
  readonly name: string;
  readonly title: string;
  readonly metric: Metric;
  readonly mode?: CompletionMode;
}

const pictures: readonly Picture[] = [
  { name: 'connection', title: 'Cold connection to ready', metric: 'cold-connection' },
  { name: 'call', title: 'Small request', metric: 'small-request' },
  { name: 'read', title: 'Completion by read', metric: 'one-shot', mode: 'read' },
  { name: 'events', title: 'Completion by events', metric: 'one-shot', mode: 'events' },
];

/** Percentiles over all samples of all runs: a chart for each metric and round trip. */
export function percentileCharts({ arms }: LatencyReport): LineChart[] {
  const roundTrips = [...new Set(arms.map(({ arm }) => arm.rttMs))];
  return pictures.flatMap(({ name, title, metric, mode }) =>
    roundTrips.flatMap((rttMs): LineChart[] => {
      const shown = arms.filter(
        ({ arm }) => arm.rttMs === rttMs && (mode === undefined || arm.mode === mode),
      );
      const series = seriesOf(shown, metric);
      if (series.length === 0) return [];
      const times = series.flatMap(({ points }) => points.map(([, us]) => us));
      const isLog = Math.max(...times) > leastOfLog * Math.min(...times);
      return [
        {
          name: `percentiles-${name}-${String(rttMs).replace('.', '_')}`,
          title: `${title} at ${rttMs} ms round trip`,
          description: describe(series),
          x: { title: 'percentile', text: (percent) => `${percent} %` },
          y: { title: 'time', isLog, text: shortTime },
          series,
        },
      ];
    }),
  );
}

/** One line for each transport and pool: until completion, both modes do the same. */
function seriesOf(arms: readonly ArmResult[], metric: Metric): Series[] {
  const samples = new Map<string, number[]>();
  for (const result of arms) {
    const { transport, pool, remote } = result.arm;
    const name = [transport, pool === 'cold' ? 'cold pool' : [], remote ?? []].flat().join(', ');
    const known = samples.get(name) ?? [];
    samples.set(name, [...known, ...totalsOf(result, metric).flat()]);
  }
  return [...samples].flatMap(([name, values]): Series[] =>
    values.length === 0 ? [] : [{ name, points: curveOf(values) }],
  );
}

function curveOf(samples: readonly number[]): [number, number][] {
  const sorted = [...samples].sort((a, b) => a - b);
  return percents
    .filter((percent) => percent <= 50 || sorted.length * (100 - percent) >= leastBeyond * 100)
    .map((percent) => [percent, Math.max(1, nearestRank(sorted, percent / 100))]);
}

function describe(series: readonly Series[]): string {
  const words = series.map(({ name, points }) => {
    const [[, first], [, last]] = [points[0], points.at(-1)] as [
      [number, number],
      [number, number],
    ];
    return `${name} from ${shortTime(first)} to ${shortTime(last)}`;
  });
  return `${words.join('; ')}.`;
}
