import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { ByteArena } from '../bus/byte-arena.ts';
import type { Clock } from '../bus/clock.ts';
import { FlushList } from '../bus/flush-list.ts';
import { OutputQueue } from '../bus/output-queue.ts';
import { killGroup, type OrphanGuard } from './orphan-guard.ts';

/** How a server is started. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string | undefined;
  readonly env: Readonly<Record<string, string>>;
}

export interface ServerProcessOptions {
  readonly server: ServerCommand;
  readonly guard: OrphanGuard;
  readonly clock: Clock;
  /** Bytes that may wait for it to read them. */
  readonly maxQueueBytes: number;
  /** Milliseconds that it may take to end when its stdin has, and again after SIGTERM. */
  readonly endTimeoutMs: number;
}

export interface ServerProcessEvents {
  onOutput(chunk: Buffer): void;
  /** A line of its stderr, cut where it is very long. */
  onStderr(line: string): void;
  /** It has ended, and its output was read; in words, why. Called once, whatever happened. */
  onExit(reason: string): void;
}

/** How long output that a dead server left in its pipe is read: descendants may hold the pipe. */
const lastWordsMs = 100;
const maxStderrLine = 8192;

/** The process of one server, in a process group of its own, and its pipes. */
export class ServerProcess {
  readonly pid: number | undefined;
  readonly #options: ServerProcessOptions;
  readonly #events: ServerProcessEvents;
  readonly #child: ChildProcessWithoutNullStreams | undefined;
  readonly #flushList = new FlushList();
  #queue: OutputQueue | undefined;
  #isFlushing = false;
  #isEnding = false;
  #hasExited = false;
  #cancelTimer = () => {};

  /** Starts it; where that fails, `onExit` follows. */
  constructor(options: ServerProcessOptions, events: ServerProcessEvents) {
    this.#options = options;
    this.#events = events;
    try {
      this.#child = startServer(options.server);
    } catch (error) {
      process.nextTick(() => this.#failed(error as NodeJS.ErrnoException));
      return;
    }
    this.#child.once('error', (error) => {
      // Whatever else goes wrong with a process ends in its exit.
      if (this.pid === undefined) this.#failed(error);
    });
    this.pid = this.#child.pid;
    if (this.pid !== undefined) this.#listen(this.#child, this.pid);
  }

  /** Whether as much waits for it as may. */
  get isFull(): boolean {
    return this.#queue?.isFull ?? false;
  }

  /** Gives it a frame, without its LF; the bytes must stay as they are. */
  write(frame: Buffer): void {
    this.#queue?.push(frame, 0, frame.length);
    this.#flushSoon();
  }

  /** Reads its output, or does not for now. */
  pause(isPaused: boolean): void {
    if (isPaused) this.#child?.stdout.pause();
    else if (!this.#hasExited) this.#child?.stdout.resume();
  }

  /** Asks it to end: by the end of its stdin, then by SIGTERM, then by SIGKILL. */
  end(): void {
    if (this.#isEnding || this.#hasExited) return;
    this.#isEnding = true;
    const { clock, endTimeoutMs } = this.#options;
    this.#endStdin();
    this.#cancelTimer = clock.after(endTimeoutMs, () => {
      this.#signal('SIGTERM');
      this.#cancelTimer = clock.after(endTimeoutMs, () => this.kill());
    });
  }

  /** Ends it and all of its group at once. */
  kill(): void {
    this.#signal('SIGKILL');
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.pid !== undefined && !this.#hasExited) killGroup(this.pid, signal);
  }

  /** What it was given before still reaches it. */
  #endStdin(): void {
    const stdin = this.#child?.stdin;
    if (this.#queue === undefined || this.#queue.queuedBytes === 0) stdin?.end();
  }

  #listen(child: ChildProcessWithoutNullStreams, pid: number): void {
    const { guard, maxQueueBytes } = this.#options;
    guard.add(pid);
    this.#queue = new OutputQueue({
      arena: new ByteArena(),
      flushList: this.#flushList,
      sink: child.stdin,
      maxBytes: maxQueueBytes,
      onFull: () => {},
      onEmpty: () => {
        if (this.#isEnding) child.stdin.end();
      },
    });
    child.stdin.on('error', () => this.#queue?.close());
    child.stdout.on('data', (chunk: Buffer) => this.#events.onOutput(chunk));
    child.stdout.on('error', () => {});
    this.#readStderr(child.stderr);
    child.once('exit', (code, signal) => {
      // What it has started, and not ended, goes with it.
      killGroup(pid, 'SIGKILL');
      guard.delete(pid);
      this.#queue?.close();
      this.#awaitLastWords(
        child,
        signal === null ? `it exited with ${code}` : `${signal} ended it`,
      );
    });
  }

  #readStderr(stderr: NodeJS.ReadableStream): void {
    let rest = '';
    stderr.setEncoding('utf8');
    stderr.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = (lines.pop() as string).slice(-maxStderrLine);
      for (const line of lines) this.#events.onStderr(line.slice(0, maxStderrLine));
    });
    stderr.on('end', () => {
      if (rest !== '') this.#events.onStderr(rest);
    });
    stderr.on('error', () => {});
  }

  #awaitLastWords({ stdout }: ChildProcessWithoutNullStreams, reason: string): void {
    if (stdout.readableEnded || stdout.destroyed) {
      this.#exited(reason);
      return;
    }
    const finish = () => {
      cancel();
      stdout.off('end', finish);
      this.#exited(reason);
    };
    // While it is not read, since nobody reads us, its words wait.
    const awaitEnd = (): (() => void) =>
      this.#options.clock.after(lastWordsMs, () => {
        if (stdout.isPaused()) cancel = awaitEnd();
        else finish();
      });
    let cancel = awaitEnd();
    stdout.once('end', finish);
  }

  #failed({ code, message }: NodeJS.ErrnoException): void {
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: 'there is no such program',
      EACCES: 'it may not be executed',
    };
    this.#exited(`it cannot be started: ${reasons[code ?? ''] ?? code ?? message}`);
  }

  #exited(reason: string): void {
    if (this.#hasExited) return;
    this.#hasExited = true;
    this.#cancelTimer();
    for (const stream of this.#child?.stdio ?? []) stream?.destroy();
    this.#events.onExit(reason);
  }

  #flushSoon(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    setImmediate(() => {
      this.#isFlushing = false;
      this.#flushList.flush();
    });
  }
}

function startServer({ command, args, cwd, env }: ServerCommand): ChildProcessWithoutNullStreams {
  return spawn(command, [...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
}
