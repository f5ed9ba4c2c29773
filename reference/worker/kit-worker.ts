import type { Clock } from '../bus/clock.ts';
import type { Log } from '../bus/log.ts';
import { AnswerError } from '../client/answer-error.ts';
import { errorOutcome, type OutcomeJson, resultOutcome } from './answer-outcome.ts';
import { type ClientRequestOptions, ClientRequests } from './client-requests.ts';
import { CodexHandshake } from './codex-handshake.ts';
import { type Address, methodLine, responseLine } from './dialect.ts';
import { faultFacts } from './fault-facts.ts';
import { type FrameKind, FramePort, type FramePortOptions } from './frame-port.ts';
import type {
  FrameContext,
  MethodHandler,
  NotificationHandler,
  RequestContext,
} from './request-context.ts';
import { type RequestLimits, type RunningRequest, RunningRequests } from './running-request.ts';
import { type Concurrency, Turns } from './turns.ts';
import { workerCodes } from './worker-codes.ts';
import { type Work, WorkerLife } from './worker-life.ts';

export interface KitWorkerSettings extends FramePortOptions, RequestLimits {
  readonly methods: Readonly<Record<string, MethodHandler>>;
  readonly onNotification: NotificationHandler | undefined;
  readonly onDrain: (() => void) | undefined;
  readonly onEnd: (() => unknown) | undefined;
  readonly concurrency: Concurrency;
  readonly repeatsInitialize: boolean;
  readonly drainTimeoutMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

type Frame = Readonly<Record<string, unknown>>;

interface AskedFor extends ClientRequestOptions {
  /** Of the request whose handler asks. */
  readonly controller?: AbortController | undefined;
}

/** A worker over a pair of streams. Streams, time and the log are given to it. */
export class KitWorker implements Work {
  readonly life: WorkerLife;
  readonly #settings: KitWorkerSettings;
  readonly #port: FramePort;
  readonly #running: RunningRequests;
  readonly #turns: Turns<RunningRequest>;
  readonly #questions: ClientRequests;
  readonly #handshake: CodexHandshake | undefined;
  /** Notifications that are being worked on. */
  #notified = 0;

  constructor(settings: KitWorkerSettings) {
    const { dialect, concurrency, clock, repeatsInitialize } = settings;
    this.#settings = settings;
    this.#running = new RunningRequests(settings);
    this.#turns = new Turns(concurrency, (request) => void this.#run(request));
    this.#questions = new ClientRequests(clock);
    this.#handshake = dialect === 'codex' ? new CodexHandshake(repeatsInitialize) : undefined;
    this.#port = new FramePort(settings, {
      onFrame: (kind, bytes, start, end) => this.#takeFrame(kind, bytes, start, end),
      onLostResponse: (idJson) => this.#questions.lose(idJson),
      // What has not begun can wait until its answer can be written.
      onFull: (isFull) => this.#turns.hold(isFull),
      onEnd: () => {
        this.#questions.close();
        this.life.drain('the end of stdin');
      },
      onBroken: (error) => {
        settings.log.warn({ error: error.message }, 'stdout cannot be written');
        this.life.destroy('stdout cannot be written');
      },
    });
    this.life = new WorkerLife(settings, this.#port, this);
  }

  /** Sends a notification that no request has caused. */
  notify(sessionId: string | undefined, method: string, params?: object): Promise<void> {
    return this.#notify({ sessionId, threadId: undefined }, method, params);
  }

  /** Aborts the requests of a session. */
  cancelSession(sessionId: string | undefined, reason = 'the request was cancelled'): void {
    const error = new AnswerError(workerCodes.cancelled, reason);
    for (const request of this.#running.all()) {
      if (sessionOf(request.address) === sessionId) request.controller.abort(error);
    }
  }

  isIdle(): boolean {
    return this.#running.size === 0 && this.#notified === 0;
  }

  onDrain(): void {
    try {
      this.#settings.onDrain?.();
    } catch (error) {
      this.#settings.log.error(faultFacts(error), 'onDrain failed');
    }
  }

  cutOff(): void {
    const error = new AnswerError(workerCodes.ended, 'the worker ended before this was done');
    for (const request of this.#running.all()) request.controller.abort(error);
  }

  abandon(): void {
    for (const request of this.#running.all()) {
      this.#answer(request, errorOutcome(request.controller.signal.reason, this.#factsOf(request)));
    }
  }

  async close(): Promise<void> {
    try {
      await this.#settings.onEnd?.();
    } catch (error) {
      this.#settings.log.error(faultFacts(error), 'onEnd failed');
    }
    this.destroy();
  }

  destroy(): void {
    this.cutOff();
    this.#questions.close();
  }

  #takeFrame(kind: FrameKind, bytes: Buffer, start: number, end: number): void {
    const { scanner } = this.#port;
    const idJson = scanner.idJson();
    const sessionId = scanner.sessionId();
    const frame = JSON.parse(bytes.toString('utf8', start, end)) as Frame;
    if (kind === 'response') {
      if (!this.#questions.answer(frame)) {
        this.#settings.log.warn({ id: idJson }, 'a response to nothing that is open');
      }
      return;
    }
    const address = { sessionId, threadId: this.#threadOf(frame) };
    if (kind === 'notification') this.#takeNotification(frame, address);
    else this.#takeRequest(frame, address, { idJson, byteLength: end - start });
  }

  #threadOf({ params }: Frame): string | undefined {
    if (this.#settings.dialect !== 'codex') return undefined;
    const { threadId } = (params ?? {}) as { threadId?: unknown };
    return typeof threadId === 'string' ? threadId : undefined;
  }

  #takeRequest(
    frame: Frame,
    address: Address,
    { idJson, byteLength }: { idJson: string; byteLength: number },
  ): void {
    const method = frame.method as string;
    const refusal = this.#refusalOf(method, frame.params, byteLength);
    if (refusal !== undefined) {
      this.#port.refuse({ idJson, sessionId: address.sessionId }, refusal);
      return;
    }
    const controller = new AbortController();
    const request = { idJson, address, method, frame, byteLength, controller };
    this.#running.add(request);
    this.#turns.add(request, sessionOf(address));
  }

