import { randomBytes } from 'node:crypto';
import type { TimedWork } from '../client/timed-work.ts';

/** Ids of a trace and of the span that all others of the client are below. */
export interface TraceIds {
  readonly traceId: string;
  readonly spanId: string;
}

/** A piece of work as a trace: the spans of its phases below one of its own. */
export interface ClientTrace extends TraceIds {
  readonly name: string;
  readonly time: TimedWork;
  readonly attributes: Readonly<Record<string, string | number>>;
}

export function newTraceIds(): TraceIds {
  const bytes = randomBytes(24);
  // Neither id may be all zero.
  bytes[0] = (bytes[0] as number) | 1;
  bytes[16] = (bytes[16] as number) | 1;
  const hex = bytes.toString('hex');
  return { traceId: hex.slice(0, 32), spanId: hex.slice(32) };
}

/** The header that makes a peer's spans part of the trace. */
export function traceparentOf({ traceId, spanId }: TraceIds): string {
  return `00-${traceId}-${spanId}-01`;
}
