import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type {
  OutputStream,
  ProcessSignal,
  ReadParams,
  ReadResult,
  WriteStatus,
} from '../../schemas/generated/process.ts';
import type { Clock } from '../bus/clock.ts';
import type { Log } from '../bus/log.ts';
import { AnswerError } from '../client/answer-error.ts';
import { doneWithin } from '../client/deadline.ts';
import { faultFacts } from '../worker/fault-facts.ts';
import type { ProcessGroup, ProcessGroups } from './process-groups.ts';
import { chunkBytesFrom, chunksJsonBytesFrom, type ProcessLimits } from './process-limits.ts';
import { RetainedOutput, type RetentionTally } from './retained-output.ts';
import type { SandboxProbe } from './sandbox-probe.ts';
import type { RunningChild } from './spawn-command.ts';
import type { CommandStart } from './start-policy.ts';
import { StdinWrites } from './stdin-writes.ts';
import { WaitingReads } from './waiting-reads.ts';

/** What all processes of a worker share. */
export interface ProcessSurroundings {
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: ProcessLimits;
  readonly groups: ProcessGroups;
  readonly tally: RetentionTally;
  /** Without it, nothing is ever denied. */
  readonly probe: SandboxProbe | undefined;
}

export interface CommandProcessOptions {
  readonly processId: string;
  readonly start: CommandStart;
  readonly child: RunningChild;
  /** Sends a notification to whoever owns the session; resolves when more may be sent. */
  readonly notify: (method: string, params: object) => Promise<void>;
  readonly onClosed: () => void;
}

/** The code for output that was dropped (PRC-4). */
const outputLost = -32_010;
/** How long a probe is waited for, and before it what a command that has ended wrote on stderr. */
const probeMs = 5000;
const lastWordsMs = 100;
const probedStderrBytes = 65_536;
/** How long streams may stay open that a group held which was killed. */
const lastBytesMs = 1000;

const signals: Readonly<Record<ProcessSignal, NodeJS.Signals>> = {
  interrupt: 'SIGINT',
  terminate: 'SIGTERM',
  kill: 'SIGKILL',
};

/** One command, from its start until it is forgotten. Implements PRC-1 to PRC-4. */
export class CommandProcess {
  isClosed = false;
  readonly #around: ProcessSurroundings;
  readonly #options: CommandProcessOptions;
  readonly #output: RetainedOutput;
  readonly #stdin: StdinWrites;
  readonly #reads: WaitingReads;
  readonly #chunkBytes: number;
  readonly #group: ProcessGroup;
  #lastSeq = 0;
  #openStreams = 2;
  /** Whether the command has ended; the event that says so may have to wait for the verdict. */
  #hasEnded = false;
  /** The number of `process/exited`. */
  #exitedSeq: number | undefined;
  #exitCode = -1;
  #isDenied = false;
  #failure: string | null = null;
  /** When what is left of the group gets SIGKILL. */
  #killAtMs = Number.POSITIVE_INFINITY;

