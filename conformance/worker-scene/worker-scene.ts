import type { Dialect } from '../../schemas/generated/subject.ts';
import type { WorkerSubject } from '../../schemas/generated/worker-subject.ts';
import { History } from '../history/history.ts';
import { Random } from '../scene/random.ts';
import type { Timings } from '../scene/timings.ts';
import { type UntilOptions, Waiter } from '../scene/waiter.ts';
import { usageOf } from '../subject/process-table.ts';
import type { SubjectProcess } from '../subject/subject-process.ts';
import type { ProbeName, WorkerScenario } from '../worker-scenario.ts';
import { frameText, valueAt, withReplaced } from './frame-text.ts';
import { launchWorker, startFailureOf } from './worker-launch.ts';
import { type WorkerFrame, WorkerPipes } from './worker-pipes.ts';
import { endWorkerScene } from './worker-scene-end.ts';
import type { WorkerSession } from './worker-session.ts';

export interface WorkerSceneOptions {
  readonly scenario: Pick<WorkerScenario, 'id'>;
  readonly subject: WorkerSubject;
  readonly timings: Timings;
  readonly timeScale: number;
  readonly seed: string;
}

export interface WorkerRequest {
  /** A request of the manifest. Default: `quick`, or where there is none an unknown method. */
  readonly probe?: ProbeName;
  /** Another method than that of a probe. */
  readonly method?: string;
  readonly params?: unknown;
  readonly session?: WorkerSession;
  /** The id as it is to be spelled; default: a number of the scene's own. */
  readonly idJson?: string;
}

/** A request that was made. */
export interface WorkerCall {
  readonly idJson: string;
  readonly line: string;
  /** Waits for its response. */
  response(options?: UntilOptions): Promise<WorkerFrame>;
  isAnswered(): boolean;
}

/** The drain time of the bus that the suite plays, in seconds. */
const drainSec = 10;

/** What no worker knows. */
export const unknownMethod = 'conformance/no-such-method';

/** What a scenario has in its hands: the worker and its pipes. Nothing here judges. */
export class WorkerScene {
  readonly timings: Timings;
  readonly timeScale: number;
  readonly random: Random;
  readonly history: History;
  readonly dialect: Dialect;
  /** All requests that were made. */
  readonly calls: WorkerCall[] = [];

  readonly #options: WorkerSceneOptions;
  readonly #waiter: Waiter;
  #subject: SubjectProcess | undefined;
  #pipes: WorkerPipes | undefined;
  #lastId = 0;
  #lastSession = 0;
  #readySession: WorkerSession | undefined;

  constructor(options: WorkerSceneOptions) {
    const { scenario, subject, timings, timeScale, seed } = options;
    this.#options = options;
    this.timings = timings;
    this.timeScale = timeScale;
    this.random = new Random(`${seed}/${scenario.id}`);
    this.dialect = subject.dialect ?? 'jsonrpc';
    this.history = new History({
      kind: 'scenario',
      scenario: scenario.id,
      transport: 'pipe',
      sessionIdField: 'sessionId',
      limits: { drain_timeout_sec: drainSec },
      pools: [],
      capabilities: [...(subject.profiles ?? ['worker'])],
      timeScale,
      seed,
      deadlinesUs: {
        response: timings.responseMs * 1000,
        start: timings.startMs * 1000,
        grace: timings.graceMs * 1000,
      },
    });
    this.#waiter = new Waiter(this.history, timings.responseMs);
    this.observe('dialect', this.dialect);
  }

  get subject(): SubjectProcess | undefined {
    return this.#subject;
  }

