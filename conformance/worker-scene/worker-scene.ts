import type { Dialect } from '../../schemas/generated/subject.ts';
import type { WorkerSubject } from '../../schemas/generated/worker-subject.ts';
import { History } from '../history/history.ts';
import { Random } from '../scene/random.ts';
import type { Timings } from '../scene/timings.ts';
import { type UntilOptions, Waiter } from '../scene/waiter.ts';
import { usageOf } from '../subject/process-table.ts';
import type { SubjectProcess } from '../subject/subject-process.ts';
import type { ProbeName, WorkerScenario } from '../worker-scenario.ts';
import type { FrameParts } from './frame-text.ts';
import { unknownMethod, type WorkerCall, WorkerCalls, type WorkerRequest } from './worker-calls.ts';
import { launchWorker, startFailureOf } from './worker-launch.ts';
import { WorkerOpening } from './worker-opening.ts';
import { WorkerPipes } from './worker-pipes.ts';
import { restWatch } from './worker-rest.ts';
import { endWorkerScene } from './worker-scene-end.ts';
import type { WorkerSession } from './worker-session.ts';

export interface WorkerSceneOptions {
  readonly scenario: Pick<WorkerScenario, 'id'>;
  readonly subject: WorkerSubject;
  readonly timings: Timings;
  readonly timeScale: number;
  readonly seed: string;
}

/** The drain time of the bus that the suite plays, in seconds. */
const drainSec = 10;

/** What a scenario has in its hands: the worker and its pipes. Nothing here judges. */
export class WorkerScene {
  readonly timings: Timings;
  readonly timeScale: number;
  readonly random: Random;
  readonly history: History;
  readonly dialect: Dialect;

  readonly #options: WorkerSceneOptions;
  readonly #waiter: Waiter;
  readonly #calls: WorkerCalls;
  readonly #opening: WorkerOpening;
  #subject: SubjectProcess | undefined;
  #pipes: WorkerPipes | undefined;
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
    const calls = new WorkerCalls({
      subject,
      dialect: this.dialect,
      pipes: () => this.#pipes,
      until: (what, find, options) => this.until(what, find, options),
    });
    this.#calls = calls;
    this.#opening = new WorkerOpening({
      subject,
      calls,
      send: (line) => void this.write(`${line}\n`),
      observe: (name, value) => this.observe(name, value),
    });
    this.observe('dialect', this.dialect);
  }

  /** All requests that were made. */
  get calls(): WorkerCall[] {
    return this.#calls.all;
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
    return this.#calls.probe(probe) !== undefined;
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
      await this.#opening.process(limitMs);
      this.#readySession = await this.#opening.session(limitMs);
      await this.request({ session: this.#readySession }).response({ limitMs });
    } catch (error) {
      throw await startFailureOf(error, {
        subject: this.#subject as SubjectProcess,
        pipes: this.pipes,
        waiter: this.#waiter,
        folder: this.#options.subject.cwd ?? process.cwd(),
        asked: this.calls.findLast((call) => !call.isAnswered())?.line,
      });
    }
  }

  /** A session that is open. */
  async session(): Promise<WorkerSession> {
    const ready = this.#readySession;
    this.#readySession = undefined;
    return ready ?? (await this.#opening.session(this.timings.startMs));
  }

  /** Sends a request. */
  request(request: WorkerRequest = {}): WorkerCall {
    const call = this.prepareRequest(request);
    void this.write(`${call.line}\n`);
    return call;
  }

  /** A request that the scenario writes itself. */
  prepareRequest(request: WorkerRequest = {}): WorkerCall {
    return this.#calls.request(request);
  }

  /** A request with large params: of the manifest, or else of an unknown method. */
  largeRequest(session: WorkerSession, bytes: number, fill = 'x'): WorkerCall {
    return this.#calls.large(session, fill.repeat(Math.ceil(bytes / Buffer.byteLength(fill))));
  }

  /** The method of a request of the manifest. */
  methodOf(probe: ProbeName): string {
    const { method } = this.#calls.probe(probe) ?? {};
    return typeof method === 'string' ? method : unknownMethod;
  }

  /** The line of any frame, without its LF; nobody waits for an answer to it. */
  frame(parts: FrameParts): string {
    return this.#calls.text(parts);
  }

  /** The line of a notification, without its LF. */
  notification(method: string, session?: WorkerSession, params: unknown = {}): string {
    return this.#calls.text({ method, session, params });
  }

  /** Writes bytes to its stdin as they are. */
  write(bytes: Buffer | string): Promise<void> {
    return this.pipes.write(bytes);
  }

  /** Waits until every request has its response. */
  allAnswered(options: UntilOptions = {}): Promise<true> {
    return this.#calls.allAnswered(options);
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

  /** Waits until a worker whose stdout is not read has nothing left to do but to wait for its reader. */
  async heldUp(): Promise<void> {
    const isHeldUp = restWatch(this.#subject?.pid ?? 0, this.pipes);
    await this.until('the worker waits for its reader', isHeldUp, {
      limitMs: this.timings.startMs,
    });
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
