import type { Duplex } from 'node:stream';
import type { HelloParams, HelloResult, StatsResult } from '../../schemas/generated/bus-methods.ts';
import { createEnvelopeScanner, type EnvelopeScanner } from '../envelope-scanner.ts';
import { type BusRequestError, clientError } from './bus-request-error.ts';
import type { BusRequester, NotifyOptions, RequestOptions } from './bus-requester.ts';
import type { ClientSettings, ClientState } from './client-settings.ts';
import { Connector } from './connector.ts';
import { doneWithin, startDeadline } from './deadline.ts';
import { frameLine } from './frame-line.ts';
import { FrameLink } from './frame-link.ts';
import {
  type NotificationFilter,
  type NotificationStream,
  NotificationStreams,
} from './notification-stream.ts';
import { PendingRequests } from './pending-requests.ts';
import { createReceivedFrames } from './received-frames.ts';
import { Sender } from './sender.ts';
import { WorkerQuestions } from './worker-questions.ts';

/** How long a bus may take to end a connection on which it has answered everything. */
const lastEndMs = 1000;

/**
 * Requests over one connection after another: what was not written when a connection ended waits for
 * the next one; what was written fails, since nobody can know how far it came. Time, sockets and the
 * log are given to it.
 */
export class Client implements BusRequester {
  readonly #settings: ClientSettings;
  readonly #pending = new PendingRequests();
  readonly #scanner: EnvelopeScanner;
  readonly #sender: Sender;
  readonly #connector: Connector;
  readonly #questions: WorkerQuestions;
  readonly #streams = new NotificationStreams();
  readonly #onReconnect = new Set<() => void>();
  #hasConnected = false;
  #hello: HelloParams | undefined;
  #state: ClientState = 'connecting';
  #closing: Promise<void> | undefined;
  /** Called when nothing is pending and nothing waits, while it is closing. */
  #onIdle = () => {};
  #onEnd = () => {};

