import type { Readable, Writable } from 'node:stream';
import type { Dialect } from '../../schemas/generated/subject.ts';
import type { Clock } from '../bus/clock.ts';
import { type Log, rateLimited } from '../bus/log.ts';
import { waitingClock } from '../client/waiting-clock.ts';
import { KitWorker } from './kit-worker.ts';
import { tieToProcess } from './process-life.ts';
import type { MethodHandler, NotificationHandler } from './request-context.ts';
import type { Concurrency } from './turns.ts';
import type { WorkerEnd } from './worker-life.ts';
import { openWorkerStreams } from './worker-streams.ts';

export interface WorkerStreamOptions {
  /** Where frames come from, and where they go: without them, this process's stdin and stdout. */
  readonly input?: Readable;
  readonly output?: Writable;
  /** The bus's `routing.session_id_field`; `sessionId` by default. */
  readonly sessionIdField?: string;
  /** The longest line that is read, in bytes; 64 MiB by default. */
  readonly maxFrameBytes?: number;
  /** Bytes that may wait to be written before nothing more is read; 1 MiB by default. */
  readonly maxOutputBytes?: number;
  /** Milliseconds that a drain may take; 25 000 by default, 5 s less than the bus gives. */
  readonly drainTimeoutMs?: number;
  /** By default lines on stderr; with streams of its own, none. */
  readonly log?: Log;
  readonly clock?: Clock;
}

export interface CreateWorkerOptions extends WorkerStreamOptions {
  /** What is done for a request, by its method; any other is answered with -32601. */
  readonly methods: Readonly<Record<string, MethodHandler>>;
  readonly onNotification?: NotificationHandler;
  /** Called when a drain has begun, and nothing new is taken: what only waits can be answered now. */
  readonly onDrain?: () => void;
  /**
   * Called after the last answer, before the worker ends: to end processes, to close files. Waited
   * for, within the time to drain.
   */
  readonly onEnd?: () => unknown;
  /** `jsonrpc` by default. */
  readonly dialect?: Dialect;
  /**
   * How many requests are worked on at a time; `session` by default: one of each session, in order.
   */
  readonly concurrency?: Concurrency;
  /** Requests that may be pending, then -32001; 10 000 by default. */
  readonly maxPending?: number;
  /** Bytes of such requests; 64 MiB by default. */
  readonly maxPendingBytes?: number;
  /**
   * In the codex dialect: `initialize` is answered each time, since behind a bus there are many clients
   * and one process. False by default: a second time is answered with an error.
   */
  readonly repeatsInitialize?: boolean;
}

/** A worker that runs. */
export interface StdioWorker {
  /** Resolves when it has ended. */
  readonly ended: Promise<WorkerEnd>;
  /** Its log: for what its methods have to tell. */
  readonly log: Log;
  /** Finishes what is pending and ends, as for SIGTERM. */
  drain(): Promise<WorkerEnd>;
  /** Ends at once: what is pending is not answered. */
  destroy(): Promise<WorkerEnd>;
  /** Sends a notification that no request has caused, to the owner of the session. */
  notify(sessionId: string, method: string, params?: object): Promise<void>;
  /** Aborts the signals of a session's requests; those that wait for their turn get -32800. */
  cancelSession(sessionId: string, reason?: string): void;
}

/**
 * Makes a worker, and begins to read at once. It keeps the worker contract (WRK-1 to WRK-10): the ids
 * of requests in their own spelling, their session on everything that they cause, an error for what
 * cannot be done, a pause while nobody reads, and a drain on SIGTERM and on the end of stdin.
 *
 * Without `input` and `output` it takes the process: its stdin, its stdout (`console.log` goes to
 * stderr from then on), SIGTERM and SIGINT, faults that nobody caught, which are logged and end
 * nothing, and its exit: with 0 when all was answered, with 1 when the time to drain was over before.
 * A child process must not inherit its stdout.
 *
 * Throws a RangeError where a limit or `concurrency` cannot be one.
 */
export function createWorker(options: CreateWorkerOptions): StdioWorker {
  const { clock = waitingClock } = options;
  const { stderr, ...streams } = openWorkerStreams(options, 'worker');
  const log = rateLimited(streams.log, () => clock.nowMs());
  const worker = new KitWorker({
    ...streams,
    log,
    clock,
    dialect: options.dialect ?? 'jsonrpc',
    sessionIdField: options.sessionIdField ?? 'sessionId',
    maxFrameBytes: options.maxFrameBytes ?? 67_108_864,
    maxOutputBytes: options.maxOutputBytes ?? 1_048_576,
    maxPending: options.maxPending ?? 10_000,
    maxPendingBytes: options.maxPendingBytes ?? 67_108_864,
    drainTimeoutMs: options.drainTimeoutMs ?? 25_000,
    concurrency: options.concurrency ?? 'session',
    repeatsInitialize: options.repeatsInitialize ?? false,
    methods: options.methods,
    onNotification: options.onNotification,
    onDrain: options.onDrain,
    onEnd: options.onEnd,
  });
  const { life } = worker;
  if (stderr !== undefined) tieToProcess({ life, log, stderr, onExit: () => {} });
  return {
    ended: life.ended,
    log,
    drain: () => {
      life.drain('asked to');
      return life.ended;
    },
    destroy: () => {
      life.destroy('asked to');
      return life.ended;
    },
    notify: (sessionId, method, params) => worker.notify(sessionId, method, params),
    cancelSession: (sessionId, reason) => worker.cancelSession(sessionId, reason),
  };
}
