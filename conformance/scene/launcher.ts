import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ReservedPort, reservePort } from '../../reserved-port.ts';
import type { BusSubject, Transport } from '../../schemas/generated/bus-subject.ts';
import type { History } from '../history/history.ts';
import { absoluteProgram, argvFor, argvWith, type Places } from '../subject/bus-command.ts';
import { executionProblem } from '../subject/execution-problem.ts';
import { SubjectProcess } from '../subject/subject-process.ts';
import { environmentMark, runMark } from './run-mark.ts';
import { StartFailed } from './start-failed.ts';
import type { Waiter } from './waiter.ts';

export interface LaunchOptions {
  /** The configuration: an object is written in JSON, text as it stands; default: the scene's. */
  readonly config?: object | string;
  /** Instead of the standard flags. Only where the subject has them: see `Scene.hasStandardFlags`. */
  readonly args?: readonly string[];
  /** Gives it the configuration as descriptor 3. */
  readonly isConfigInherited?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export interface LauncherOptions {
  readonly subject: BusSubject;
  readonly transport: Transport;
  /** A folder of the scene alone. */
  readonly folder: string;
  readonly history: History;
  readonly waiter: Waiter;
  /** How long a start may take. */
  readonly startMs: number;
}

/** Starts the subject's processes. */
export class Launcher {
  /** All that were ever started, the last one last. */
  readonly launched: SubjectProcess[] = [];
  readonly #options: LauncherOptions;
  readonly #ports: ReservedPort[] = [];
  #places!: Places;

  constructor(options: LauncherOptions) {
    this.#options = options;
  }

  get places(): Places {
    return this.#places;
  }

  /** The last subject that was launched. */
  get subject(): SubjectProcess {
    return this.launched.at(-1) as SubjectProcess;
  }

  /** Where the subject is to listen. Rejects where no port is free. */
  async choosePlaces(): Promise<void> {
    const { transport, folder } = this.#options;
    if (transport === 'tcp') this.#ports.push(await reservePort());
    this.#places = {
      config: join(folder, 'config.json'),
      host: '127.0.0.1',
      port: this.#ports.at(-1)?.port ?? 0,
      socket: join(folder, 'bus.sock'),
    };
  }

  /** Starts the subject, and waits for nothing. Throws StartFailed. */
  launch(config: object | string, launch: Omit<LaunchOptions, 'config'>): SubjectProcess {
    const { subject, transport } = this.#options;
    const { args } = launch;
    const text = typeof config === 'string' ? config : JSON.stringify(config, undefined, 2);
    writeFileSync(this.#places.config, text);
    const argv =
      args === undefined
        ? argvFor(subject, transport, this.#places)
        : (argvWith(subject, args) ?? []);
    const absoluteArgv = absoluteProgram(argv);
    try {
      this.launched.push(this.#spawn(absoluteArgv, launch));
    } catch (error) {
      // Some refusals of the system are thrown, others are told later.
      if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
      throw this.#notExecuted(absoluteArgv, error as NodeJS.ErrnoException);
    }
    return this.subject;
  }

  #spawn(argv: readonly string[], { env, isConfigInherited = false }: LaunchOptions) {
    const { subject, transport, history, waiter } = this.#options;
    return new SubjectProcess({
      argv,
      ...(subject.cwd === undefined ? {} : { cwd: subject.cwd }),
      env: { ...subject.env, ...env },
      mark: environmentMark(`${runMark}.${randomUUID()}`),
      ...(isConfigInherited ? { inheritedFile: this.#places.config } : {}),
      isStdio: transport === 'stdio',
      history,
      waiter,
    });
  }

  /** Ends all that were launched. */
  async destroy(): Promise<void> {
    for (const subject of this.launched) await subject.destroy();
    for (const port of this.#ports) port.release();
  }

  /** Why the last subject is of no use: what it did instead of what is asked, and its end. */
  async failure(what: string, seen = ''): Promise<StartFailed> {
    const { subject } = this;
    const { transport, startMs, waiter } = this.#options;
    // Its end may be under way.
    await waiter
      .until('its end, with the rest of its output', () => !subject.isRunning && subject.isSilent, {
        limitMs: 500,
      })
      .catch(() => {});
    const { code = null, signal = null } = subject.exit ?? {};
    const { argv, startError } = subject;
    if (startError !== undefined) return this.#notExecuted(argv, startError);
    const seconds = Math.round(startMs / 1000);
    const how = subject.isRunning
      ? `it runs, but ${what} on ${transport} within ${seconds} s${seen}`
      : `it ended ${signal === null ? `with exit code ${code}` : `by ${signal}`} before it answered on ${transport}`;
    const stderr = subject.stderr.slice(-10);
    return new StartFailed(how, { command: argv, exitCode: code, signal, stderr });
  }

  #notExecuted(argv: readonly string[], error: NodeJS.ErrnoException): StartFailed {
    const folder = this.#options.subject.cwd ?? process.cwd();
    return new StartFailed('it cannot be executed', {
      command: argv,
      exitCode: null,
      signal: null,
      systemError: executionProblem(error, { argv, folder }),
      stderr: [],
    });
  }
}
