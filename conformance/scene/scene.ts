import { randomUUID } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { BusSubject, Transport } from '../../schemas/generated/bus-subject.ts';
import type { BusScenario, SceneConfig } from '../bus-scenario.ts';
import { Client } from '../client/client.ts';
import { shortened } from '../finding.ts';
import { History } from '../history/history.ts';
import type { Probe, ProbeFrame } from '../probe/probe.ts';
import { ProbeHub } from '../probe/probe-hub.ts';
import { absoluteProgram, argvFor, argvWith, type Places } from '../subject/bus-command.ts';
import { executionProblem } from '../subject/execution-problem.ts';
import { commandLineOf, isRunning, usageOf } from '../subject/process-table.ts';
import { SubjectProcess } from '../subject/subject-process.ts';
import { Random } from './random.ts';
import { environmentMark, makeRunFolder, runMark } from './run-mark.ts';
import { busConfigFrom, poolsOf, probeCommand } from './scene-config.ts';
import { StartFailed } from './start-failed.ts';
import type { Timings } from './timings.ts';
import { type UntilOptions, Waiter } from './waiter.ts';

export interface SceneOptions {
  readonly scenario: BusScenario;
  readonly subject: BusSubject;
  readonly transport: Transport;
  readonly timings: Timings;
  readonly timeScale: number;
  readonly seed: string;
  /** The steps of the scenario's schedule that are carried out; absent: all. */
  readonly steps?: ReadonlySet<number>;
}

export interface LaunchOptions {
  /** The configuration: an object is written in JSON, text as it stands; default: the scene's. */
  readonly config?: object | string;
  /** Instead of the standard flags. Only where the subject has them: see `hasStandardFlags`. */
  readonly args?: readonly string[];
  /** Gives it the configuration as descriptor 3. */
  readonly isConfigInherited?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** Where a bus listens. */
export type SocketAddress =
  | { readonly host: string; readonly port: number }
  | { readonly path: string };

/** A request that a probe worker holds. */
export interface Held {
  readonly probe: Probe;
  readonly frame: ProbeFrame;
}

/**
 * What a scenario has in its hands: the subject, its probe workers, its clients. Everything that
 * happens is recorded. Nothing here judges.
 */
export class Scene {
  readonly transport: Transport;
  readonly timings: Timings;
  readonly timeScale: number;
  readonly random: Random;
  /** A folder of this scene alone. */
  readonly folder: string;
  readonly history: History;
  readonly clients: Client[] = [];
  /** The last subject that was launched. */
  subject!: SubjectProcess;

  readonly #options: SceneOptions;
  readonly #waiter: Waiter;
  readonly #hub: ProbeHub;
  readonly #config: SceneConfig;
  readonly #subjects: SubjectProcess[] = [];
  #places!: Places;
  #isReadyClientGiven = false;

  constructor(options: SceneOptions) {
    const { scenario, subject, transport, timings, timeScale, seed } = options;
    this.#options = options;
    this.transport = transport;
    this.timings = timings;
    this.timeScale = timeScale;
    this.random = new Random(`${seed}/${scenario.id}`);
    this.#config = scenario.config ?? {};
    this.folder = makeRunFolder();
    const { limits = {}, routing } = this.#config;
    const sessionIdField = routing?.session_id_field ?? 'sessionId';
    this.history = new History({
      kind: 'scenario',
      scenario: scenario.id,
      transport,
      sessionIdField,
      limits,
      pools: poolsOf(this.#config).map(({ id, instances = 1 }) => ({ id, instances })),
      capabilities: [...(subject.capabilities ?? [])],
      timeScale,
      seed,
      deadlinesUs: {
        response: timings.responseMs * 1000,
        start: timings.startMs * 1000,
        grace: timings.graceMs * 1000,
      },
    });
    this.#waiter = new Waiter(this.history, timings.responseMs);
    this.#hub = new ProbeHub({
      path: this.controlPath,
      history: this.history,
      sessionIdField,
      onNews: () => this.#waiter.look(),
    });
  }

  /** Where probe workers report. */
  get controlPath(): string {
    return join(this.folder, 'control');
  }

