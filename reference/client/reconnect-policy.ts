/** How a client comes back after its connection was lost. */
export interface ReconnectOptions {
  /** The longest wait before the first attempt, in milliseconds; 50 by default. It doubles. */
  readonly minDelayMs?: number;
  /** No wait is longer than this, in milliseconds; 5000 by default. */
  readonly maxDelayMs?: number;
  /** Attempts in a row after which the client gives up, and is closed. No limit by default. */
  readonly maxAttempts?: number;
}

/** Says how long to wait before each attempt, and when to give up. Without timers of its own. */
export interface ReconnectPolicy {
  /** Milliseconds to wait before the next attempt; undefined: no more attempts. */
  nextDelayMs(): number | undefined;
  /**
   * A connection was lost after it had been open so long. It takes the attempts off the count only if
   * it was open for `maxDelayMs`: a bus that accepts and hangs up is not called at full speed.
   */
  lost(openMs: number): void;
}

/**
 * Waits that double, each of them by chance between half and the whole of it, so that the clients of
 * a bus that restarts do not come back all at once. `random` gives numbers from 0 up to 1.
 */
export function createReconnectPolicy(
  { minDelayMs = 50, maxDelayMs = 5000, maxAttempts = Infinity }: ReconnectOptions,
  random: () => number,
): ReconnectPolicy {
  let attempts = 0;
  return {
    nextDelayMs() {
      if (attempts >= maxAttempts) return undefined;
      const longestMs = Math.min(maxDelayMs, minDelayMs * 2 ** attempts++);
      return longestMs / 2 + (random() * longestMs) / 2;
    },
    lost(openMs) {
      if (openMs >= maxDelayMs) attempts = 0;
    },
  };
}
