import type { Duplex } from 'node:stream';
import type { TracerProvider } from '@opentelemetry/api';
import type { Log } from '../bus/log.ts';
import type { BusRequester } from '../client/bus-requester.ts';
import type { WorkerRequestHandler } from '../client/worker-questions.ts';
import type { BusListener, ListenTarget } from './bus-listener.ts';

export interface CreateBusOptions {
  /** Answers the requests that workers send to this process; without it they get -32601. */
  readonly onRequest?: WorkerRequestHandler;
  /** Milliseconds for a request that names no other; 0, the default: no timeout. */
  readonly timeoutMs?: number;
  /** Bytes of requests of this process that may wait to be routed; 16 MiB by default. */
  readonly maxWaitingBytes?: number;
  /** What happens to the workers and connections; nobody is told by default. */
  readonly log?: Log;
  /**
   * Makes the spans of frames that carry a traceparent, which hand on a child; without it there are
   * none, and traceparents pass as they are. Implements EXT-5.
   */
  readonly tracerProvider?: TracerProvider;
}

/** A bus within this process, and its first client. */
export interface EmbeddedBus extends BusRequester, AsyncDisposable {
  /**
   * A connection of its own: bytes of frames in both directions, with backpressure, for whoever
   * speaks the protocol already. Throws CLOSED once the bus is ending.
   */
  connect(): Duplex;
  /**
   * Accepts clients: `HOST:PORT` (without a host the loopback address, port 0 for any free one), the
   * path of a Unix socket (mode 0600), or this process's own stdin and stdout. Rejects with a
   * ListenError, with a RangeError where it is no address, with CLOSED once the bus is ending.
   * The end of stdin drains nothing by itself: see `ended`. Serves CFG-5, SEC-1, SEC-2.
   */
  listen(target: ListenTarget): Promise<BusListener>;
  /**
   * Accepts nothing new, finishes what is pending, everybody's, and ends the workers. Resolves when
   * all has ended, at the latest about a second after `timeoutMs`, by default the configuration's
   * `drain_timeout_sec`. Never rejects. The same as `await using`. Implements DRN-1, DRN-2, DRN-3.
   */
  drain(options?: { readonly timeoutMs?: number }): Promise<void>;
  /** Ends everything at once; resolves when no worker is left. Implements DRN-4. */
  destroy(): Promise<void>;
}