  /** Whether the subject takes the command line of CFG-5. */
  get hasStandardFlags(): boolean {
    return argvWith(this.#options.subject, []) !== undefined;
  }

  /** Whether a step of the scenario's schedule is to be carried out. */
  isStepKept(index: number): boolean {
    return this.#options.steps?.has(index) ?? true;
  }

  /** Whether the subject declares this capability. */
  declares(capability: string): boolean {
    return (this.#options.subject.capabilities ?? []).includes(capability as never);
  }

  /** The directory that the subject is started in. */
  get subjectFolder(): string {
    return this.#options.subject.cwd ?? process.cwd();
  }

  get places(): Places {
    return this.#places;
  }

  /** Makes the scene ready for a launch. */
  async prepare(): Promise<void> {
    await this.#hub.listen();
    await this.#choosePlaces();
  }

  async #choosePlaces(): Promise<void> {
    this.#places = {
      config: join(this.folder, 'config.json'),
      host: '127.0.0.1',
      port: this.transport === 'tcp' ? await freePort() : 0,
      socket: join(this.folder, 'bus.sock'),
    };
  }

  /** Starts the subject and waits until a probe worker has answered. Throws StartFailed. */
  async start(launch: LaunchOptions = {}): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      this.launch(launch);
      try {
        await this.#becomeReady();
        return;
      } catch (error) {
        if (!(error instanceof StartFailed)) throw error;
        // Somebody else may have taken the port in the meantime.
        const isPortTaken = /in use|EADDRINUSE/i.test(error.stderr.join(' '));
        if (this.transport !== 'tcp' || !isPortTaken || attempt === 3) throw error;
        this.note('the port was taken meanwhile: once more with another');
        await this.#choosePlaces();
      }
    }
  }

  /** The configuration of the scene, as the subject gets it. */
  busConfig(): ReturnType<typeof busConfigFrom> {
    return busConfigFrom(this.#config, this.controlPath);
  }

  /** Program and arguments of a probe worker of a pool. */
  probeCommand(pool: string): { command: string; args: string[] } {
    return probeCommand(this.controlPath, pool);
  }

  /** Starts the subject, and waits for nothing. */
  launch(launch: LaunchOptions = {}): SubjectProcess {
    const { config = this.busConfig(), args } = launch;
    const { subject } = this.#options;
    const text = typeof config === 'string' ? config : JSON.stringify(config, undefined, 2);
    writeFileSync(this.#places.config, text);
    const argv =
      args === undefined
        ? argvFor(subject, this.transport, this.#places)
        : (argvWith(subject, args) ?? []);
    const absoluteArgv = absoluteProgram(argv);
    try {
      this.subject = this.#spawn(absoluteArgv, launch);
    } catch (error) {
      // Some refusals of the system are thrown, others are told later.
      if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
      throw this.#notExecuted(absoluteArgv, error as NodeJS.ErrnoException);
    }
    this.#subjects.push(this.subject);
    return this.subject;
  }

  #spawn(argv: readonly string[], { env, isConfigInherited = false }: LaunchOptions) {
    const { subject } = this.#options;
    return new SubjectProcess({
      argv,
      ...(subject.cwd === undefined ? {} : { cwd: subject.cwd }),
      env: { ...subject.env, ...env },
      mark: environmentMark(`${runMark}.${randomUUID()}`),
      ...(isConfigInherited ? { inheritedFile: this.#places.config } : {}),
      isStdio: this.transport === 'stdio',
      history: this.history,
      waiter: this.#waiter,
    });
  }

  async #becomeReady(): Promise<void> {
    const deadlineMs = performance.now() + this.timings.startMs;
    const client = await this.#firstConnection(deadlineMs);
    for (;;) {
      const call = client.request('probe/echo');
      const find = () =>
        client.received.find((frame) => frame.idJson === call.idJson && !frame.method);
      const limitMs = deadlineMs - performance.now();
      const isHopeless = () => !this.subject.isRunning || client.hasEnded;
      const response = await this.#waiter
        .until('the first answer', find, { limitMs, isHopeless })
        .catch(() => undefined);
      if (response === undefined) {
        const [first] = client.received;
        const seen = first && `, and wrote ${shortened(first.bytes.toString(), 100)}`;
        throw await this.#startFailed('answered nothing', seen);
      }
      if (!response.isError) return;
      if (performance.now() > deadlineMs) throw await this.#startFailed('gave only errors');
      await pause(20);
    }
  }

  async #firstConnection(deadlineMs: number): Promise<Client> {
    if (this.transport === 'stdio') return this.#stdioClient();
    for (;;) {
      const socket = await this.#openSocket();
      if (socket instanceof Error) {
        if (!this.subject.isRunning || performance.now() > deadlineMs) {
          throw await this.#startFailed('accepted no connection');
        }
        await pause(5);
      } else {
        return this.#clientOf(socket);
      }
    }
  }

  async #startFailed(what: string, seen = ''): Promise<StartFailed> {
    const { subject } = this;
    // Its end may be under way.
    await this.#waiter
      .until('its end, with the rest of its output', () => !subject.isRunning && subject.isSilent, {
        limitMs: 500,
      })
      .catch(() => {});
    const { code = null, signal = null } = subject.exit ?? {};
    const { argv, startError } = subject;
    if (startError !== undefined) return this.#notExecuted(argv, startError);
    const seconds = Math.round(this.timings.startMs / 1000);
    const how = subject.isRunning
      ? `it runs, but ${what} on ${this.transport} within ${seconds} s${seen}`
      : `it ended ${signal === null ? `with exit code ${code}` : `by ${signal}`} before it answered on ${this.transport}`;
    const stderr = subject.stderr.slice(-10);
    return new StartFailed(how, { command: argv, exitCode: code, signal, stderr });
  }

  #notExecuted(argv: readonly string[], error: NodeJS.ErrnoException): StartFailed {
    return new StartFailed('it cannot be executed', {
      command: argv,
      exitCode: null,
      signal: null,
      systemError: executionProblem(error, { argv, folder: this.subjectFolder }),
      stderr: [],
    });
  }

  /** A connection of a client. On stdio there is one only. */
  async connect(): Promise<Client> {
    const [first] = this.clients;
    if (first !== undefined && !this.#isReadyClientGiven) {
      this.#isReadyClientGiven = true;
      return first;
    }
    if (this.transport === 'stdio') throw new Error('stdio has one connection only');
    const socket = await this.#openSocket();
    if (socket instanceof Error) {
      this.history.add({
        kind: 'connection',
        connection: `c${this.clients.length + 1}`,
        event: 'refused',
        error: (socket as NodeJS.ErrnoException).code ?? socket.message,
      });
      throw socket;
    }
    return this.#clientOf(socket);
  }

  /** A connection to an address other than the scene's own. Throws what the system says. */
  async connectTo(at: SocketAddress): Promise<Client> {
    const socket = await openSocket(at);
    if (socket instanceof Error) throw socket;
    return this.#clientOf(socket);
  }

  /** The client on the subject's stdin and stdout, where it was only launched. */
  stdioClient(): Client {
    this.#isReadyClientGiven = true;
    return this.#stdioClient();
  }

  /** Whether a connection can be made at this moment; it is closed again at once. */
  async isReachable(): Promise<boolean> {
    const socket = await this.#openSocket();
    if (socket instanceof Error) return false;
    socket.destroy();
    return true;
  }

  async #openSocket(): Promise<Socket | Error> {
    const { host, port, socket: path } = this.#places;
    return openSocket(this.transport === 'tcp' ? { host, port } : { path });
  }

  #stdioClient(): Client {
    const { stdin, stdout } = this.subject;
    return this.#addClient({ input: stdout, output: stdin });
  }

  #clientOf(socket: Socket): Client {
    return this.#addClient({ input: socket, output: socket, socket });
  }

  #addClient(
    streams: Pick<ConstructorParameters<typeof Client>[0], 'input' | 'output' | 'socket'>,
  ): Client {
    const client = new Client({
      id: `c${this.clients.length + 1}`,
      ...streams,
      history: this.history,
      sessionIdField: this.#config.routing?.session_id_field ?? 'sessionId',
      waiter: this.#waiter,
    });
    this.clients.push(client);
    return client;
  }

  /** All probe workers that have ever reported. */
  get probes(): readonly Probe[] {
    return this.#hub.probes;
  }

  /** Waits for the worker that is in a slot, of an incarnation or a later one. */
  worker(
    place: { readonly pool?: string; readonly slot?: number; readonly incarnation?: number } = {},
    options: UntilOptions = {},
  ): Promise<Probe> {
    const { pool = this.#firstPool(), slot = 0, incarnation = 1 } = place;
    const find = () =>
      this.probes.find(
        (probe) =>
          probe.pool === pool &&
          probe.slot === slot &&
          probe.incarnation >= incarnation &&
          !probe.hasExited,
      );
    const what = `the worker ${pool}/${slot}/${incarnation}`;
    return this.until(what, find, { limitMs: this.timings.startMs, ...options });
  }

  /** Waits until a pool has so many live workers; all of its slots by default. */
  workers(pool: string = this.#firstPool(), count?: number): Promise<Probe[]> {
    const wanted = count ?? poolsOf(this.#config).find(({ id }) => id === pool)?.instances ?? 1;
    const live = () => this.probes.filter((probe) => probe.pool === pool && !probe.hasExited);
    const find = () => (live().length >= wanted ? live() : undefined);
    const limitMs = this.timings.startMs;
    return this.until(`${wanted} live workers of ${pool}`, find, { limitMs, requirement: 'CFG-1' });
  }

  #firstPool(): string {
    return poolsOf(this.#config)[0]?.id ?? 'main';
  }

  /** Waits until a worker has read the frame with this mark. */
  arrival(mark: string, options: UntilOptions = {}): Promise<Held> {
    const needle = JSON.stringify(mark);
    const find = () => {
      for (const probe of this.probes) {
        const frame = probe.received.findLast(({ bytes }) => bytes.includes(needle));
        if (frame !== undefined) return { probe, frame };
      }
      return undefined;
    };
    return this.until(`the arrival of ${mark} at a worker`, find, {
      requirement: 'COR-1',
      ...options,
    });
  }

  /** Waits for the end of a worker's process. */
  async exitOf(probe: Probe, options: UntilOptions = {}): Promise<void> {
    await this.until(`the end of ${probe.tag}`, () => probe.hasExited, options);
  }

  /** Kills a worker, and waits until its exit is seen. */
  async kill(probe: Probe): Promise<void> {
    probe.signal('SIGKILL');
    await this.exitOf(probe);
  }

  /** Waits for what can be seen, with a deadline; records it. Throws NotInTime. */
  until<T>(
    what: string,
    find: () => T | undefined | false,
    options: UntilOptions = {},
  ): Promise<T> {
    return this.#waiter.until(what, find, options);
  }

  /** A text that is unique in the scenario. */
  mark(): string {
    return this.#waiter.nextMark();
  }

  /** A remark for the reader of a timeline. */
  note(text: string): void {
    this.history.add({ kind: 'note', text });
  }

  /** A fact that was looked up in the system, for a judge. */
  observe(name: string, value: string | number | boolean | null, process?: string): void {
    this.history.add({
      kind: 'observation',
      name,
      value,
      ...(process === undefined ? {} : { process }),
    });
  }

  /** Records what the subject uses now; nothing where the system does not say. */
  measure(): { readonly rssBytes: number; readonly openFiles: number } | undefined {
    const usage = this.subject.pid === undefined ? undefined : usageOf(this.subject.pid);
    if (usage !== undefined) this.history.add({ kind: 'resource', process: 'bus', ...usage });
    return usage;
  }

  /** Lets everything that is under way come to its end, then ends the subject. */
  async finish(): Promise<void> {
    if (this.#subjects.length === 0) return;
    if (this.subject.isRunning && this.subject.signals.length === 0) await this.#settle();
    await this.#sync();
    await this.#endSubject();
    await this.#lookForLeftovers();
    await this.#hearLastWords();
  }

  /** What workers told before their end may still be on its way. */
  async #hearLastWords(): Promise<void> {
    const isHeard = () => this.probes.every((probe) => probe.hasExited || isRunning(probe.pid));
    const { graceMs: limitMs } = this.timings;
    await this.until('the last words of the workers', isHeard, { limitMs }).catch(() => {});
  }

  async #settle(): Promise<void> {
    const live = this.probes.filter((probe) => !probe.hasExited);
    await this.#settled(
      'the answers of the workers',
      live.map((probe) => probe.releaseAll()),
    );
    const isAnswered = () => this.clients.every((client) => !client.isOpen || client.isAnswered());
    const isHopeless = () => !this.subject.isRunning;
    // A bus that has let a deadline pass is not waited for that long again.
    const limitMs = this.timings.responseMs / (this.#waiter.hasMissed ? 4 : 1);
    await this.until('all responses', isAnswered, { isHopeless, limitMs }).catch(() => {});
  }

  /** What the workers have told is in the history. A stopped worker is not waited for long. */
  async #sync(): Promise<void> {
    await this.#settled(
      'the reports of the workers',
      this.probes.map((probe) => probe.sync()),
    );
  }

  async #settled(what: string, promises: readonly Promise<unknown>[]): Promise<void> {
    let isDone = promises.length === 0;
    void Promise.all(promises).then(() => {
      isDone = true;
      this.#waiter.look();
    });
    await this.until(what, () => isDone).catch(() => {});
  }

  async #endSubject(): Promise<void> {
    const { subject } = this;
    if (subject.startError !== undefined && subject.pid === undefined) return;
    if (subject.isRunning && subject.signals.length === 0) {
      await this.#seeUnaskedEnd();
      subject.signal('SIGTERM');
    }
    const { isShort = false, graceMs } = this.timings;
    const drainMs = isShort ? 0 : (this.#config.limits?.drain_timeout_sec ?? 5) * 1000;
    const limitMs = drainMs + 1000 + graceMs;
    await subject.ended(limitMs, 'DRN-2').catch(() => {});
    await this.#waiter
      .until('the rest of its output', () => subject.isSilent, { limitMs: 200 })
      .catch(() => {});
  }

  /** Where it looks like a crash, its exit is on the way: a signal sent now would be blamed for it. */
  async #seeUnaskedEnd(): Promise<void> {
    const { subject } = this;
    const isCut = this.clients.some((client) => client.hasEnded && !client.isClosed);
    if (!isCut && !subject.isSilent) return;
    const endMs = performance.now() + this.timings.graceMs / 4;
    while (subject.isRunning && performance.now() < endMs) await pause(5);
  }

  async #lookForLeftovers(): Promise<void> {
    const { subject } = this;
    if (subject.isRunning || subject.exit?.signal === 'SIGKILL') return;
    const workers = () => this.probes.filter(({ pid }) => isRunning(pid));
    const unseen = this.#unseenWorkers();
    const descendants = () => this.probes.flatMap((each) => each.descendants).filter(isRunning);
    await this.#waiter
      .until(
        'nothing is left',
        () => !unseen.concat(descendants()).some(isRunning) && workers().length === 0,
        {
          limitMs: this.timings.graceMs / 2,
        },
      )
      .catch(() => {});
    for (const { tag, pid } of workers()) {
      this.history.add({ kind: 'leftover', what: 'process', name: tag, pid });
    }
    for (const pid of unseen.filter(isRunning)) {
      if (this.probes.some((probe) => probe.pid === pid)) continue;
      this.history.add({ kind: 'leftover', what: 'process', name: 'a worker', pid });
    }
    for (const pid of descendants()) {
      this.history.add({ kind: 'leftover', what: 'descendant', name: 'a child of a worker', pid });
    }
    if (this.transport === 'unix' && existsSync(this.#places.socket)) {
      this.history.add({ kind: 'leftover', what: 'socket', name: 'the socket file' });
    }
  }

  /** Workers that run and have not reported yet. */
  #unseenWorkers(): number[] {
    return this.subject
      .leftovers()
      .filter((pid) => !this.probes.some((probe) => probe.pid === pid))
      .filter((pid) => commandLineOf(pid).includes(this.controlPath));
  }

  /** Removes everything, whatever happened. */
  async destroy(): Promise<void> {
    for (const client of this.clients) client.close();
    for (const probe of this.probes) {
      for (const pid of [...probe.descendants, probe.pid]) {
        if (probe.hasExited && pid === probe.pid) continue;
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It has ended by itself.
        }
      }
    }
    this.#waiter.close();
    for (const subject of this.#subjects) await subject.destroy();
    this.#hub.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function openSocket(at: SocketAddress): Promise<Socket | Error> {
  const socket = connect({ ...at, allowHalfOpen: true, noDelay: true });
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', resolve);
  });
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