  /** Throws a RangeError where `sessionIdField` is the name of another member. */
  constructor(settings: ClientSettings) {
    this.#settings = settings;
    const { sessionIdField, maxFrameBytes, onRequest, log } = settings;
    this.#scanner = createEnvelopeScanner({ sessionIdField });
    this.#sender = new Sender(settings);
    this.#connector = new Connector({
      ...settings,
      onStream: (stream) => this.#attach(stream),
      onGivenUp: (cause) => this.destroy(cause),
    });
    this.#questions = new WorkerQuestions({
      handler: onRequest,
      sessionIdField,
      maxFrameBytes,
      reply: (link, line) => this.#sender.sendOn(link, line, () => this.#checkIdle()),
      onFault: (error, method) =>
        log.error({ method, error: String(error) }, 'the handler of worker requests failed'),
    });
  }

  get state(): ClientState {
    return this.#state;
  }

  /** Makes the first connection. Rejects with NOT_CONNECTED, and the client is closed then. */
  async connect(): Promise<void> {
    try {
      await this.#connector.connect();
    } catch (error) {
      this.destroy(error);
      throw error;
    }
  }

  request<Result>(method: string, params?: object, options: RequestOptions = {}): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const { signal, sessionId, timeoutMs = this.#settings.timeoutMs } = options;
      if (!(timeoutMs >= 0)) throw new RangeError(`timeoutMs is ${timeoutMs}, not a time`);
      this.#refuseIfClosed(signal);
      const id = this.#pending.nextId();
      const { line, byteLength } = frameLine({ id, method, params }, options, this.#settings);
      const settle = (call: () => void) => {
        cancelDeadline();
        this.#sender.delete(entry);
        call();
        this.#checkIdle();
      };
      const request = {
        id,
        sessionId,
        byteLength,
        isWritten: false,
        resolve: (result: unknown) => settle(() => resolve(result as Result)),
        reject: (error: BusRequestError) => settle(() => reject(error)),
      };
      const entry = {
        line,
        byteLength,
        link: undefined,
        onWritten: () => {
          request.isWritten = true;
        },
        onFailed: (error: BusRequestError) => this.#pending.take(id)?.reject(error),
      };
      const { clock } = this.#settings;
      const cancelDeadline = startDeadline({ clock, timeoutMs, signal }, (name, cause) =>
        this.#giveUp(id, name, cause),
      );
      this.#pending.add(request);
      this.#sender.send(entry);
    });
  }

  notify(method: string, params?: object, options: NotifyOptions = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      this.#refuseIfClosed(signal);
      const frame = { id: undefined, method, params };
      const { line, byteLength } = frameLine(frame, options, this.#settings);
      const settle = (call: () => void) => {
        cancelDeadline();
        call();
        this.#checkIdle();
      };
      const entry = {
        line,
        byteLength,
        link: undefined,
        onWritten: () => {
          this.#sender.noteUnanswered(byteLength);
          settle(resolve);
        },
        onFailed: (error: BusRequestError) => settle(() => reject(error)),
      };
      const { clock } = this.#settings;
      const cancelDeadline = startDeadline({ clock, timeoutMs: 0, signal }, (name, cause) => {
        this.#sender.delete(entry);
        entry.onFailed(clientError(name, 'the notification was given up', { cause }));
      });
      this.#sender.send(entry);
    });
  }

  notifications(filter: NotificationFilter = {}): NotificationStream {
    return this.#streams.open(filter);
  }

  [Symbol.asyncIterator](): NotificationStream {
    return this.notifications();
  }

  onReconnect(call: () => void): () => void {
    // Told apart also where the same call is given twice.
    const told = () => call();
    this.#onReconnect.add(told);
    return () => void this.#onReconnect.delete(told);
  }

  async hello(params: HelloParams = { protocolVersion: '1' }): Promise<HelloResult> {
    const result = await this.request<HelloResult>('stdio_bus/hello', params);
    this.#hello = params;
    return result;
  }

  stats(): Promise<StatsResult> {
    return this.request('stdio_bus/stats');
  }

  /** Takes nothing new, waits for what is pending, at most so long, and ends the connection. */
  close(timeoutMs: number): Promise<void> {
    this.#closing ??= this.#close(timeoutMs);
    return this.#closing;
  }

  /** Ends everything at once: what is pending fails with CLOSED. */
  destroy(cause?: unknown): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#connector.stop();
    this.#questions.abandonAll();
    const { link } = this.#sender;
    this.#sender.detach(cause);
    link?.destroy();
    for (const request of this.#pending.takeAll()) {
      const { isWritten: delivered } = request;
      request.reject(clientError('CLOSED', 'the client was closed', { delivered, cause }));
    }
    this.#sender.fail(clientError('CLOSED', 'the client was closed', { cause }));
    this.#streams.close();
    this.#onIdle();
    this.#onEnd();
    this.#changeState('closed', cause);
  }

  async #close(timeoutMs: number): Promise<void> {
    const { clock } = this.#settings;
    // The caller's turn first: it is closing from then on.
    await Promise.resolve();
    if (this.#state === 'closed') return;
    await doneWithin(clock, timeoutMs, (done) => {
      this.#onIdle = done;
      this.#checkIdle();
    });
    if (this.#sender.link !== undefined && this.#pending.size === 0) {
      await doneWithin(clock, lastEndMs, (done) => {
        this.#onEnd = done;
        this.#sender.link?.end();
      });
    }
    this.destroy();
  }

  #checkIdle(): void {
    if (this.#closing === undefined || this.#pending.size > 0 || this.#sender.size > 0) return;
    this.#onIdle();
  }

  /** Throws where nothing can be sent, whatever it is. */
  #refuseIfClosed(signal: AbortSignal | undefined): void {
    if (this.#state === 'closed' || this.#closing !== undefined) {
      throw clientError('CLOSED', 'the client is closed');
    }
    if (signal?.aborted !== true) return;
    throw clientError('ABORTED', 'it was aborted before it began', { cause: signal.reason });
  }

  #giveUp(id: number, name: 'TIMEOUT' | 'ABORTED', cause: unknown): void {
    const request = this.#pending.take(id);
    if (request === undefined) return;
    const { isWritten: delivered, byteLength } = request;
    if (delivered) this.#sender.noteUnanswered(byteLength);
    const message = name === 'TIMEOUT' ? 'no answer in time' : 'the request was aborted';
    request.reject(clientError(name, message, { delivered, cause }));
  }

  #attach(stream: Duplex): void {
    const { log, sessionIdField, maxReceivedBytes } = this.#settings;
    const frames = createReceivedFrames({
      sessionIdField,
      scanner: this.#scanner,
      pending: this.#pending,
      log,
      longestUnanswered: () => this.#sender.longestUnanswered,
      onNotification: (notification, byteLength) => this.#streams.push(notification, byteLength),
      onWorkerRequest: (idJson, request) => void this.#questions.take(link, idJson, request),
      onSessionLost: (sessionId) => this.#questions.abandonSession(sessionId),
    });
    const link: FrameLink = new FrameLink(stream, maxReceivedBytes, {
      ...frames,
      onRoom: () => this.#sender.advance(),
      onClose: (cause) => this.#lost(link, cause),
    });
    this.#sender.attach(link);
    this.#repeatHello(link);
    this.#sender.advance();
    this.#changeState('connected', undefined);
    if (this.#hasConnected) for (const call of this.#onReconnect) call();
    this.#hasConnected = true;
  }

  #repeatHello(link: FrameLink): void {
    if (this.#hello === undefined) return;
    const id = this.#pending.nextId();
    const frame = { id, method: 'stdio_bus/hello', params: this.#hello };
    const { line, byteLength } = frameLine(frame, {}, this.#settings);
    const resolve = () => this.#checkIdle();
    const reject = ({ message: error }: BusRequestError) => {
      this.#settings.log.warn({ error }, 'the hello could not be repeated');
      this.#checkIdle();
    };
    this.#pending.add({ id, sessionId: undefined, byteLength, isWritten: true, resolve, reject });
    link.write(line);
  }

  #lost(link: FrameLink, cause: unknown): void {
    if (this.#sender.link !== link) return;
    this.#questions.abandonAll();
    this.#sender.detach(cause);
    const message = 'the connection ended before the answer came';
    for (const request of this.#pending.takeWritten()) {
      request.reject(clientError('CONNECTION_LOST', message, { delivered: true, cause }));
    }
    const isDone = this.#closing !== undefined && this.#sender.size === 0;
    if (isDone || !this.#connector.lost()) this.destroy(cause);
    else this.#changeState('connecting', cause);
  }

  #changeState(state: ClientState, cause: unknown): void {
    this.#state = state;
    this.#settings.onState(state, cause);
  }
}
