import type { Worker } from './worker.ts';

export interface DrainOptions {
  /** The workers whose processes have not ended. */
  readonly running: () => Iterable<Worker>;
  /** Whether anything that clients are due is not yet written. */
  readonly hasOutput: () => boolean;
  /** Nothing is left to wait for. Called once. */
  readonly onDone: () => void;
}

/**
 * The end of a bus: each worker is asked to end as soon as it has nothing pending; when all have
 * ended and everything was written, it is done. It has no timers and does no I/O of its own: whoever
 * owns it calls `advance` after whatever may have changed. Implements DRN-2, DRN-7.
 */
export class Drain {
  readonly #options: DrainOptions;
  #isDone = false;

  constructor(options: DrainOptions) {
    this.#options = options;
  }

  advance(): void {
    if (this.#isDone) return;
    let isRunning = false;
    for (const worker of this.#options.running()) {
      isRunning = true;
      if (worker.pending.size === 0 && worker.output.queuedBytes === 0) worker.terminate();
    }
    if (isRunning || this.#options.hasOutput()) return;
    this.#isDone = true;
    this.#options.onDone();
  }
}
