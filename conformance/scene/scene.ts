import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Transport } from '../../schemas/generated/bus-subject.ts';
import type { AdapterFront, AdapterName } from '../adapter/adapter-front.ts';
import type { SceneConfig } from '../bus-scenario.ts';
import type { Client } from '../client/client.ts';
import { HarnessError } from '../harness-error.ts';
import type { History } from '../history/history.ts';
import type { Probe } from '../probe/probe.ts';
import { ProbeHub } from '../probe/probe-hub.ts';
import { argvWith, type Places } from '../subject/bus-command.ts';
import { usageOf } from '../subject/process-table.ts';
import type { SubjectProcess } from '../subject/subject-process.ts';
import { Connections, type SocketAddress } from './connections.ts';
import { Launcher, type LaunchOptions } from './launcher.ts';
import { Random } from './random.ts';
import { becomeReady } from './readiness.ts';
import { makeRunFolder } from './run-mark.ts';
import { busConfigFrom, poolsOf, probeCommand } from './scene-config.ts';
import { endScene } from './scene-end.ts';
import { frontFor, historyFor, type SceneOptions } from './scene-options.ts';
import { type Held, SceneWorkers, type WorkerPlace } from './scene-workers.ts';
import { StartFailed } from './start-failed.ts';
import type { Timings } from './timings.ts';
import { type UntilOptions, Waiter } from './waiter.ts';

/**
 * What a scenario has in its hands: the subject, its probe workers, its clients. Everything that
 * happens is recorded. Nothing here judges.
 */
export class Scene {
  readonly transport: Transport;
  /** The adapter through which clients reach the subject; undefined: none. */
  readonly via: AdapterName | undefined;
  readonly timings: Timings;
  readonly timeScale: number;
  readonly random: Random;
  /** A folder of this scene alone. */
  readonly folder: string;
  readonly history: History;

  readonly #options: SceneOptions;
  readonly #waiter: Waiter;
  readonly #hub: ProbeHub;
  readonly #workers: SceneWorkers;
  readonly #config: SceneConfig;
  readonly #launcher: Launcher;
  readonly #connections: Connections;
  readonly #front: AdapterFront | undefined;
  #isReadyClientGiven = false;

  constructor(options: SceneOptions) {
    const { scenario, subject, transport, timings, timeScale, seed } = options;
    this.#options = options;
    this.transport = transport;
    this.via = options.via;
    this.timings = timings;
    this.timeScale = timeScale;
    this.random = new Random(`${seed}/${scenario.id}`);
    this.#config = scenario.config ?? {};
    this.folder = makeRunFolder();
    const sessionIdField = this.#config.routing?.session_id_field ?? 'sessionId';
    this.history = historyFor(options, sessionIdField);
    this.#waiter = new Waiter(this.history, timings.responseMs);
    this.#hub = new ProbeHub({
      path: this.controlPath,
      history: this.history,
      sessionIdField,
      onNews: () => this.#waiter.look(),
    });
    this.#workers = new SceneWorkers({
      hub: this.#hub,
      waiter: this.#waiter,
      pools: poolsOf(this.#config),
      startMs: timings.startMs,
    });
    const { folder, history } = this;
    const waiter = this.#waiter;
    const { startMs } = timings;
    this.#launcher = new Launcher({ subject, transport, folder, history, waiter, startMs });
    const launcher = this.#launcher;
    this.#front = frontFor(options, sessionIdField);
    const front = this.#front;
    this.#connections = new Connections({
      ...{ transport, launcher, sessionIdField, history, waiter, front },
    });
  }

  /** The last subject that was launched. */
  get subject(): SubjectProcess {
    return this.#launcher.subject;
  }

  get clients(): readonly Client[] {
    return this.#connections.clients;
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
    return this.#launcher.places;
  }

  /** Makes the scene ready for a launch. */
  async prepare(): Promise<void> {
    await this.#hub.listen();
    await this.#launcher.choosePlaces();
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
        this.#front?.check();
        // Somebody who is not of the suite may have taken the port in the meantime.
        const isPortTaken = /in use|EADDRINUSE/i.test(error.stderr.join(' '));
        if (this.transport !== 'tcp' || !isPortTaken || attempt === 3) throw error;
        if (this.clients.length > 0) {
          throw new HarnessError(`port ${this.places.port} is another program's: run it again`);
        }
        this.note('the port was taken meanwhile: once more with another');
        await this.#launcher.choosePlaces();
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

  /** Starts the subject, and waits for nothing. Throws StartFailed. */
  launch({ config = this.busConfig(), ...launch }: LaunchOptions = {}): SubjectProcess {
    return this.#launcher.launch(config, launch);
  }

  #becomeReady(): Promise<void> {
    return becomeReady({
      isStdio: this.transport === 'stdio',
      startMs: this.timings.startMs,
      launcher: this.#launcher,
      connections: this.#connections,
      waiter: this.#waiter,
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
    return this.#connections.connect();
  }

  /** A connection to an address other than the scene's own. Throws what the system says. */
  connectTo(at: SocketAddress): Promise<Client> {
    return this.#connections.connectTo(at);
  }

  /** The client on the subject's stdin and stdout, where it was only launched. */
  stdioClient(): Client {
    this.#isReadyClientGiven = true;
    return this.#connections.addStdioClient();
  }

  /** Whether a connection can be made at this moment; it is closed again at once. */
  isReachable(): Promise<boolean> {
    return this.#connections.isReachable();
  }

  /** All probe workers that have ever reported. */
  get probes(): readonly Probe[] {
    return this.#hub.probes;
  }

  /** Waits for the worker that is in a slot, of an incarnation or a later one. */
  worker(place: WorkerPlace = {}, options: UntilOptions = {}): Promise<Probe> {
    return this.#workers.worker(place, options);
  }

  /** Waits until a pool has so many live workers; all of its slots by default. */
  workers(pool?: string, count?: number): Promise<Probe[]> {
    return this.#workers.live(pool, count);
  }

  /** Waits until a worker has read the frame with this mark. */
  arrival(mark: string, options: UntilOptions = {}): Promise<Held> {
    return this.#workers.arrival(mark, options);
  }

  /** Waits for the end of a worker's process. */
  exitOf(probe: Probe, options: UntilOptions = {}): Promise<void> {
    return this.#workers.exitOf(probe, options);
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
    if (this.#launcher.launched.length === 0) return;
    const { subject, clients, probes, timings, controlPath, history } = this;
    await endScene({
      subject,
      clients,
      probes,
      timings,
      drainMs: (this.#config.limits?.drain_timeout_sec ?? 5) * 1000,
      controlPath,
      socketPath: this.transport === 'unix' ? this.places.socket : undefined,
      history,
      waiter: this.#waiter,
    });
    this.#front?.check();
  }

  /** Removes everything, whatever happened. */
  async destroy(): Promise<void> {
    for (const client of this.clients) client.close();
    for (const probe of this.probes) probe.destroy();
    this.#waiter.close();
    this.#front?.destroy();
    await this.#launcher.destroy();
    this.#hub.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
