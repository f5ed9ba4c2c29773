import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import type { History } from '../history/history.ts';
import { LineSplitter } from '../history/line-splitter.ts';
import type { Waiter } from '../scene/waiter.ts';
import { pidsWithEnvironment } from './process-table.ts';

export interface SubjectOptions {
  /** What it is called in the history. */
  readonly tag?: 'bus' | 'worker';
  readonly argv: readonly string[];
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
  /** A variable that its workers inherit: by it they are found again. */
  readonly mark: string;
  /** Given to it as descriptor 3, where it is not undefined. */
  readonly inheritedFile?: string;
  /** Whether its stdout is for somebody else to read; else what comes there is output. */
  readonly isStdio: boolean;
  readonly history: History;
  readonly waiter: Waiter;
}

export interface SubjectExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const keptStderrLines = 200;
const longestLine = 4096;

/** The bus or worker under test: a process, in a group of its own. */
export class SubjectProcess {
  readonly argv: readonly string[];
  /** The last lines of its stderr. */
  readonly stderr: string[] = [];
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Undefined as long as it runs. */
  exit: SubjectExit | undefined;
  /** Why it could not be executed. */
  startError: NodeJS.ErrnoException | undefined;
  /** How often it was told to end by a signal. */
  signals: NodeJS.Signals[] = [];

  readonly #options: SubjectOptions;
  readonly #child: ChildProcess;
  #openStreams = 2;

  constructor(options: SubjectOptions) {
    const { tag = 'bus', argv, cwd, env, mark, inheritedFile, history, waiter } = options;
    this.#options = options;
    this.argv = argv;
    const [name, value] = mark.split('=') as [string, string];
    const inherited = inheritedFile === undefined ? [] : [openSync(inheritedFile, 'r')];
    const stdio: StdioOptions = ['pipe', 'pipe', 'pipe', ...inherited];
    const [program = '', ...args] = argv;
    this.#child = spawn(program, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, ...env, [name]: value },
      stdio,
      detached: true,
    });
    for (const fd of inherited) closeSync(fd);
    const child = this.#child;
    this.stdin = child.stdin as Writable;
    this.stdout = child.stdout as Readable;
    this.stdin.on('error', () => {});
    child.once('error', (error) => {
      this.startError ??= error;
      if (child.pid === undefined) this.exit = { code: null, signal: null };
      waiter.look();
    });
    child.once('exit', (code, signal) => {
      this.exit = { code, signal };
      history.add({ kind: 'process', process: tag, event: 'exit', exitCode: code, signal });
      waiter.look();
    });
    if (child.pid !== undefined) {
      history.add({ kind: 'process', process: tag, event: 'start', pid: child.pid });
    }
    this.#readOutput('stderr', child.stderr as Readable);
    if (options.isStdio) this.#openStreams = 1;
    else this.#readOutput('stdout', this.stdout);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isRunning(): boolean {
    return this.exit === undefined;
  }

  /** Whether its output has come to its end. */
  get isSilent(): boolean {
    return this.#openStreams === 0;
  }

  #readOutput(stream: 'stdout' | 'stderr', readable: Readable): void {
    const { tag = 'bus', history, waiter } = this.#options;
    const splitter = new LineSplitter();
    const note = (bytes: Buffer) => {
      const line = bytes.toString().slice(0, longestLine);
      history.add({ kind: 'output', process: tag, stream, line });
      if (stream === 'stderr') this.stderr.push(line);
      if (this.stderr.length > keptStderrLines) this.stderr.shift();
    };
    readable.on('data', (chunk: Buffer) => {
      for (const line of splitter.push(chunk)) note(line);
      waiter.look();
    });
    readable.on('error', () => {});
    readable.once('close', () => {
      if (splitter.rest.length > 0) note(splitter.rest);
      this.#openStreams--;
      waiter.look();
    });
  }

  /** Sends it a signal. */
  signal(signal: NodeJS.Signals): void {
    if (this.pid === undefined || !this.isRunning) return;
    this.signals.push(signal);
    const { tag = 'bus', history } = this.#options;
    history.add({ kind: 'process', process: tag, event: 'signal', signal });
    process.kill(this.pid, signal);
  }

  /** Waits for its end. */
  async ended(limitMs: number, requirement?: string): Promise<SubjectExit> {
    return this.#options.waiter.until(
      `the end of the ${this.#options.tag ?? 'bus'}`,
      () => this.exit,
      {
        limitMs,
        ...(requirement === undefined ? {} : { requirement }),
      },
    );
  }

  /** What it has started and that still runs. */
  leftovers(): number[] {
    return pidsWithEnvironment(this.#options.mark).filter((pid) => pid !== this.pid);
  }

  /** Ends it and all that it has started, at once. */
  async destroy(): Promise<void> {
    const { pid } = this;
    if (pid === undefined) return;
    // Stopped, it cannot start one more while the others are looked for.
    if (this.isRunning) quietly(pid, 'SIGSTOP');
    for (const each of this.leftovers()) quietly(each, 'SIGKILL');
    quietly(-pid, 'SIGKILL');
    if (this.isRunning) {
      await new Promise<void>((resolve) => {
        this.#child.once('exit', () => resolve());
        quietly(pid, 'SIGKILL');
      });
    }
    for (const each of this.leftovers()) quietly(each, 'SIGKILL');
    for (const stream of this.#child.stdio) stream?.destroy();
  }
}

function quietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