  get pipes(): WorkerPipes {
    if (this.#pipes === undefined) throw new Error('the worker was not launched');
    return this.#pipes;
  }

  /** How long a worker has to end once it was asked to. */
  get drainMs(): number {
    return (this.timings.isShort ? drainSec / 4 : drainSec) * 1000 * Math.max(1, this.timeScale);
  }

  /** Whether the manifest has this request. */
  has(probe: ProbeName): boolean {
    return this.#options.subject.probes?.[probe] !== undefined;
  }

  async prepare(): Promise<void> {}

  /** Starts the worker and waits until it has answered its first request. Throws StartFailed. */
  async start(): Promise<void> {
    const startedMs = performance.now();
    this.launch();
    await this.becomeReady();
    this.observe('start-ms', Math.round(performance.now() - startedMs));
  }

  /** Starts the worker, and waits for nothing. Throws StartFailed. */
  launch(): void {
    const { subject } = this.#options;
    this.#subject = launchWorker({ subject, history: this.history, waiter: this.#waiter });
    const { stdin, stdout } = this.#subject;
    this.#pipes = new WorkerPipes({ stdin, stdout, history: this.history, waiter: this.#waiter });
  }

  /** Makes the handshake, and waits for the first answer. Throws StartFailed. */
  async becomeReady(): Promise<void> {
    const limitMs = this.timings.startMs;
    try {
      await this.#shakeHands('process', undefined, limitMs);
      this.#readySession = await this.#newSession(limitMs);
      await this.request({ session: this.#readySession }).response({ limitMs });
    } catch (error) {
      throw await startFailureOf(error, {
        subject: this.#subject as SubjectProcess,
        pipes: this.pipes,
        waiter: this.#waiter,
        folder: this.#options.subject.cwd ?? process.cwd(),
      });
    }
  }

  /** A session that is open. */
  async session(): Promise<WorkerSession> {
    const ready = this.#readySession;
    this.#readySession = undefined;
    return ready ?? (await this.#newSession(this.timings.startMs));
  }

  async #newSession(limitMs: number): Promise<WorkerSession> {
    const id = `s${++this.#lastSession}`;
    await this.#shakeHands('session', { id }, limitMs);
    const { session: start } = this.#options.subject;
    if (start === undefined) return { id };
    const frame = start.request as Record<string, unknown>;
    const { bytes } = await this.#ask({ frame, session: { id } }).response({ limitMs });
    const { result } = JSON.parse(bytes.toString()) as { result?: unknown };
    const threadId = String(valueAt(result, start.idPointer) ?? '');
    this.observe(`thread of ${id}`, threadId);
    return { id, threadId };
  }

  async #shakeHands(
    per: 'process' | 'session',
    session: WorkerSession | undefined,
    limitMs: number,
  ): Promise<void> {
    const { handshake } = this.#options.subject;
    if (handshake?.per !== per) return;
    for (const frame of handshake.frames as Record<string, unknown>[]) {
      if (frame.id === undefined) void this.write(`${this.#text({ frame, session })}\n`);
      else await this.#ask({ frame, session }).response({ limitMs });
    }
  }

  /** Sends a request. */
  request(request: WorkerRequest = {}): WorkerCall {
    const call = this.prepareRequest(request);
    void this.write(`${call.line}\n`);
    return call;
  }

  /** A request that the scenario writes itself. */
  prepareRequest({
    probe = 'quick',
    method,
    params,
    session,
    idJson,
  }: WorkerRequest = {}): WorkerCall {
    const known = method === undefined ? this.#options.subject.probes?.[probe] : undefined;
    const frame = known as Record<string, unknown> | undefined;
    const parts = frame === undefined ? { method: method ?? unknownMethod, params } : { frame };
    return this.#prepare({ ...parts, session, ...(idJson && { idJson }) });
  }

  /** A request with large params: of the manifest, or else of an unknown method. */
  largeRequest(session: WorkerSession, bytes: number, fill = 'x'): WorkerCall {
    const large = this.#options.subject.probes?.large as Record<string, unknown> | undefined;
    const text = fill.repeat(Math.ceil(bytes / Buffer.byteLength(fill)));
    const parts =
      large === undefined
        ? { method: unknownMethod, params: { text } }
        : { frame: withReplaced(large, '{large}', text) as Record<string, unknown> };
    return this.#prepare({ ...parts, session });
  }

  #ask(parts: Omit<Parameters<typeof frameText>[1], 'idJson'>): WorkerCall {
    const call = this.#prepare(parts);
    void this.write(`${call.line}\n`);
    return call;
  }

  #prepare(parts: Parameters<typeof frameText>[1]): WorkerCall {
    const { idJson = String(++this.#lastId) } = parts;
    const line = this.#text({ ...parts, idJson });
    const before = this.#pipes?.responsesTo(idJson) ?? 0;
    const isAnswered = () => this.pipes.responsesTo(idJson) > before;
    const call: WorkerCall = {
      idJson,
      line,
      isAnswered,
      response: (options = {}) => this.#responseTo(idJson, options),
    };
    this.calls.push(call);
    return call;
  }

  #text(parts: Parameters<typeof frameText>[1]): string {
    return frameText(this.dialect, parts);
  }

  #responseTo(idJson: string, options: UntilOptions): Promise<WorkerFrame> {
    const value = JSON.parse(idJson);
    const find = () =>
      this.pipes.responsesTo(idJson) > 0 &&
      this.pipes.received.findLast(
        (frame) =>
          frame.kind === 'response' &&
          frame.idJson !== undefined &&
          JSON.parse(frame.idJson) === value,
      );
    return this.until('a response', find, options);
  }