  constructor(around: ProcessSurroundings, options: CommandProcessOptions) {
    const { limits, clock, tally, groups } = around;
    const { child } = options;
    this.#around = around;
    this.#options = options;
    this.#output = new RetainedOutput(limits.retainedBytes, tally);
    this.#stdin = new StdinWrites(child.stdin ?? undefined, limits);
    this.#reads = new WaitingReads(clock);
    this.#chunkBytes = chunkBytesFrom(limits);
    this.#group = groups.add(child.pid);
    this.#listen(child.stdout as Readable, 'stdout');
    this.#listen(child.stderr as Readable, 'stderr');
    child.once('exit', (code, signal) => void this.#ended(code, signal));
    // A signal that could not be sent, at most: what matters comes as its exit.
    child.on('error', (error) => around.log.warn({ error: error.message }, 'a command'));
  }

  /** Answers a `process/read`. */
  async read({ afterSeq, maxBytes, waitMs }: ReadParams): Promise<ReadResult> {
    const after = afterSeq ?? 0;
    const isDue = () => this.#hasNews(after);
    if (!isDue() && (waitMs ?? 0) > 0) await this.#reads.wait(waitMs ?? 0, isDue);
    const { droppedSeq, oldestSeq = droppedSeq + 1 } = this.#output;
    if (droppedSeq > after) {
      const words = `output before event ${oldestSeq} is no longer retained`;
      const data = { source: 'worker', name: 'OUTPUT_LOST', oldestSeq };
      throw new AnswerError(outputLost, words, data);
    }
    const chunks = this.#output.after(after, {
      maxBytes: maxBytes ?? Number.POSITIVE_INFINITY,
      maxJsonBytes: chunksJsonBytesFrom(this.#around.limits),
    });
    const exited = this.#exitedSeq !== undefined;
    return {
      chunks,
      nextSeq: (chunks.at(-1)?.seq ?? this.#lastSeq) + 1,
      exited,
      exitCode: exited && this.#exitCode >= 0 ? this.#exitCode : null,
      closed: this.isClosed,
      failure: this.#failure,
      sandboxDenied: this.#isDenied,
    };
  }

  write(bytes: Buffer, writeId: string | undefined): WriteStatus | Promise<WriteStatus> {
    return this.#stdin.write(bytes, writeId);
  }

  /** Signals the group of a command that runs. */
  signal(signal: ProcessSignal): void {
    if (!this.#hasEnded) this.#group.signal(signals[signal]);
  }

  /**
   * Ends what runs of its group: by SIGTERM, and after that time by SIGKILL. Whether the command
   * itself ran.
   */
  terminate(killDelayMs = this.#around.limits.killDelayMs): boolean {
    const { clock } = this.#around;
    const killAtMs = clock.nowMs() + killDelayMs;
    this.#group.signal('SIGTERM');
    // Whoever asks again does not put it off.
    if (killAtMs < this.#killAtMs) {
      this.#killAtMs = killAtMs;
      clock.after(killDelayMs, () => this.#group.signal('SIGKILL'));
    }
    return !this.#hasEnded;
  }

  /** Ends it for good: where its streams are held by somebody who cannot be ended, they are let go. */
  end(killDelayMs: number): void {
    if (this.isClosed) return;
    this.terminate(killDelayMs);
    this.#around.clock.after(killDelayMs + lastBytesMs, () => {
      if (this.isClosed) return;
      this.#failure = 'the worker ended while the output was still held open';
      this.#options.child.stdout?.destroy();
      this.#options.child.stderr?.destroy();
    });
  }

  /** Answers the reads that wait. */
  wakeReads(): void {
    this.#reads.wakeAll();
  }

  /** Lets go of what is retained. */
  forget(): void {
    this.#output.clear();
    this.#reads.wakeAll();
  }

  #hasNews(afterSeq: number): boolean {
    const hasExit = this.#exitedSeq !== undefined && this.#exitedSeq > afterSeq;
    return this.isClosed || hasExit || this.#output.hasAfter(afterSeq);
  }

  /** A chunk is read when there is room for the one before: who is not read, slows the command. */
  #listen(stream: Readable, name: OutputStream): void {
    stream.on('data', (bytes: Buffer) => {
      stream.pause();
      void this.#take(name, bytes).then(() => stream.resume());
    });
    stream.on('error', (error) => {
      this.#failure = `its ${name} cannot be read: ${error.message}`;
    });
    stream.once('close', () => {
      this.#openStreams--;
      this.#checkClosed();
    });
  }

  #take(stream: OutputStream, bytes: Buffer): Promise<void> {
    let room = Promise.resolve();
    for (let start = 0; start < bytes.length; start += this.#chunkBytes) {
      const chunk = bytes.subarray(start, start + this.#chunkBytes);
      this.#output.add(++this.#lastSeq, stream, chunk);
      room = this.#tell('process/output', { stream, chunk: chunk.toString('base64') });
    }
    return room;
  }

  async #ended(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    const { stderr } = this.#options.child;
    this.#hasEnded = true;
    this.#exitCode = code ?? (signal === null ? -1 : 128 + constants.signals[signal]);
    this.#group.leaderEnded();
    this.#stdin.close();
    if (this.#around.probe !== undefined) this.#isDenied = await this.#verdict(stderr as Readable);
    this.#exitedSeq = ++this.#lastSeq;
    const verdict = { exitCode: this.#exitCode, sandboxDenied: this.#isDenied };
    void this.#tell('process/exited', verdict);
    this.#checkClosed();
  }

  async #verdict(stderr: Readable): Promise<boolean> {
    const { clock, log, probe } = this.#around;
    const { argv, cwd } = this.#options.start;
    if (!stderr.destroyed) {
      await doneWithin(clock, lastWordsMs, (done) => void stderr.once('close', done));
    }
    const ended = {
      argv,
      cwd,
      exitCode: this.#exitCode,
      stderr: this.#output.tail('stderr', probedStderrBytes),
    };
    let isDenied = false;
    await doneWithin(clock, probeMs, (done) => {
      const ask = async () => {
        isDenied = (await probe?.(ended)) === true;
      };
      ask()
        .catch((error: unknown) => log.error(faultFacts(error), 'the sandbox probe failed'))
        .finally(done);
    });
    return isDenied;
  }

  #checkClosed(): void {
    if (this.isClosed || this.#openStreams > 0 || this.#exitedSeq === undefined) return;
    this.isClosed = true;
    this.#lastSeq++;
    void this.#tell('process/closed', {});
    this.#options.onClosed();
  }

  /** Tells of the event with the last number. */
  #tell(method: string, members: object): Promise<void> {
    const { notify, processId } = this.#options;
    const room = notify(method, { processId, seq: this.#lastSeq, ...members });
    this.#reads.check();
    return room;
  }
}
