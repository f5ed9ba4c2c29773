import type { Duplex } from 'node:stream';

/**
 * Writes lines of one turn of the event loop in one system call, and says whether there is room. The
 * bytes that it is given are not to change any more.
 */
export class LineWriter {
  readonly #stream: Duplex;
  #isCorked = false;
  #hasEnded = false;

  constructor(stream: Duplex) {
    this.#stream = stream;
  }

  /** False while the stream asks to wait; then it emits `drain`. */
  get hasRoom(): boolean {
    return !this.#stream.writableNeedDrain;
  }

  get queuedBytes(): number {
    return this.#stream.writableLength;
  }

  write(bytes: Uint8Array): boolean {
    if (this.#hasEnded || this.#stream.destroyed) return false;
    if (!this.#isCorked) {
      this.#isCorked = true;
      this.#stream.cork();
      queueMicrotask(() => {
        this.#isCorked = false;
        this.#stream.uncork();
      });
    }
    return this.#stream.write(bytes);
  }

  /** Closes the sending side after what was written. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#stream.end();
  }
}
