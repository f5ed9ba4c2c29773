import type { Duplex } from 'node:stream';

/**
 * Writes the lines of one round of the event loop, whoever's they are, in one system call, and says
 * whether there is room. The bytes that it is given are not to change any more.
 */
export class LineWriter {
  readonly #stream: Duplex;
  #lines: Uint8Array[] = [];
  #waitingBytes = 0;
  #hasEnded = false;

  constructor(stream: Duplex) {
    this.#stream = stream;
  }

  /** False while the stream asks to wait; then it emits `drain`. */
  get hasRoom(): boolean {
    return !this.#stream.writableNeedDrain;
  }

  get queuedBytes(): number {
    return this.#stream.writableLength + this.#waitingBytes;
  }

  write(bytes: Uint8Array): void {
    if (this.#hasEnded || this.#stream.destroyed) return;
    if (this.#lines.length === 0) setImmediate(() => this.flush());
    this.#lines.push(bytes);
    this.#waitingBytes += bytes.length;
    // The stream alone says that somebody has to wait, and when no more.
    if (this.#waitingBytes >= this.#stream.writableHighWaterMark) this.flush();
  }

  /** Writes now what waits for the end of the round: before the stream is destroyed, for one. */
  flush(): void {
    const lines = this.#lines;
    if (lines.length === 0 || this.#stream.destroyed) return;
    this.#lines = [];
    this.#waitingBytes = 0;
    this.#stream.write(lines.length === 1 ? lines[0] : Buffer.concat(lines));
  }

  /** Closes the sending side after what was written. */
  end(): void {
    if (this.#hasEnded) return;
    this.flush();
    this.#hasEnded = true;
    this.#stream.end();
  }
}
