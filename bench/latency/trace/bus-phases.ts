import type { Phase } from '../../../schemas/generated/latency-report.ts';
import type { OtlpSpan } from './trace-receiver.ts';

const names = ['accept', 'route', 'queue', 'worker', 'respond'] as const;

/**
 * Time per phase in the bus, in microseconds, summed over the requests of a trace. `accept` is what
 * the bus itself did between reading a request and having its response: its span less those of
 * route, queue and worker.
 */
export function busPhasesOf(spans: readonly OtlpSpan[]): Partial<Record<Phase, number>> {
  const phases: Partial<Record<Phase, number>> = {};
  for (const name of names) {
    const found = spans.filter((span) => span.name === name);
    if (found.length > 0) phases[name] = found.reduce((sum, span) => sum + microseconds(span), 0);
  }
  if (phases.accept === undefined) return phases;
  const within = (phases.route ?? 0) + (phases.queue ?? 0) + (phases.worker ?? 0);
  return { ...phases, accept: Math.max(0, phases.accept - within) };
}

function microseconds({ startTimeUnixNano, endTimeUnixNano }: OtlpSpan): number {
  return Math.max(0, Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1000);
}
