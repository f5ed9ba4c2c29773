import type { Clock } from '../bus/clock.ts';
import type { Log } from '../bus/log.ts';
import { doneWithin } from '../client/deadline.ts';
import type { FramePort } from './frame-port.ts';

/** How a worker has ended. */
export interface WorkerEnd {
  /** 0: everything was answered and written. 1: something had to be cut off. */
  readonly exitCode: 0 | 1;
  /** What began the end, such as SIGTERM. */
  readonly reason: string;
}

/** What a worker does, as far as its end is concerned. */
export interface Work {
  /** Whether nothing is pending. */
  isIdle(): boolean;
  /** The drain has begun, and all that had come is read: nothing new is taken. */
  onDrain(): void;
  /** The time is over: what is pending is told so, and has a moment left. */
  cutOff(): void;
  /** Answers what is still pending with errors. */
  abandon(): void;
  /** Lets go of what it holds, after its last answer. */
  close(): Promise<void>;
  /** Ends everything that it has started, at once. */
  destroy(): void;
}

export interface WorkerLifeOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds that a drain may take: less than the bus's `drain_timeout_sec`. */
  readonly drainTimeoutMs: number;
}

/** How long work that was cut off may take for its last word. */
const lastWordMs = 500;
/** How long the last bytes may take, once the time is over. */
const lastBytesMs = 500;

/** The end of a worker: a drain, or at once. Implements WRK-7, WRK-8. */
export class WorkerLife {
  readonly ended: Promise<WorkerEnd>;
  readonly #options: WorkerLifeOptions;
  readonly #port: FramePort;
  readonly #work: Work;
  #resolve: (end: WorkerEnd) => void = () => {};
  #reason: string | undefined;
  #cancelTimeout = () => {};
  #takesNew = true;
  #isFinishing = false;
  #isCutOff = false;
  #hasEnded = false;

  constructor(options: WorkerLifeOptions, port: FramePort, work: Work) {
    this.#options = options;
    this.#port = port;
    this.#work = work;
    this.ended = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** Whether a request that comes now is taken. */
  get takesNew(): boolean {
    return this.#takesNew;
  }

  get isDraining(): boolean {
    return this.#reason !== undefined;
  }

  /** Finishes what is pending, that which is still in the input too, and ends. Once. */
  drain(reason: string): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    const { clock, drainTimeoutMs, log } = this.#options;
    log.info({ reason }, 'draining');
    this.#cancelTimeout = clock.after(drainTimeoutMs, () => this.#cutOff());
    void this.#port.allRead().then(() => {
      this.#takesNew = false;
      this.#work.onDrain();
      this.check();
    });
  }

  /** Something was finished: ends where that was the last. */
  check(): void {
    if (!this.#takesNew && this.#work.isIdle()) void this.#finish();
  }

  /** Ends at once. */
  destroy(reason: string): void {
    this.#reason ??= reason;
    this.#takesNew = false;
    this.#work.destroy();
    this.#end(1);
  }

  #cutOff(): void {
    const { clock, log, drainTimeoutMs } = this.#options;
    this.#takesNew = false;
    this.#isCutOff = true;
    log.warn({ drainTimeoutMs }, 'the time to drain is over: what is pending is cut off');
    this.#work.cutOff();
    clock.after(this.#work.isIdle() ? 0 : lastWordMs, () => {
      if (this.#hasEnded) return;
      this.#work.abandon();
      void doneWithin(clock, lastBytesMs, (done) => void this.#port.flushed().then(done)).then(
        () => {
          this.#work.destroy();
          this.#end(1);
        },
      );
    });
  }

  async #finish(): Promise<void> {
    if (this.#isFinishing) return;
    this.#isFinishing = true;
    await this.#work.close();
    await this.#port.flushed();
    this.#end(this.#isCutOff ? 1 : 0);
  }

  #end(exitCode: 0 | 1): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#cancelTimeout();
    this.#port.close();
    this.#resolve({ exitCode, reason: this.#reason ?? 'closed' });
  }
}
