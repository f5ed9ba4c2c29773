import type { BusParts } from '../bus/bus.ts';
import type { Log } from '../bus/log.ts';
import { createSpanExport } from './span-export.ts';
import { tracedParts } from './traced-parts.ts';

/** Tracing for one bus. */
export interface BusTracing {
  /** The parts of a bus that traces, instead of the default ones. */
  readonly parts: Partial<BusParts>;
  /** Sends what waits; resolves within a second. */
  shutdown(): Promise<void>;
}

/** Makes what a bus needs in order to trace, and send its spans to a collector. Implements EXT-5. */
export function createBusTracing(endpoint: URL, log: Log): BusTracing {
  const spans = createSpanExport(endpoint, log);
  return { parts: tracedParts(spans), shutdown: spans.shutdown };
}
