import type { Clock } from '../../reference/bus/clock.ts';

export interface ReaderPatienceOptions {
  readonly clock: Clock;
  /** Milliseconds in which a reader has to take something. */
  readonly timeoutMs: number;
  /** Bytes that wait for it. */
  readonly queuedBytes: () => number;
  /** It has taken nothing for so long. */
  readonly onLost: () => void;
}

/**
 * How long a reader may hold up its stream. While it does, its connection to the bus is not read, so
 * that nobody sees that the bus has ended it. Serves FLW-1.
 */
export class ReaderPatience {
  readonly #options: ReaderPatienceOptions;
  #cancel: (() => void) | undefined;

  constructor(options: ReaderPatienceOptions) {
    this.#options = options;
  }

  /** The stream waits for its reader. */
  begin(): void {
    if (this.#cancel === undefined) this.#wait();
  }

  /** It does no more. */
  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #wait(): void {
    const { clock, timeoutMs, queuedBytes, onLost } = this.#options;
    const before = queuedBytes();
    this.#cancel = clock.after(timeoutMs, () => {
      this.#cancel = undefined;
      if (queuedBytes() < before) this.#wait();
      else onLost();
    });
  }
}
