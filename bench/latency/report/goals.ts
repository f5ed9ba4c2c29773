import type {
  Arm,
  ArmResult,
  Goal,
  Metric,
  Phase,
  Sample,
} from '../../../schemas/generated/latency-report.ts';
import { runsOf, totalsOf } from '../measure/arm-result.ts';
import { medianOfRuns } from '../measure/bootstrap.ts';

const clientPhases: readonly Phase[] = ['register', 'serialise', 'enqueue', 'deserialise'];

/** The limits: ratios, shares, and microseconds. */
export const goalLimits = {
  'events-over-read': 0.62,
  'client-work': 600,
  'adapter-cost': 350,
  'cold-tls-connection': 15_000,
  'connection-coverage': 0.97,
  'call-coverage': 0.998,
} as const satisfies Readonly<Record<Goal['name'], number>>;

const goalRttMs = 80;

/** The goals that these arms can say something about. */
export function goalsOf(arms: readonly ArmResult[]): Goal[] {
  const measured = arms.filter(({ summaries }) => summaries.length === 3);
  return [
    ...eventsOverRead(measured),
    ...clientWork(measured),
    ...adapterCost(measured),
    ...coldTls(measured),
    ...coverage(measured),
  ];
}

/** What an arm has in common with those of the other mode: `tcp 80 ms warm`. */
export function routeName({ transport, rttMs, pool, remote }: Arm): string {
  const place = remote === undefined ? '' : ` ${remote}`;
  return `${transport} ${rttMs} ms ${pool}${place}`;
}

function eventsOverRead(arms: readonly ArmResult[]): Goal[] {
  return arms.flatMap((read): Goal[] => {
    const { mode, rttMs, pool } = read.arm;
    if (mode !== 'read' || rttMs !== goalRttMs || pool !== 'warm') return [];
    const events = arms.find(({ arm }) => arm.mode === 'events' && isSameRoute(arm, read.arm));
    if (events === undefined) return [];
    const value = p50Of(events, 'one-shot') / p50Of(read, 'one-shot');
    return [atMost('events-over-read', routeName(read.arm), value)];
  });
}

/** The worst arm stands for all. */
function clientWork(arms: readonly ArmResult[]): Goal[] {
  const values = arms.map(({ arm, samples }) => {
    const calls = samples.filter(({ metric, traced }) => metric === 'small-request' && !traced);
    return { arm, value: medianOfRuns(runsOf(calls, clientUs)) };
  });
  const worst = values.sort((a, b) => b.value - a.value)[0];
  return worst === undefined ? [] : [atMost('client-work', worst.arm.name, worst.value)];
}

/** Time of the client's own work in a call, in microseconds. */
function clientUs({ phases }: Sample): number {
  return clientPhases.reduce((sum, name) => sum + (phases[name] ?? 0), 0);
}

function adapterCost(arms: readonly ArmResult[]): Goal[] {
  const near = arms.filter(
    ({ arm }) => arm.rttMs === 0 && arm.pool === 'warm' && arm.remote === undefined,
  );
  const callUs = (transport: string) => {
    const own = near.filter(({ arm }) => arm.transport === transport);
    const runs = own.flatMap((result) => totalsOf(result, 'small-request'));
    return runs.length === 0 ? undefined : medianOfRuns(runs);
  };
  const tcpUs = callUs('tcp');
  return ['grpc', 'grpc-tls', 'ws', 'ws-tls'].flatMap((transport): Goal[] => {
    const us = callUs(transport);
    if (us === undefined || tcpUs === undefined) return [];
    return [atMost('adapter-cost', transport, us - tcpUs)];
  });
}

function coldTls(arms: readonly ArmResult[]): Goal[] {
  return arms.flatMap((result): Goal[] => {
    const { arm } = result;
    if (!arm.transport.endsWith('-tls') || arm.pool !== 'warm' || arm.mode !== 'events') return [];
    const limit = 3 * arm.rttMs * 1000 + goalLimits['cold-tls-connection'];
    const value = p50Of(result, 'cold-connection');
    return [atMost('cold-tls-connection', routeName(arm), value, limit)];
  });
}

/** The worst arm stands for all. */
function coverage(arms: readonly ArmResult[]): Goal[] {
  const worst = (name: 'connection-coverage' | 'call-coverage', of: readonly Metric[]): Goal[] => {
    const shares = arms
      .flatMap(({ arm, summaries }) =>
        summaries
          .filter(({ metric }) => of.includes(metric))
          .map((summary) => ({ arm, value: summary.coverage })),
      )
      .sort((a, b) => a.value - b.value);
    const [least] = shares;
    if (least === undefined) return [];
    const limit = goalLimits[name];
    const isMet = least.value >= limit;
    return [{ name, subject: least.arm.name, value: least.value, limit, isMet }];
  };
  return [
    ...worst('connection-coverage', ['cold-connection']),
    ...worst('call-coverage', ['small-request', 'one-shot']),
  ];
}

function p50Of(result: ArmResult, metric: Metric): number {
  return medianOfRuns(totalsOf(result, metric));
}

function atMost(
  name: Goal['name'],
  subject: string,
  value: number,
  limit: number = goalLimits[name],
): Goal {
  return { name, subject, value, limit, isMet: value <= limit };
}

export function isSameRoute(one: Arm, other: Arm): boolean {
  return routeName(one) === routeName(other);
}
