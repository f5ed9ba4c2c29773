import type { Goal, Metric } from '../../../schemas/generated/latency-report.ts';

/** A number of microseconds, with the unit that suits it. */
export function durationText(us: number): string {
  if (Math.abs(us) < 1000) return `${us.toFixed(us !== 0 && Math.abs(us) < 10 ? 1 : 0)} µs`;
  return `${(us / 1000).toFixed(Math.abs(us) < 10_000 ? 2 : 1)} ms`;
}

export const metricTitles: Readonly<Record<Metric, string>> = {
  'cold-connection': 'cold connection to ready',
  'small-request': 'small request',
  'one-shot': 'one-shot process completion',
};

/** What a goal asks for: its subject is named beside it. */
export const goalTitles: Readonly<Record<Goal['name'], string>> = {
  'events-over-read': 'one-shot process: events / read',
  'client-work': 'the client’s own work in a call, p50, slowest arm',
  'adapter-cost': 'what the adapter adds to a call over TCP, p50',
  'cold-tls-connection': 'cold connection over TLS to ready, p50',
  'connection-coverage': 'named spans of a connection, lowest arm',
  'call-coverage': 'named spans of a call, lowest arm',
};

/** The figure of a goal and its limit, in words. */
export function goalFigures({ name, value, limit }: Goal): readonly [value: string, limit: string] {
  if (name === 'events-over-read') return [value.toFixed(3), `≤ ${limit}`];
  if (name.endsWith('coverage')) {
    return [`${(value * 100).toFixed(2)} %`, `≥ ${(limit * 100).toFixed(1)} %`];
  }
  return [durationText(value), `≤ ${durationText(limit)}`];
}

/** A change in percent: `-46.2 %`. */
export function changeText(from: number, to: number): string {
  const percent = (to / from - 1) * 100;
  return `${percent > 0 ? '+' : ''}${percent.toFixed(1)} %`;
}
