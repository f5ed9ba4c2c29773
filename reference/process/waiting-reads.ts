import type { Clock } from '../bus/clock.ts';

interface WaitingRead {
  readonly isDue: () => boolean;
  readonly wake: () => void;
}

/** The reads of one process that wait for something to report. Implements PRC-3. */
export class WaitingReads {
  readonly #clock: Clock;
  readonly #reads = new Set<WaitingRead>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when there is something to report, or after that time. */
  wait(waitMs: number, isDue: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        cancel();
        this.#reads.delete(read);
        resolve();
      };
      const read = { isDue, wake };
      const cancel = this.#clock.after(waitMs, wake);
      this.#reads.add(read);
    });
  }

  /** Something has happened. */
  check(): void {
    for (const { isDue, wake } of [...this.#reads]) if (isDue()) wake();
  }

  /** Nothing more is waited for. */
  wakeAll(): void {
    for (const { wake } of [...this.#reads]) wake();
  }
}
