import type { Clock } from '../../reference/bus/clock.ts';

/** Deadlines that are all so far away: one timer for all of them, as most never come. */
export class Deadlines {
  readonly #clock: Clock;
  readonly #delayMs: number;
  /** The oldest first; when each was started. */
  readonly #startedAtMs = new Map<() => void, number>();
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, delayMs: number) {
    this.#clock = clock;
    this.#delayMs = delayMs;
  }

  /** Calls once, unless it is cancelled before. */
  start(onLate: () => void): void {
    this.#startedAtMs.set(onLate, this.#clock.nowMs());
    this.#cancelTimer ??= this.#clock.after(this.#delayMs, () => this.#sweep());
  }

  cancel(onLate: () => void): void {
    this.#startedAtMs.delete(onLate);
  }

  /** Forgets all of them. */
  close(): void {
    this.#startedAtMs.clear();
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #sweep(): void {
    this.#cancelTimer = undefined;
    const nowMs = this.#clock.nowMs();
    for (const [onLate, startedAtMs] of this.#startedAtMs) {
      const leftMs = startedAtMs + this.#delayMs - nowMs;
      if (leftMs > 0) {
        this.#cancelTimer = this.#clock.after(leftMs, () => this.#sweep());
        return;
      }
      this.#startedAtMs.delete(onLate);
      onLate();
    }
  }
}
