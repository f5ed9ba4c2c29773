import type { BarChart } from '../../../report-page/bar-chart.ts';
import type {
  ArmResult,
  LatencyReport,
  Metric,
  Phase,
} from '../../../schemas/generated/latency-report.ts';
import { isSameRoute, routeName } from './goals.ts';

const connectionPhases: readonly Phase[] = [
  'registration',
  'dns',
  'connect',
  'tls',
  'settings',
  'upgrade',
  'authorise',
  'initialise',
  'ready',
  'unaccounted',
];

/** Without the wait, which is the sum of what the others do and of the way. */
const workPhases: readonly Phase[] = [
  'register',
  'serialise',
  'enqueue',
  'deserialise',
  'accept',
  'route',
  'queue',
  'worker',
  'respond',
];

const callPhases: readonly Phase[] = [
  'register',
  'serialise',
  'enqueue',
  'wait',
  'deserialise',
  'unaccounted',
];

/** Completion by read and by events; where the time of a connection goes, and the work of a call. */
export function latencyCharts({ arms }: LatencyReport): BarChart[] {
  const routes = arms.filter(
    (one) => arms.find((other) => isSameRoute(one.arm, other.arm)) === one,
  );
  const nearest = Math.min(...arms.map(({ arm }) => arm.rttMs));
  const near = routes.filter(({ arm }) => arm.rttMs === nearest);
  return [
    completion(arms, routes),
    stacked({
      name: 'connection-phases',
      title: 'Cold connection to ready, median of each phase',
      metric: 'cold-connection',
      phases: connectionPhases,
      unit: 'ms',
      rows: routes.map((result) => [routeName(result.arm), result]),
    }),
    stacked({
      name: 'call-phases',
      title: 'Work of client and bus in a small request, median of each phase',
      metric: 'small-request',
      phases: workPhases,
      unit: 'µs',
      rows: near.map((result) => [routeName(result.arm), result]),
    }),
    stacked({
      name: 'completion-phases',
      title: 'One-shot process completion, median of each phase',
      metric: 'one-shot',
      phases: callPhases,
      unit: 'ms',
      rows: arms.map((result) => [`${routeName(result.arm)}, ${result.arm.mode}`, result]),
    }),
  ].filter(({ series }) => series.length > 0);
}

function completion(arms: readonly ArmResult[], routes: readonly ArmResult[]): BarChart {
  const rows = routes.map(({ arm }) => routeName(arm));
  const series = (['read', 'events'] as const).flatMap((mode) => {
    const values = rows.map((name) => {
      const own = arms.find(({ arm }) => arm.mode === mode && routeName(arm) === name);
      return rounded(own?.summaries.find(({ metric }) => metric === 'one-shot')?.total.p50, 'ms');
    });
    return values.every((value) => value === undefined) ? [] : [{ name: mode, values }];
  });
  return {
    name: 'completion',
    title: 'One-shot process completion, p50',
    description: described(rows, series, 'ms'),
    unit: 'ms',
    rows,
    isStacked: false,
    series,
  };
}

interface Stack {
  readonly name: string;
  readonly title: string;
  readonly metric: Metric;
  readonly phases: readonly Phase[];
  readonly unit: 'ms' | 'µs';
  readonly rows: readonly (readonly [name: string, result: ArmResult])[];
}

function stacked({ name, title, metric, phases, unit, rows }: Stack): BarChart {
  const summaries = rows.map(([, { summaries: all }]) => all.find((one) => one.metric === metric));
  const known = phases.filter((phase) => summaries.some((one) => one?.phases[phase] !== undefined));
  const series = known.map((phase) => ({
    name: phase,
    values: summaries.map((one) => rounded(one?.phases[phase]?.p50, unit)),
    isRest: phase === 'unaccounted',
  }));
  const names = rows.map(([row]) => row);
  const sums = {
    name: 'all of them',
    values: names.map((_, at) => {
      const sum = series.reduce((all, { values }) => all + (values[at] ?? 0), 0);
      return Math.round(sum * 100) / 100;
    }),
  };
  const description = described(names, [sums], unit);
  return { name, title, description, unit, rows: names, isStacked: true, series };
}

function described(rows: readonly string[], series: BarChart['series'], unit: string): string {
  const words = rows.map((row, at) => {
    const values = series.map(({ name, values }) => `${name} ${values[at] ?? 'none'} ${unit}`);
    return `${row}: ${values.join(', ')}`;
  });
  return `${words.join('; ')}.`;
}

function rounded(us: number | undefined, unit: 'ms' | 'µs'): number | undefined {
  if (us === undefined) return undefined;
  return unit === 'ms' ? Math.round(us / 10) / 100 : Math.round(us * 10) / 10;
}
