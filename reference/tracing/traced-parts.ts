import type { BusParts } from '../bus/bus.ts';
import { clientFrames } from '../bus/client-frames.ts';
import { Correlator, type Pending } from '../bus/correlator.ts';
import { ownExtensions } from '../bus/own-methods.ts';
import { type Route, Router } from '../bus/router.ts';
import { workerFrames } from '../bus/worker-frames.ts';
import { FrameTracing } from './frame-tracing.ts';
import type { HopTracer } from './hop.ts';

/** The parts of a bus that traces, instead of the default ones. Implements EXT-5. */
export function tracedParts(tracer: HopTracer): Partial<BusParts> {
  const tracing = new FrameTracing(tracer);
  return {
    clientFrames: (board, connection) => tracing.clientSink(clientFrames(board, connection)),
    workerFrames: (board, worker) => tracing.workerSink(workerFrames(board, worker)),
    createCorrelator: ({ requestTimeoutMs }) => new TracedCorrelator(requestTimeoutMs, tracing),
    createRouter: (options) => new TracedRouter(options, tracing),
    onProgress: (output) => tracing.progressed(output),
    extensions: new Set([...ownExtensions, 'trace']),
  };
}

/** A correlator that tells when requests become pending, and when they are no more. */
class TracedCorrelator extends Correlator {
  readonly #tracing: FrameTracing;

  constructor(requestTimeoutMs: number, tracing: FrameTracing) {
    super(requestTimeoutMs);
    this.#tracing = tracing;
  }

  override open(...request: Parameters<Correlator['open']>): Pending {
    const pending = super.open(...request);
    this.#tracing.opened(pending);
    return pending;
  }

  override close(pending: Pending): boolean {
    const wasOpen = super.close(pending);
    if (wasOpen) this.#tracing.closed(pending);
    return wasOpen;
  }
}

/** A router that tells when it begins to look for a worker, and what it found. */
class TracedRouter extends Router {
  readonly #tracing: FrameTracing;

  constructor(options: ConstructorParameters<typeof Router>[0], tracing: FrameTracing) {
    super(options);
    this.#tracing = tracing;
  }

  override route(...frame: Parameters<Router['route']>): Route {
    this.#tracing.routing(frame[0]);
    const route = super.route(...frame);
    this.#tracing.routed(route);
    return route;
  }
}
