import type { Duplex } from 'node:stream';
import type { Clock } from '../../reference/bus/clock.ts';
import type { Log } from '../../reference/bus/log.ts';
import { createReconnectPolicy } from '../../reference/client/reconnect-policy.ts';
import { createEnvelopeScanner } from '../../reference/envelope-scanner.ts';
import { createFrameDecoder } from '../../reference/frame-decoder.ts';
import { type Answer, answerFrom } from './answer.ts';
import type { BusLink } from './bus-link.ts';
import { busFailure, type Failure, overloaded, unavailable } from './failure.ts';
import { LineWriter } from './line-writer.ts';
import { type SessionFrame, type SessionWatcher, SessionWatchers } from './session-watchers.ts';

export type { Answer, SessionFrame, SessionWatcher };

/** One connection to the bus for many callers: requests with ids of its own, and watched sessions. */
export interface Exchange {
  readonly isConnected: boolean;
  /** The first attempt to connect: rejects with a BusRequestError where it fails. */
  readonly firstAttempt: Promise<void>;
  /** The id, in JSON, that the next request has to have (see FrameAdditions). */
  nextIdJson(): string;
  /**
   * Sends the line of a request that has this id, and calls once with what came of it. The result
   * gives the request up: a late response is dropped.
   */
  request(
    request: { readonly line: Buffer; readonly idJson: string; readonly callerIdJson: string },
    onAnswer: (answer: Answer) => void,
  ): () => void;
  /** Sends the line of a notification, or of a response to a worker. Undefined where it was taken. */
  send(line: Buffer): Failure | undefined;
  /** Watches a session, until the result is called. */
  watch(sessionId: string, watcher: SessionWatcher): () => void;
  /** Resolves when nothing is pending, or after that time. */
  idle(timeoutMs: number): Promise<void>;
  /** Connected, or no more: whenever that changes. */
  onState(call: () => void): void;
  close(): void;
}

export interface ExchangeOptions {
  readonly link: BusLink;
  readonly clock: Clock;
  readonly log: Log;
  /** Bytes that may wait to be written; more is OVERLOADED. */
  readonly maxWaitingBytes: number;
  /** Requests that may be pending; more is OVERLOADED. */
  readonly maxPending: number;
  readonly maxReceivedBytes: number;
  /** A frame of this session came from the bus. */
  readonly onSession?: ((sessionId: string) => void) | undefined;
}

interface PendingCall {
  readonly callerIdJson: string;
  readonly onAnswer: (answer: Answer) => void;
}

const noIdea = 'no request of workers can be answered here: take part in the session by a stream';

/** Opens an exchange. It connects by itself, again and again; until then, requests are UNAVAILABLE. */
export function createExchange(options: ExchangeOptions): Exchange {
  return new BusExchange(options);
}

