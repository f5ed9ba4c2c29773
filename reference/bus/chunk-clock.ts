import type { Clock } from './clock.ts';

/** The time of the chunk at hand: read once, and not for each of its frames. */
export class ChunkClock {
  readonly #clock: Clock;
  #nowMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  nowMs(): number {
    this.#nowMs ??= this.#clock.nowMs();
    return this.#nowMs;
  }

  /** The chunk was taken. */
  endChunk(): void {
    this.#nowMs = undefined;
  }
}
