import { randomUUID } from 'node:crypto';
import type {
  ProcessSignal,
  ReadResult,
  TerminateResult,
  WriteResult,
  WriteStatus,
} from '../../schemas/generated/process.ts';
import { validateReadResult } from '../../schemas/generated/process.validate.ts';
import { BusRequestError } from '../client/bus-request-error.ts';
import type { BusRequester } from '../client/bus-requester.ts';
import { type Arrival, type EventInbox, openEventInbox } from './event-inbox.ts';
import { EventOrder, type OrderedEvent } from './event-order.ts';
import { ProcessRunError, type ProcessRunErrorName } from './process-run-error.ts';
import type {
  CollectedOutput,
  ProcessEvent,
  ProcessResult,
  RunProcessOptions,
} from './run-process.ts';

export type RunnerOptions = RunProcessOptions & {
  readonly processId: string;
  readonly sessionId: string;
};

type Next = IteratorResult<ProcessEvent, undefined>;

const done: Next = { value: undefined, done: true };

/** Drives one process: what comes, what is read, and what is due to whoever iterates. */
export class ProcessRunner implements AsyncIterableIterator<ProcessEvent> {
  readonly #bus: BusRequester;
  readonly #options: RunnerOptions;
  readonly #order: EventOrder;
  readonly #onAbort = () => void this.terminate().catch(() => {});
  /** Undefined in read mode. */
  #inbox: EventInbox | undefined;
  #due: OrderedEvent[] = [];
  #reads = 0;
  #exit: Extract<OrderedEvent, { type: 'exited' }> | undefined;
  #error: unknown;
  #hasEnded = false;
  #isIterated = false;
  /** The calls of `next`, one after another. */
  #turn: Promise<unknown> = Promise.resolve();
  #settle: (() => void)[] = [];

  constructor(bus: BusRequester, options: RunnerOptions) {
    const { mode = 'events', maxQueuedBytes = 4_194_304 } = options;
    this.#bus = bus;
    this.#options = options;
    this.#order = new EventOrder({ maxHeldBytes: maxQueuedBytes, isReadMode: mode === 'read' });
  }

