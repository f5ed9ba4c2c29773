export interface RestartLimits {
  readonly maxRestarts: number;
  readonly restartWindowMs: number;
}

const longestBackoffMs = 60_000;

/**
 * Decides, when the worker of a slot was lost, whether and when it is started again. No timers: the
 * times are passed in, in milliseconds of a clock that never goes back.
 *
 * Implements RST-2 (so many restarts in a sliding window, then never again) and RST-3 (the n-th
 * restart in the window waits 0 for n = 1, then 2^(n-1) seconds, 60 at most).
 */
export class RestartPolicy {
  readonly #limits: RestartLimits;
  /** When the restarts that count were carried out. */
  #restartedAt: number[] = [];

  constructor(limits: RestartLimits) {
    this.#limits = limits;
  }

  /** Milliseconds to wait before the restart, or undefined where the slot has failed. */
  waitAfterLoss(nowMs: number): number | undefined {
    const { maxRestarts, restartWindowMs } = this.#limits;
    this.#restartedAt = this.#restartedAt.filter((at) => at > nowMs - restartWindowMs);
    const count = this.#restartedAt.length;
    if (count >= maxRestarts) return undefined;
    return count === 0 ? 0 : Math.min(2 ** count * 1000, longestBackoffMs);
  }

  /** A restart was carried out. */
  restarted(nowMs: number): void {
    this.#restartedAt.push(nowMs);
  }
}
