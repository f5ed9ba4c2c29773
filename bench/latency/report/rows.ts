import type {
  ArmResult,
  LatencyReport,
  Metric,
} from '../../../schemas/generated/latency-report.ts';
import { isSameRoute, routeName } from './goals.ts';
import { changeText, durationText, metricTitles } from './words.ts';

/** A figure by read, and by events, in microseconds. */
export interface RouteRow {
  readonly title: string;
  readonly readUs: number | undefined;
  readonly eventsUs: number | undefined;
}

/** Read beside events, on one route. */
export interface RouteTable {
  readonly route: string;
  readonly rows: readonly RouteRow[];
}

export const routeHeadings = ['metric', 'read', 'events', 'change'] as const;

/** The row in words, as `routeHeadings` names its cells. */
export function routeCells({ title, readUs, eventsUs }: RouteRow): string[] {
  const hasBoth = readUs !== undefined && eventsUs !== undefined;
  return [title, text(readUs), text(eventsUs), hasBoth ? changeText(readUs, eventsUs) : ''];
}

/** One table for each route, in the order of the arms. */
export function routeTables({ arms }: LatencyReport): RouteTable[] {
  const firsts = arms.filter(
    ({ arm }, index) => arms.findIndex((other) => isSameRoute(other.arm, arm)) === index,
  );
  return firsts.map((first) => {
    const same = arms.filter(({ arm }) => isSameRoute(arm, first.arm));
    const read = same.find(({ arm }) => arm.mode === 'read');
    const events = same.find(({ arm }) => arm.mode === 'events');
    const row = (title: string, figure: (result: ArmResult) => number | undefined) => ({
      title,
      readUs: read && figure(read),
      eventsUs: events && figure(events),
    });
    return {
      route: routeName(first.arm),
      rows: [
        row(`${metricTitles['cold-connection']} p50`, figureOf('cold-connection', 'p50')),
        row(`${metricTitles['small-request']} p50`, figureOf('small-request', 'p50')),
        row(`${metricTitles['one-shot']} p50`, figureOf('one-shot', 'p50')),
        row('same-route completion p95', figureOf('one-shot', 'p95')),
      ],
    };
  });
}

function figureOf(metric: Metric, figure: 'p50' | 'p95') {
  return ({ summaries }: ArmResult) =>
    summaries.find((summary) => summary.metric === metric)?.total[figure];
}

function text(us: number | undefined): string {
  return us === undefined ? '' : durationText(us);
}

export const phaseHeadings = ['phase', 'p50', 'p95', 'max', 'mean'] as const;

/** The phases of one metric of one arm. */
export interface PhaseTable {
  readonly metric: Metric;
  readonly title: string;
  /** Share of the time that named spans account for. */
  readonly coverage: number;
  readonly rows: readonly PhaseRow[];
}

/** Of a phase, in microseconds, as `phaseHeadings` names them. */
export interface PhaseRow {
  readonly name: string;
  readonly figuresUs: readonly number[];
}

/** The row in words. */
export function phaseCells({ name, figuresUs }: PhaseRow): string[] {
  return [name, ...figuresUs.map(durationText)];
}

/** One table for each metric of an arm; the unaccounted time and the whole stand last. */
export function phaseTables({ arm, summaries }: ArmResult): PhaseTable[] {
  return summaries.map(({ metric, total, coverage, phases }) => {
    const { unaccounted, ...named } = phases;
    const known = [
      ...Object.entries(named),
      ['unaccounted', unaccounted],
      ['whole', total],
    ] as const;
    return {
      metric,
      title: `${arm.name} · ${metricTitles[metric]}`,
      coverage,
      rows: known.flatMap(([name, spread]): PhaseRow[] => {
        if (typeof spread !== 'object') return [];
        const { p50, p95 = spread.max, max, mean } = spread;
        return [{ name: String(name), figuresUs: [p50, p95, max, mean] }];
      }),
    };
  });
}

/** `99.81 %` */
export function coverageText(coverage: number): string {
  return `${(coverage * 100).toFixed(2)} %`;
}