class BusExchange implements Exchange {
  readonly #options: ExchangeOptions;
  readonly #scanner;
  readonly #pending = new Map<number, PendingCall>();
  readonly #watchers = new SessionWatchers();
  readonly #policy = createReconnectPolicy({ maxDelayMs: 2000 }, Math.random);
  readonly #dialing = new AbortController();
  readonly #stateCalls: (() => void)[] = [];
  readonly #idleCalls = new Set<() => void>();
  readonly firstAttempt: Promise<void>;
  #lastId = 0;
  #stream: Duplex | undefined;
  #writer: LineWriter | undefined;
  #cancelRetry: (() => void) | undefined;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.#scanner = createEnvelopeScanner({ sessionIdField: options.link.sessionIdField });
    this.firstAttempt = this.#dial();
    // Whoever does not ask is told by the answers.
    this.firstAttempt.catch(() => {});
  }

  get isConnected(): boolean {
    return this.#stream !== undefined;
  }

  nextIdJson(): string {
    return String(++this.#lastId);
  }

  request(
    { line, idJson, callerIdJson }: { line: Buffer; idJson: string; callerIdJson: string },
    onAnswer: (answer: Answer) => void,
  ): () => void {
    const failure =
      this.#pending.size < this.#options.maxPending
        ? this.send(line)
        : overloaded(`${this.#pending.size} requests are pending already`);
    if (failure !== undefined) {
      onAnswer({ failure });
      return () => {};
    }
    const id = Number(idJson);
    this.#pending.set(id, { callerIdJson, onAnswer });
    return () => {
      this.#pending.delete(id);
      this.#checkIdle();
    };
  }

  send(line: Buffer): Failure | undefined {
    const writer = this.#writer;
    if (writer === undefined) return unavailable('the bus cannot be reached');
    if (writer.queuedBytes > this.#options.maxWaitingBytes) {
      return overloaded('too much waits to be sent to the bus');
    }
    writer.write(line);
    return undefined;
  }

  watch(sessionId: string, watcher: SessionWatcher): () => void {
    return this.#watchers.add(sessionId, watcher);
  }

  idle(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        cancel();
        this.#idleCalls.delete(done);
        resolve();
      };
      const cancel = this.#options.clock.after(timeoutMs, done);
      this.#idleCalls.add(done);
      this.#checkIdle();
    });
  }

  onState(call: () => void): void {
    this.#stateCalls.push(call);
  }

  close(): void {
    this.#cancelRetry?.();
    this.#dialing.abort();
    this.#lost(undefined);
  }

  async #dial(): Promise<void> {
    const { link } = this.#options;
    const { signal } = this.#dialing;
    try {
      this.#opened(await link.open(signal));
    } catch (error) {
      this.#retry();
      throw error;
    }
  }

  #retry(): void {
    const { link, clock, log } = this.#options;
    const delayMs = this.#policy.nextDelayMs();
    if (delayMs === undefined || this.#dialing.signal.aborted) return;
    this.#cancelRetry = clock.after(delayMs, () => {
      this.#dial().catch((error: Error) => {
        log.warn({ bus: link.url, reason: error.message }, 'the bus cannot be reached');
      });
    });
  }

  #opened(stream: Duplex): void {
    if (this.#dialing.signal.aborted) {
      stream.destroy();
      return;
    }
    const atMs = this.#options.clock.nowMs();
    this.#stream = stream;
    this.#writer = new LineWriter(stream);
    const decoder = createFrameDecoder(
      { maxFrameBytes: this.#options.maxReceivedBytes },
      {
        onLine: (bytes, start, end) => this.#received(bytes, start, end),
        onOverlong: () => onEnd(new Error('a frame of the bus is longer than the adapter reads')),
        onUnterminated: () => {},
      },
    );
    const onEnd = (cause: Error | undefined) => {
      if (this.#stream !== stream) return;
      this.#policy.lost(this.#options.clock.nowMs() - atMs);
      this.#lost(cause);
      this.#retry();
    };
    stream.on('data', (chunk: Buffer) => {
      if (this.#stream === stream) decoder.write(chunk);
    });
    stream.once('end', () => onEnd(undefined));
    stream.on('error', onEnd);
    stream.once('close', () => onEnd(undefined));
    for (const call of this.#stateCalls) call();
  }

  #lost(cause: Error | undefined): void {
    const stream = this.#stream;
    if (stream === undefined) return;
    this.#writer?.flush();
    this.#stream = undefined;
    this.#writer = undefined;
    stream.destroy();
    const message = `the connection to the bus was lost${cause === undefined ? '' : `: ${cause.message}`}`;
    const calls = [...this.#pending.values()];
    this.#pending.clear();
    const failure = busFailure({ name: 'WORKER_LOST', message, delivered: true });
    for (const { onAnswer } of calls) onAnswer({ failure });
    this.#watchers.lose(unavailable(message));
    for (const call of this.#stateCalls) call();
    this.#checkIdle();
  }

  #received(bytes: Buffer, start: number, end: number): void {
    const scanner = this.#scanner;
    const kind = scanner.scan(bytes, start, end);
    if (kind === 'response') this.#answered(bytes, start, end);
    else if (kind === 'request' || kind === 'notification') {
      const sessionId = scanner.sessionId();
      if (sessionId === undefined) return;
      this.#options.onSession?.(sessionId);
      this.#delivered(kind, sessionId, Buffer.from(bytes.subarray(start, end)), scanner.idJson());
    } else if (kind === 'refused') {
      this.#options.log.warn({ fault: scanner.fault }, 'the bus sent a line that is no frame');
    }
  }

  #answered(bytes: Buffer, start: number, end: number): void {
    const scanner = this.#scanner;
    const { onSession } = this.#options;
    const sessionId = onSession && scanner.sessionId();
    if (sessionId !== undefined) onSession?.(sessionId);
    if (scanner.idStart < 0) return;
    const id = Number(scanner.idJson());
    const call = this.#pending.get(id);
    if (call === undefined) return;
    this.#pending.delete(id);
    call.onAnswer(answerFrom({ bytes, start, end, scanner }, call.callerIdJson));
    this.#checkIdle();
  }

  #delivered(
    kind: 'request' | 'notification',
    sessionId: string,
    frame: Buffer,
    idJson: string,
  ): void {
    if (this.#watchers.deliver({ kind, sessionId, frame }) || kind === 'notification') return;
    const session = JSON.stringify({ [this.#options.link.sessionIdField]: sessionId });
    const error = JSON.stringify({ code: -32601, message: noIdea });
    this.send(
      Buffer.from(`{"jsonrpc":"2.0","id":${idJson},${session.slice(1, -1)},"error":${error}}\n`),
    );
  }

  #checkIdle(): void {
    if (this.#pending.size > 0) return;
    for (const call of [...this.#idleCalls]) call();
  }
}
