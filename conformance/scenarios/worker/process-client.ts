import { tmpdir } from 'node:os';
import type { WorkerCall } from '../../worker-scene/worker-calls.ts';
import type { WorkerScene } from '../../worker-scene/worker-scene.ts';
import type { WorkerSession } from '../../worker-scene/worker-session.ts';

export interface StartOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly pipeStdin?: boolean;
  /** The id of the request, for a judge that looks for it. */
  readonly id?: string;
}

export interface ReadOptions {
  readonly afterSeq?: number | null;
  readonly maxBytes?: number | null;
  readonly waitMs?: number | null;
  readonly id?: string;
}

/** The result of a read, as far as scenarios look at it. */
export interface SeenResult {
  readonly nextSeq?: number;
  readonly chunks?: readonly unknown[];
  readonly closed?: boolean;
}

type EventKind = 'output' | 'exited' | 'closed';

/** What commands have as their environment. */
export const commandEnv = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' };

/** A client of the process profile, in one session. */
export class ProcessClient {
  readonly scene: WorkerScene;
  readonly session: WorkerSession;
  #looked = 0;
  readonly #counts = new Map<string, number>();
  readonly #texts = new Map<string, string>();

  constructor(scene: WorkerScene, session: WorkerSession) {
    this.scene = scene;
    this.session = session;
  }

  /** A client in a session of its own. */
  static async open(scene: WorkerScene): Promise<ProcessClient> {
    return new ProcessClient(scene, await scene.session());
  }

  /** Asks for any method of the profile. */
  ask(method: string, params: unknown, id?: string): WorkerCall {
    const { scene, session } = this;
    const idJson = id === undefined ? {} : { idJson: JSON.stringify(id) };
    return scene.request({ session, method: `process/${method}`, params, ...idJson });
  }

  start(processId: string, argv: readonly string[], options: StartOptions = {}): WorkerCall {
    const { cwd = tmpdir(), env = {}, pipeStdin = false, id } = options;
    const own = { processId, argv, cwd, env: { ...commandEnv, ...env }, tty: false, pipeStdin };
    return this.ask('start', own, id);
  }

  /** Starts a command of a shell, and waits until it runs. */
  async startShell(processId: string, text: string, options: StartOptions = {}): Promise<void> {
    await this.start(processId, ['sh', '-c', text], options).response();
  }

  read(processId: string, { id, ...options }: ReadOptions = {}): WorkerCall {
    return this.ask('read', { processId, ...options }, id);
  }

  /** Reads, and gives the result; undefined where it is an error. */
  async result(processId: string, options: ReadOptions = {}): Promise<SeenResult | undefined> {
    const limitMs = (options.waitMs ?? 0) + this.scene.timings.responseMs;
    const { bytes } = await this.read(processId, options).response({ limitMs });
    return (JSON.parse(bytes.toString()) as { result?: SeenResult }).result;
  }

  /** Reads on and on, as the read mode says, until everything has come or a read fails. */
  async readAll(processId: string, options: ReadOptions = {}): Promise<void> {
    let afterSeq = options.afterSeq ?? 0;
    for (let reads = 0; reads < 5000; reads++) {
      const result = await this.result(processId, { ...options, afterSeq });
      if (result?.nextSeq === undefined) return;
      if (result.closed === true && result.chunks?.length === 0) return;
      afterSeq = Math.max(afterSeq, result.nextSeq - 1);
    }
  }

  write(processId: string, bytes: Buffer | string, writeId?: string, id?: string): WorkerCall {
    const chunk = Buffer.from(bytes).toString('base64');
    return this.ask('write', { processId, chunk, ...(writeId && { writeId }) }, id);
  }

  signal(processId: string, signal: string, id?: string): WorkerCall {
    return this.ask('signal', { processId, signal }, id);
  }

  terminate(processId: string, id?: string): WorkerCall {
    return this.ask('terminate', { processId }, id);
  }

  /** How many events of this kind a process has had. */
  count(kind: EventKind, processId: string): number {
    this.#look();
    return this.#counts.get(`${kind} ${processId}`) ?? 0;
  }

  /** Waits for process/exited or process/closed. */
  async event(kind: 'exited' | 'closed', processId: string, beyondMs = 0): Promise<void> {
    const limitMs = this.scene.timings.startMs + beyondMs;
    await this.scene.until(
      `process/${kind} of ${processId}`,
      () => this.count(kind, processId) > 0,
      { limitMs, requirement: 'PRC-1' },
    );
  }

  /** Waits until the output of a process holds a text. */
  async output(processId: string, text: string): Promise<void> {
    const limitMs = this.scene.timings.startMs;
    await this.scene.until(
      `output of ${processId}`,
      () => {
        this.#look();
        return this.#texts.get(processId)?.includes(text);
      },
      { limitMs, requirement: 'PRC-1' },
    );
  }

  #look(): void {
    const { received } = this.scene.pipes;
    while (this.#looked < received.length) {
      const frame = received[this.#looked++];
      if (frame?.kind !== 'notification' || !frame.method?.startsWith('process/')) continue;
      const { params } = JSON.parse(frame.bytes.toString()) as { params?: SeenParams };
      const isOwn =
        frame.sessionId === this.session.id ||
        (this.session.threadId !== undefined && params?.threadId === this.session.threadId);
      if (!isOwn || params?.processId === undefined) continue;
      const { processId, chunk } = params;
      const key = `${frame.method.slice('process/'.length)} ${processId}`;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
      if (typeof chunk !== 'string') continue;
      const text = `${this.#texts.get(processId) ?? ''}${Buffer.from(chunk, 'base64')}`;
      // Enough to find a word in it.
      this.#texts.set(processId, text.slice(-10_000));
    }
  }
}

interface SeenParams {
  readonly processId?: string;
  readonly threadId?: string;
  readonly chunk?: unknown;
}
