import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { PassThrough } from 'node:stream';
import type { FrameDecoder, FrameSink } from '../frame-decoder.ts';
import type { BusParts } from './bus-parts.ts';
import type { ByteArena } from './byte-arena.ts';
import type { Clock } from './clock.ts';
import { Congestion } from './congestion.ts';
import type { FlushList } from './flush-list.ts';
import type { OutputQueue } from './output-queue.ts';
import { PendingTable } from './pending-table.ts';
import type { PoolSettings } from './settings.ts';

/** How a worker's process ended. */
export interface WorkerExit {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started, or why the bus ended it. */
  readonly reason?: string;
}

export interface WorkerEvents {
  /** A chunk of its output was taken: the lines in it have been reported to `sink`. */
  onChunk(worker: Worker): void;
  /** A line of its stderr, cut where it is very long. */
  onStderr(worker: Worker, line: string): void;
  /** Its queue has become full, or is no longer. */
  onFull(worker: Worker, isFull: boolean): void;
  /** The system has taken a part of what was to be written. */
  onProgress?(output: OutputQueue): void;
  /** Everything that was for it has been given to the system. */
  onEmpty(worker: Worker): void;
  /** Its process has ended and its output was read. Called once, whatever happened. */
  onExit(worker: Worker, exit: WorkerExit): void;
}

export interface WorkerOptions {
  readonly pool: PoolSettings;
  readonly poolIndex: number;
  readonly slot: number;
  readonly incarnation: number;
  readonly arena: ByteArena;
  readonly flushList: FlushList;
  readonly clock: Clock;
  readonly maxFrameBytes: number;
  readonly maxQueueBytes: number;
  readonly events: WorkerEvents;
  readonly parts: Pick<BusParts, 'startProcess' | 'createDecoder' | 'createOutput'>;
  /** Takes the lines of its output. */
  readonly sink: (worker: Worker) => FrameSink;
}

/** How long output that a dead worker left in its pipe is read: descendants may hold the pipe. */
const lastWordsMs = 100;
/** How long a worker that has closed a pipe may take to end by itself. */
const exitGraceMs = 100;
const maxStderrLine = 8192;

/**
 * One incarnation of a worker: its process, in a process group of its own, and its three pipes. It
 * is live from its start until one of stdin, stdout and the process has ended.
 *
 * Implements RST-6 (its half line ends with it), DRN-8 and SEC-5 (three pipes and nothing else).
 */
export class Worker {
  readonly poolIndex: number;
  readonly slot: number;
  readonly incarnation: number;
  /** `POOL/SLOT`, for people. */
  readonly name: string;
  readonly pid: number | undefined;
  readonly output: OutputQueue;
  readonly decoder: FrameDecoder;
  readonly congestion: Congestion;
  /** Requests sent to it without an answer yet, by the id that it saw. */
  readonly pending = new PendingTable();
  nextId = 1;
  /** What it has asked clients and has no answer to yet, by id and session. */
  readonly questions = new Set<string>();
  /** Sessions bound to it. */
  sessions = 0;
  /** Whether frames can be written to it. */
  isLive: boolean;
  /** Whether the bus has asked it to end. */
  isEnding = false;
  /** Whether its process has ended. */
  hasExited = false;

  readonly #options: WorkerOptions;
  readonly #child: ChildProcessWithoutNullStreams | undefined;
  /** The open connections whose frames it has got. */
  readonly #audience = new Set<number>();
  #lastHeard = 0;
  #reason: string | undefined;
  #isExiting = false;

  /** Starts the process; where that fails, `onExit` follows. */
  constructor(options: WorkerOptions) {
    const { pool, slot, events, parts } = options;
    this.#options = options;
    this.poolIndex = options.poolIndex;
    this.slot = slot;
    this.incarnation = options.incarnation;
    this.name = `${pool.id}/${slot}`;
    const child = this.#spawn(pool);
    this.#child = child;
    this.pid = child?.pid;
    this.isLive = this.pid !== undefined;
    const { maxFrameBytes } = options;
    this.decoder = parts.createDecoder({ maxFrameBytes }, options.sink(this));
    this.output = parts.createOutput({
      arena: options.arena,
      flushList: options.flushList,
      sink: child?.stdin ?? new PassThrough(),
      maxBytes: options.maxQueueBytes,
      onFull: (isFull) => events.onFull(this, isFull),
      onProgress: () => {
        this.congestion.progressed(this.output.queuedBytes);
        events.onProgress?.(this.output);
      },
      onEmpty: () => events.onEmpty(this),
    });
    this.congestion = new Congestion(options.clock, options.maxQueueBytes);
    if (child !== undefined && this.isLive) this.#listen(child);
  }

