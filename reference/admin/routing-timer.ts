import type { Duplex } from 'node:stream';

/** One of so many chunks is timed. */
const sampledOneOf = 64;

/**
 * Takes the time in which the chunks of clients are routed: from the moment a chunk was read to the
 * moment its frames were written, or queued for whoever is slow. Only every 64th is timed.
 */
export class RoutingTimer {
  readonly #observe: (seconds: number) => void;
  readonly #nowMs: () => number;
  #chunks = 0;
  #startMs = -1;

  constructor(observe: (seconds: number) => void, nowMs: () => number = () => performance.now()) {
    this.#observe = observe;
    this.#nowMs = nowMs;
  }

  /** Times a stream whose chunks are routed by the listener that `listen` adds. */
  watch(stream: Duplex, listen: () => void): void {
    stream.on('data', this.#begin);
    listen();
    stream.on('data', this.#end);
  }

  // The first chunk is one of them, so that a quiet bus has a number too.
  readonly #begin = (): void => {
    if (this.#chunks++ % sampledOneOf === 0) this.#startMs = this.#nowMs();
  };

  readonly #end = (): void => {
    if (this.#startMs < 0) return;
    this.#observe((this.#nowMs() - this.#startMs) / 1000);
    this.#startMs = -1;
  };
}