  /** Starts the process. Rejects where it cannot; nothing is left then. */
  async start(): Promise<void> {
    const { argv, cwd, env = {}, arg0, signal } = this.#options;
    const { pipeStdin = false, tty = false, mode, maxQueuedBytes = 4_194_304 } = this.#options;
    const { processId, sessionId } = this.#options;
    signal?.throwIfAborted();
    if (mode !== 'read') {
      this.#inbox = openEventInbox(this.#bus, { sessionId, processId, maxBytes: maxQueuedBytes });
    }
    try {
      await this.#request('process/start', { argv, cwd, env, tty, pipeStdin, arg0 });
    } catch (error) {
      this.#inbox?.close();
      throw error;
    }
    if (signal?.aborted) this.#onAbort();
    else signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Next> {
    this.#isIterated = true;
    return this.#takeTurn();
  }

  async return(): Promise<Next> {
    if (!this.#hasEnded) this.#fail(this.#failure('LEFT', 'the iteration was left before the end'));
    return done;
  }

  async result(): Promise<ProcessResult> {
    if (!this.#isIterated) {
      this.#isIterated = true;
      while (!(await this.#takeTurn()).done);
    }
    if (!this.#hasEnded) await new Promise<void>((resolve) => this.#settle.push(resolve));
    if (this.#error !== undefined) throw this.#error;
    const { exitCode = -1, sandboxDenied = false } = this.#exit ?? {};
    return { exitCode, sandboxDenied, failure: this.#order.failure, reads: this.#reads };
  }

  async collect(): Promise<ProcessResult & CollectedOutput> {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    for await (const event of this) {
      if (event.type === 'output') (event.stream === 'stderr' ? stderr : stdout).push(event.chunk);
    }
    const result = await this.result();
    return { ...result, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) };
  }

  async write(bytes: Uint8Array | string): Promise<WriteStatus> {
    const chunk = Buffer.from(bytes as Uint8Array).toString('base64');
    const writeId = randomUUID();
    return (await this.#request<WriteResult>('process/write', { chunk, writeId })).status;
  }

  async kill(signal: ProcessSignal): Promise<void> {
    await this.#request('process/signal', { signal });
  }

  async terminate(): Promise<boolean> {
    return (await this.#request<TerminateResult>('process/terminate', {})).running;
  }

  #takeTurn(): Promise<Next> {
    const turn = this.#turn.then(() => this.#next());
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #next(): Promise<Next> {
    while (this.#due.length === 0) {
      if (this.#error !== undefined) throw this.#error;
      if (this.#hasEnded) return done;
      try {
        await this.#advance();
      } catch (error) {
        this.#fail(error);
      }
    }
    const event = this.#due.shift() as OrderedEvent;
    if (event.type === 'exited') this.#exit = event;
    if (event.type === 'closed') this.#end();
    if (event.type !== 'output') return { value: event, done: false };
    return { value: { ...event, chunk: Buffer.from(event.chunk, 'base64') }, done: false };
  }

  async #advance(): Promise<void> {
    const read = this.#order.beginRead();
    if (read !== undefined) await this.#read(read.afterSeq);
    else await this.#listen();
    this.#due = this.#order.take();
    if (!this.#order.isLost || this.#due.length > 0) return;
    const words = `output after event ${this.#order.last} was missed, and is no longer retained`;
    throw this.#failure('OUTPUT_LOST', words);
  }

  async #read(afterSeq: number): Promise<void> {
    const { mode, maxReadBytes, waitMs: longestMs = 10_000 } = this.#options;
    const waitMs = mode === 'read' ? longestMs : 0;
    const params = { afterSeq, waitMs, ...(maxReadBytes ? { maxBytes: maxReadBytes } : {}) };
    const result = await this.#answerTo(params);
    if (!validateReadResult(result)) throw new TypeError('the worker answered no ReadResult');
    this.#order.answer(result);
  }

  /** A read does no harm: where its connection was lost, the next one carries it again. */
  async #answerTo(params: object): Promise<ReadResult> {
    for (;;) {
      this.#reads++;
      try {
        return await this.#request<ReadResult>('process/read', params);
      } catch (error) {
        if (error instanceof BusRequestError && error.name === 'CONNECTION_LOST') continue;
        throw this.#readFailure(error);
      }
    }
  }

  #readFailure(error: unknown): unknown {
    if (!(error instanceof BusRequestError)) return error;
    if (error.name === 'WORKER_LOST') return this.#workerLost(error);
    if (error.source !== 'worker') return error;
    const { oldestSeq, name } = (error.data ?? {}) as { oldestSeq?: unknown; name?: unknown };
    if (name === 'OUTPUT_LOST' || error.code === -32_010) {
      const oldest = typeof oldestSeq === 'number' ? oldestSeq : undefined;
      const words = `output after event ${this.#order.last} was missed, and is no longer retained`;
      const which = oldest === undefined ? '' : `: the oldest is event ${oldest}`;
      return this.#failure('OUTPUT_LOST', words + which, { oldestSeq: oldest, cause: error });
    }
    if (error.code !== -32_600) return error;
    return this.#failure('PROCESS_LOST', 'the worker has no such process', { cause: error });
  }

  async #listen(): Promise<void> {
    const { checkMs = 30_000 } = this.#options;
    const arrival = await this.#inbox?.next(checkMs);
    if (arrival !== undefined) this.#take(arrival);
    else if (!this.#hasEnded) await this.#check();
  }

  #take(arrival: Arrival): void {
    if (arrival.type === 'event') this.#order.push(arrival.event);
    else if (arrival.type === 'missed') this.#order.suspect();
    else if (arrival.type === 'lost') throw this.#failure('PROCESS_LOST', arrival.reason);
    else throw this.#failure('PROCESS_LOST', 'the client was closed while the process ran');
  }

  /** Nothing came for long: the worker may be gone, and with it whoever would have told so. */
  async #check(): Promise<void> {
    try {
      const { status } = await this.#request<WriteResult>('process/write', { chunk: '' });
      if (status !== 'unknownProcess') return;
    } catch (error) {
      // Older workers answer so where stdin is closed.
      if (!(error instanceof BusRequestError)) throw error;
      if (error.name === 'WORKER_LOST') throw this.#workerLost(error);
      // Where nobody can say it now, the next check is told.
      if (error.source === 'worker' || error.name === 'CONNECTION_LOST' || error.retryable) return;
      throw error;
    }
    throw this.#failure(
      'PROCESS_LOST',
      'the worker has no such process: it may have been restarted',
    );
  }

  #workerLost(cause: unknown): ProcessRunError {
    return this.#failure('PROCESS_LOST', 'the worker that ran it was lost', { cause });
  }

  #request<Result>(method: string, params: object): Promise<Result> {
    const { processId, sessionId, pool } = this.#options;
    return this.#bus.request<Result>(method, { processId, ...params }, { sessionId, pool });
  }

  #failure(
    name: ProcessRunErrorName,
    message: string,
    more: { oldestSeq?: number | undefined; cause?: unknown } = {},
  ): ProcessRunError {
    const { processId } = this.#options;
    return new ProcessRunError({ name, processId, message, lastSeq: this.#order.last, ...more });
  }

  #fail(error: unknown): void {
    if (this.#hasEnded) return;
    this.#error = error;
    this.#end();
  }

  #end(): void {
    this.#hasEnded = true;
    this.#inbox?.close();
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    for (const settle of this.#settle.splice(0)) settle();
  }
}
