import type {
  ArmResult,
  LatencyReport,
  Metric,
} from '../../../schemas/generated/latency-report.ts';
import { isSameRoute, routeName } from './goals.ts';
import { changeText, durationText, metricTitles } from './words.ts';

/** Read beside events, on one route. */
export interface RouteTable {
  readonly route: string;
  readonly rows: readonly (readonly string[])[];
}

export const routeHeadings = ['metric', 'read', 'events', 'change'] as const;

/** One table for each route, in the order of the arms. */
export function routeTables({ arms }: LatencyReport): RouteTable[] {
  const firsts = arms.filter(
    ({ arm }, index) => arms.findIndex((other) => isSameRoute(other.arm, arm)) === index,
  );
  return firsts.map((first) => {
    const same = arms.filter(({ arm }) => isSameRoute(arm, first.arm));
    const read = same.find(({ arm }) => arm.mode === 'read');
    const events = same.find(({ arm }) => arm.mode === 'events');
    const row = (title: string, figure: (result: ArmResult) => number | undefined) => {
      const [one, other] = [read && figure(read), events && figure(events)];
      const change = one === undefined || other === undefined ? '' : changeText(one, other);
      return [title, text(one), text(other), change];
    };
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
  readonly title: string;
  readonly coverage: string;
  readonly rows: readonly (readonly string[])[];
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
      title: `${arm.name} · ${metricTitles[metric]}`,
      coverage: `${(coverage * 100).toFixed(2)} %`,
      rows: known.flatMap(([name, spread]) =>
        typeof spread !== 'object'
          ? []
          : [
              [String(name), spread.p50, spread.p95 ?? spread.max, spread.max, spread.mean].map(
                cell,
              ),
            ],
      ),
    };
  });
}

function cell(value: string | number): string {
  return typeof value === 'string' ? value : durationText(value);
}