  #refusalOf(method: string, params: unknown, byteLength: number) {
    if (!this.life.takesNew) {
      return { code: workerCodes.overloaded, message: 'the worker is ending; retry later' };
    }
    if (this.#running.isTooMuch(byteLength)) {
      return { code: workerCodes.overloaded, message: 'too much is pending; retry later' };
    }
    if (params !== undefined && (typeof params !== 'object' || params === null)) {
      return { code: workerCodes.invalidParams, message: 'params are an object or an array' };
    }
    const isOwn = this.#handshake !== undefined && method === 'initialize';
    const refusal = this.#handshake?.admit(method);
    if (refusal !== undefined || isOwn || Object.hasOwn(this.#settings.methods, method)) {
      return refusal;
    }
    return { code: workerCodes.methodNotFound, message: 'there is no such method' };
  }

  async #run(request: RunningRequest): Promise<void> {
    const { method, frame, controller, address } = request;
    const { signal } = controller;
    let outcome: OutcomeJson;
    try {
      signal.throwIfAborted();
      const handler = Object.hasOwn(this.#settings.methods, method)
        ? (this.#settings.methods[method] as MethodHandler)
        : () => ({ userAgent: 'stdio-bus-kit' });
      outcome = resultOutcome(await handler(frame.params, this.#contextOf(request)));
    } catch (error) {
      // What obeyed the signal means the signal's reason.
      const isAbort = signal.aborted && (error as Error | undefined)?.name === 'AbortError';
      outcome = errorOutcome(isAbort ? signal.reason : error, this.#factsOf(request));
    }
    if (method === 'initialize') this.#handshake?.answered(outcome.startsWith('"result"'));
    this.#answer(request, outcome);
    this.#turns.finish(sessionOf(address));
  }

  #factsOf({ method }: RunningRequest) {
    return { method, log: this.#settings.log };
  }

  #answer(request: RunningRequest, outcome: OutcomeJson): void {
    if (!this.#running.delete(request)) return;
    const { idJson, address } = request;
    this.#port.send(
      responseLine(this.#settings, { idJson, sessionId: address.sessionId }, outcome),
    );
    this.life.check();
  }

  #contextOf({ method, frame, address, controller }: RunningRequest): RequestContext {
    const { signal } = controller;
    return {
      ...this.#frameContext({ method, frame, address, controller }),
      id: frame.id as string | number,
      signal,
    };
  }

  #frameContext(
    of: Pick<RunningRequest, 'method' | 'frame' | 'address'> & { controller?: AbortController },
  ): FrameContext {
    const { method, frame, address, controller } = of;
    return {
      method,
      frame,
      sessionId: sessionOf(address),
      notify: (name, params) => this.#notify(address, name, params),
      request: <Result>(name: string, params?: object, options: ClientRequestOptions = {}) =>
        this.#ask(address, { method: name, params }, { ...options, controller }) as Promise<Result>,
    };
  }

  #takeNotification(frame: Frame, address: Address): void {
    const method = frame.method as string;
    if (method === 'initialized') this.#handshake?.confirm();
    const { onNotification, maxPending, log } = this.#settings;
    if (onNotification === undefined) return;
    if (this.#notified >= maxPending) {
      log.warn({ method }, 'a notification was dropped: too many are being worked on');
      return;
    }
    const context = {
      ...this.#frameContext({ method, frame, address }),
      cancelSession: (reason?: string) => this.cancelSession(sessionOf(address), reason),
    };
    this.#notified++;
    const call = async () => onNotification({ method, params: frame.params }, context);
    void call()
      .catch((error: unknown) =>
        log.error({ method, ...faultFacts(error) }, 'onNotification failed'),
      )
      .finally(() => {
        this.#notified--;
        this.life.check();
      });
  }

  async #notify(address: Address, method: string, params?: object): Promise<void> {
    this.#port.send(methodLine(this.#settings, address, { method, params }));
    await this.#port.room();
  }

  async #ask(
    address: Address,
    frame: { method: string; params: object | undefined },
    { timeoutMs = 0, signal, controller }: AskedFor,
  ): Promise<unknown> {
    await this.#port.room();
    return this.#questions.ask({
      timeoutMs,
      signals: [signal, controller?.signal].filter((each) => each !== undefined),
      write: (id) => this.#port.send(methodLine(this.#settings, address, { id, ...frame })),
      onClientGone: () =>
        controller?.abort(new AnswerError(workerCodes.cancelled, 'the client is gone')),
    });
  }
}

/** What the order of requests goes by. */
function sessionOf({ sessionId, threadId }: Address): string | undefined {
  return sessionId ?? threadId;
}
