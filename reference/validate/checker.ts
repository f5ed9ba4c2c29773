import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { DocumentFormat } from './document.ts';

/** What the checks of a run have in common. */
export interface CheckSettings {
  /** Its name. */
  readonly definition: string;
  readonly isFrame: boolean;
  readonly maxFrameBytes: number;
  readonly sessionIdField: string;
  readonly maxProblems: number;
  readonly isJson: boolean;
}

/** What the checking thread is told. */
export type CheckStep =
  | { readonly kind: 'open'; readonly file: string; readonly format: DocumentFormat | 'ndjson' }
  | { readonly kind: 'chunk'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end' };

/** What it answers to each step. */
export interface Progress {
  /** Lines to be printed. */
  readonly text: string;
  /** All problems of the run until now, and how many of them were printed. */
  readonly problems: number;
  readonly written: number;
  /** Whether no more of this input has to be read. */
  readonly hasEnough: boolean;
  /** Of this input. */
  readonly frames: number;
  readonly invalidFrames: number;
  readonly documents: number;
}

/**
 * Checks inputs in a thread of its own, one step after the other. Every step rejects with an
 * AbortError once the signal aborts, whatever the thread is doing.
 */
export class Checker {
  readonly #worker: Worker;
  readonly #signal: AbortSignal;
  #failure: Error | undefined;

  constructor(settings: CheckSettings, signal: AbortSignal) {
    this.#worker = new Worker(new URL('./check-thread.js', import.meta.url), {
      workerData: settings,
      // Frames are short-lived: more room for the young ones only makes the process larger.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    this.#worker.on('error', (error) => {
      this.#failure = error;
    });
    this.#signal = signal;
  }

  open(file: string, format: DocumentFormat | 'ndjson'): Promise<Progress> {
    return this.#step({ kind: 'open', file, format });
  }

  write(chunk: Buffer): Promise<Progress> {
    // A chunk may be a part of something larger: its own bytes alone are handed over.
    return this.#step({ kind: 'chunk', bytes: new Uint8Array(chunk) });
  }

  end(): Promise<Progress> {
    return this.#step({ kind: 'end' });
  }

  /** Ends the thread, in the midst of a step too. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  async #step(step: CheckStep): Promise<Progress> {
    if (this.#failure !== undefined) throw this.#failure;
    const transferred = step.kind === 'chunk' ? [step.bytes.buffer] : [];
    // A failure of the thread, such as no memory, rejects here too.
    const answer = once(this.#worker, 'message', { signal: this.#signal });
    this.#worker.postMessage(step, transferred);
    const [progress] = await answer;
    return progress;
  }
}
