import type { Clock } from '../bus/clock.ts';
import { type Log, silentLog } from '../bus/log.ts';
import { asyncDispose } from './async-dispose.ts';
import { busAddress } from './bus-address.ts';
import type { BusRequester } from './bus-requester.ts';
import { Client } from './client.ts';
import type { ClientState } from './client-settings.ts';
import { dial } from './dial.ts';
import { createReconnectPolicy, type ReconnectOptions } from './reconnect-policy.ts';
import { waitingClock } from './waiting-clock.ts';
import type { WorkerRequestHandler } from './worker-questions.ts';

export interface ConnectOptions {
  /** How it comes back after its connection was lost; false: it is closed then. */
  readonly reconnect?: ReconnectOptions | false;
  /**
   * What becomes of requests while there is no connection: they `wait` for the next one, the default,
   * or `fail` with NOT_CONNECTED.
   */
  readonly whileDisconnected?: 'wait' | 'fail';
  /** Milliseconds for a request that names no other; 0, the default: no timeout. */
  readonly timeoutMs?: number;
  /** Milliseconds for each attempt to connect; 10 000 by default. */
  readonly connectTimeoutMs?: number;
  /** Bytes that may wait to be sent, then QUEUE_FULL; 16 MiB by default. */
  readonly maxWaitingBytes?: number;
  /** The bus's `max_input_buffer`: longer frames are refused here; 1 MiB by default, as there. */
  readonly maxFrameBytes?: number;
  /** The longest frame that is read, in bytes; 64 MiB by default. */
  readonly maxReceivedBytes?: number;
  /** The bus's `routing.session_id_field`; `sessionId` by default. */
  readonly sessionIdField?: string;
  /** Answers the requests of workers; without it they get -32601. */
  readonly onRequest?: WorkerRequestHandler;
  /** Told when a connection was made, was lost, or will never be made again. */
  readonly onState?: (state: ClientState, cause: unknown) => void;
  readonly log?: Log;
  readonly clock?: Clock;
  /** Gives numbers from 0 up to 1. */
  readonly random?: () => number;
}

/** A client of a bus that runs elsewhere. */
export interface BusClient extends BusRequester, AsyncDisposable {
  readonly state: ClientState;
  /**
   * Takes nothing new, waits for what is pending and then ends the connection; after `timeoutMs`, by
   * default 30 000, what is still pending fails with CLOSED. Never rejects. The same as `await using`.
   */
  close(options?: { readonly timeoutMs?: number }): Promise<void>;
  /** Ends everything at once: what is pending fails with CLOSED. */
  destroy(): void;
}

/**
 * Connects to a bus at `tcp://HOST:PORT` or `unix:PATH`. Resolves once connected, and from then on
 * connects again by itself.
 *
 * A request is given to one connection, once. If that ends before the answer came, the request fails
 * with CONNECTION_LOST and `delivered` true, and is not sent again; what waited to be sent goes to the
 * next connection. After a new connection, workers' notifications of a session come again only when
 * something was sent in it, since the bus gives them to the session's owner.
 *
 * Rejects with NOT_CONNECTED where the first connection cannot be made, and with a RangeError where
 * the address or `sessionIdField` cannot be one. Serves AFF-1, COR-6, COR-7, FLW-3.
 */
export async function connect(url: string, options: ConnectOptions = {}): Promise<BusClient> {
  const address = busAddress(url);
  const { clock = waitingClock, random = Math.random, connectTimeoutMs = 10_000 } = options;
  const { reconnect = {} } = options;
  const client = new Client({
    dial: (signal) => dial(address, { clock, timeoutMs: connectTimeoutMs, signal }),
    reconnect: reconnect === false ? undefined : createReconnectPolicy(reconnect, random),
    waitsForConnection: options.whileDisconnected !== 'fail',
    sessionIdField: options.sessionIdField ?? 'sessionId',
    maxFrameBytes: options.maxFrameBytes ?? 1_048_576,
    maxReceivedBytes: options.maxReceivedBytes ?? 67_108_864,
    maxWaitingBytes: options.maxWaitingBytes ?? 16_777_216,
    timeoutMs: options.timeoutMs ?? 0,
    onRequest: options.onRequest,
    onState: options.onState ?? (() => {}),
    log: options.log ?? silentLog,
    clock,
  });
  await client.connect();
  const close = (timeoutMs = 30_000) => client.close(timeoutMs);
  return {
    get state() {
      return client.state;
    },
    request: (method, params, how) => client.request(method, params, how),
    notify: (method, params, how) => client.notify(method, params, how),
    notifications: (filter) => client.notifications(filter),
    [Symbol.asyncIterator]: () => client.notifications(),
    onReconnect: (call) => client.onReconnect(call),
    hello: (params) => client.hello(params),
    stats: () => client.stats(),
    close: ({ timeoutMs } = {}) => close(timeoutMs),
    destroy: () => client.destroy(),
    [asyncDispose]: () => close(),
  };
}
