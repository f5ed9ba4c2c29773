import type { Clock } from './clock.ts';

/** A sender that can be held up. */
export interface Pausable {
  pause(): void;
  resume(): void;
}

/** How long a worker may take nothing before nobody waits for it any more. */
const stallMs = 250;

/**
 * Holds up the clients that feed a worker which is behind but reads, so that a burst is slowed and
 * not refused. A worker that takes nothing for a while is stalled: then nobody is held up, and
 * requests beyond its queue are refused (FLW-2).
 */
export class Congestion {
  readonly #clock: Clock;
  readonly #highBytes: number;
  readonly #lowBytes: number;
  readonly #waiting = new Set<Pausable>();
  #isStalled = false;
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, maxQueueBytes: number) {
    this.#clock = clock;
    this.#highBytes = maxQueueBytes / 2;
    this.#lowBytes = maxQueueBytes / 8;
  }

  /** A sender's frame was staged for the worker. */
  staged(queuedBytes: number, sender: Pausable): void {
    if (queuedBytes < this.#highBytes || this.#isStalled || this.#waiting.has(sender)) return;
    this.#waiting.add(sender);
    sender.pause();
    if (this.#cancelTimer === undefined) this.#awaitProgress();
  }

  /** The worker has read something. */
  progressed(queuedBytes: number): void {
    this.#isStalled = false;
    if (this.#waiting.size === 0) return;
    if (queuedBytes <= this.#lowBytes) this.#release();
    else this.#awaitProgress();
  }

  /** The worker is gone. */
  end(): void {
    this.#release();
  }

  #awaitProgress(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.after(stallMs, () => {
      this.#isStalled = true;
      this.#release();
    });
  }

  #release(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    for (const sender of this.#waiting) sender.resume();
    this.#waiting.clear();
  }
}
