import * as echarts from 'echarts';
import type {
  ArmResult,
  LatencyReport,
  Metric,
  Phase,
} from '../../../schemas/generated/latency-report.ts';
import { isSameRoute, routeName } from './goals.ts';

/** A picture of a part of the report. */
export interface LatencyChart {
  readonly name: string;
  readonly svg: string;
}

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

// Apart for the colour-blind too (Okabe and Ito), and two more.
const colours = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#f0e442',
  '#7f7f7f',
  '#5e3c99',
  '#000000',
];

interface Picture {
  readonly title: string;
  readonly unit: 'ms' | 'µs';
  readonly names: readonly string[];
  readonly series: echarts.BarSeriesOption[];
}

/** Completion by read and by events; where the time of a connection goes, and the work of a call. */
export function latencyCharts({ arms }: LatencyReport): LatencyChart[] {
  const routes = arms.filter(
    (one) => arms.find((other) => isSameRoute(one.arm, other.arm)) === one,
  );
  const nearest = Math.min(...arms.map(({ arm }) => arm.rttMs));
  const near = routes.filter(({ arm }) => arm.rttMs === nearest);
  const connection = { metric: 'cold-connection', phases: connectionPhases, unit: 'ms' } as const;
  const call = { metric: 'small-request', phases: workPhases, unit: 'µs' } as const;
  return [
    { name: 'completion', svg: rendered(completion(arms, routes)) },
    {
      name: 'connection-phases',
      svg: rendered({ title: 'Cold connection to ready, p50', ...stacked(routes, connection) }),
    },
    {
      name: 'call-phases',
      svg: rendered({ title: 'Work of client and bus in a call, p50', ...stacked(near, call) }),
    },
  ];
}

function completion(arms: readonly ArmResult[], routes: readonly ArmResult[]): Picture {
  const names = routes.map(({ arm }) => routeName(arm));
  const series = (['read', 'events'] as const).map((mode) => ({
    type: 'bar' as const,
    name: mode,
    data: names.map((name) => {
      const own = arms.find(({ arm }) => arm.mode === mode && routeName(arm) === name);
      return rounded(own?.summaries.find(({ metric }) => metric === 'one-shot')?.total.p50, 'ms');
    }),
    label: { show: true, position: 'right' as const },
  }));
  return { title: 'One-shot process completion, p50', unit: 'ms', names, series };
}

interface Stack {
  readonly metric: Metric;
  readonly phases: readonly Phase[];
  readonly unit: 'ms' | 'µs';
}

function stacked(shown: readonly ArmResult[], { metric, phases, unit }: Stack) {
  const summaries = shown.map(({ summaries: all }) => all.find((one) => one.metric === metric));
  const known = phases.filter((name) => summaries.some((one) => one?.phases[name] !== undefined));
  const series = known.map((name) => ({
    type: 'bar' as const,
    stack: 'all',
    name,
    data: summaries.map((one) => rounded(one?.phases[name]?.p50, unit)),
  }));
  return { unit, names: shown.map(({ arm }) => routeName(arm)), series };
}

function rounded(us: number | undefined, unit: 'ms' | 'µs'): number | null {
  if (us === undefined) return null;
  return unit === 'ms' ? Math.round(us / 10) / 100 : Math.round(us * 10) / 10;
}

function rendered({ title, unit, names, series }: Picture): string {
  const height = 140 + names.length * 40;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 860, height });
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    color: colours,
    title: { text: title, left: 'center' },
    legend: { top: 36 },
    grid: { left: 190, right: 70, top: 80, bottom: 48 },
    xAxis: { type: 'value', name: unit, nameLocation: 'middle', nameGap: 26 },
    yAxis: { type: 'category', data: [...names], inverse: true },
    series,
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