  /** The method of a request of the manifest. */
  methodOf(probe: ProbeName): string {
    const { method } = (this.#options.subject.probes?.[probe] ?? {}) as { method?: unknown };
    return typeof method === 'string' ? method : unknownMethod;
  }

  /** The line of any frame, without its LF; nobody waits for an answer to it. */
  frame(parts: Parameters<typeof frameText>[1]): string {
    return this.#text(parts);
  }

  /** The line of a notification, without its LF. */
  notification(method: string, session?: WorkerSession, params: unknown = {}): string {
    return this.#text({ method, session, params });
  }

  /** Writes bytes to its stdin as they are. */
  write(bytes: Buffer | string): Promise<void> {
    return this.pipes.write(bytes);
  }

  /** Waits until every request has its response. */
  allAnswered(options: UntilOptions = {}): Promise<true> {
    const open = new Set(this.calls);
    const find = () => {
      for (const call of open) if (call.isAnswered()) open.delete(call);
      return open.size === 0;
    };
    return this.until('all responses', () => find() || undefined, options);
  }

  /** Asks once more and waits: what it had to say to what came before, it has said by then. */
  async stillAnswers(session?: WorkerSession): Promise<void> {
    await this.request(session === undefined ? {} : { session }).response();
  }

  signal(signal: NodeJS.Signals): void {
    this.#subject?.signal(signal);
  }

  /** Ends it at once: nothing more is asked of it. */
  async abandon(): Promise<void> {
    this.signal('SIGKILL');
    await this.#subject?.ended(this.timings.graceMs);
  }

  endStdin(): void {
    this.pipes.endStdin();
  }

  /** Waits for its end, within the drain time. */
  async ended(requirement: string): Promise<void> {
    const limitMs = this.drainMs + this.timings.graceMs;
    await this.#subject?.ended(limitMs, requirement);
  }

  /** Waits for what can be seen, with a deadline; records it. Throws NotInTime. */
  until<T>(
    what: string,
    find: () => T | undefined | false,
    options: UntilOptions = {},
  ): Promise<T> {
    const isOver = () => this.#subject?.isRunning !== true && this.pipes.hasEnded;
    return this.#waiter.until(what, find, { isHopeless: isOver, ...options });
  }

  /** A fact that was looked up or measured, for a judge. */
  observe(name: string, value: string | number | boolean | null): void {
    this.history.add({ kind: 'observation', process: 'worker', name, value });
  }

  /** Records what the worker uses now; nothing where the system does not say. */
  measure(): void {
    const { pid } = this.#subject ?? {};
    const usage = pid === undefined ? undefined : usageOf(pid);
    if (usage !== undefined) this.history.add({ kind: 'resource', process: 'worker', ...usage });
  }

  async finish(): Promise<void> {
    if (this.#subject === undefined) return;
    const { history, timings, drainMs } = this;
    await endWorkerScene({
      subject: this.#subject,
      pipes: this.pipes,
      waiter: this.#waiter,
      history,
      timings,
      drainMs,
      isAnswered: () => this.calls.every((call) => call.isAnswered()),
    });
  }

  async destroy(): Promise<void> {
    this.#waiter.close();
    await this.#subject?.destroy();
  }
}