  /** Starts the process. What the system refuses is told at once or later, both as an exit. */
  #spawn(pool: PoolSettings): ChildProcessWithoutNullStreams | undefined {
    try {
      const child = this.#options.parts.startProcess(pool);
      child.once('error', (error) => {
        // Whatever else goes wrong with a process ends in its exit.
        if (child.pid === undefined) this.#failed(error);
      });
      return child;
    } catch (error) {
      process.nextTick(() => this.#failed(error as NodeJS.ErrnoException));
      return undefined;
    }
  }

  #failed(error: NodeJS.ErrnoException): void {
    this.#exited({ exitCode: null, signal: null, reason: startError(error) });
  }

  #listen(child: ChildProcessWithoutNullStreams): void {
    const { stdin, stdout, stderr } = child;
    child.once('exit', (exitCode, signal) => this.#awaitLastWords({ exitCode, signal }));
    stdin.on('error', () => this.#lose('closed its stdin'));
    stdin.once('close', () => this.#lose('closed its stdin'));
    stdout.on('data', (chunk: Buffer) => {
      this.decoder.write(chunk);
      this.#options.events.onChunk(this);
    });
    stdout.on('error', () => this.#lose('lost its stdout'));
    stdout.once('end', () => this.#lose('closed its stdout'));
    this.#readStderr(stderr);
  }

  #readStderr(stderr: NodeJS.ReadableStream): void {
    let rest = '';
    stderr.setEncoding('utf8');
    stderr.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = (lines.pop() as string).slice(-maxStderrLine);
      for (const line of lines) this.#options.events.onStderr(this, line.slice(0, maxStderrLine));
    });
    stderr.on('error', () => {});
  }

  /** A pipe is gone while the process may live: it is of no use any more. */
  #lose(reason: string): void {
    if (!this.isLive) return;
    this.isLive = false;
    this.output.close();
    if (this.isEnding) return;
    // Its end may be under way, and then tells more.
    this.#options.clock.after(exitGraceMs, () => {
      if (this.hasExited || this.#isExiting) return;
      this.#reason = reason;
      this.kill();
    });
  }

  /** The process has ended; what it wrote before may still be in the pipe. */
  #awaitLastWords(exit: WorkerExit): void {
    const stdout = this.#child?.stdout;
    this.#isExiting = true;
    this.isLive = false;
    this.output.close();
    this.kill();
    if (stdout === undefined || stdout.readableEnded || stdout.destroyed) {
      this.#exited(exit);
      return;
    }
    const finish = () => {
      cancel();
      stdout.off('end', finish);
      this.#exited(exit);
    };
    const cancel = this.#options.clock.after(lastWordsMs, finish);
    stdout.once('end', finish);
  }

  #exited(exit: WorkerExit): void {
    if (this.hasExited) return;
    this.hasExited = true;
    this.isLive = false;
    this.output.close();
    this.congestion.end();
    this.decoder.end();
    for (const stream of this.#child?.stdio ?? []) stream?.destroy();
    const reason = exit.reason ?? this.#reason;
    this.#options.events.onExit(this, reason === undefined ? exit : { ...exit, reason });
  }

  /** It gets a frame of this connection. */
  heardBy(connection: number): void {
    if (this.#lastHeard === connection) return;
    this.#lastHeard = connection;
    this.#audience.add(connection);
    // Nobody may wait for what another one does not read.
    if (this.#audience.size === 2) this.resumeOutput();
  }

  /** The connection is gone. */
  forget(connection: number): void {
    this.#audience.delete(connection);
    if (this.#lastHeard === connection) this.#lastHeard = 0;
  }

  /** Whether this connection is the only one whose frames it has got. */
  hasOnly(connection: number): boolean {
    return this.#audience.size === 1 && this.#audience.has(connection);
  }

  /** Reads no more of its output for now: it has to wait. */
  pauseOutput(): void {
    this.#child?.stdout.pause();
  }

  resumeOutput(): void {
    if (!this.hasExited) this.#child?.stdout.resume();
  }

  /** Asks it to end, by SIGTERM. */
  terminate(): void {
    if (this.isEnding || this.hasExited) return;
    this.isEnding = true;
    this.#child?.kill('SIGTERM');
  }

  /** Ends it and all of its process group at once. */
  kill(): void {
    if (this.pid === undefined) return;
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch {
      // The group is gone already.
    }
  }
}

/** Why a process could not be started, in words. */
function startError({ code }: NodeJS.ErrnoException): string {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such program',
    EACCES: 'it may not be executed',
    ENOEXEC: 'it is no program',
    EMFILE: 'the bus has no descriptor left',
    EAGAIN: 'the system has no process left',
  };
  return `cannot be started: ${reasons[code ?? ''] ?? code}`;
}
