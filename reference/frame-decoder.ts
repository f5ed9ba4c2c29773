const lineFeed = 0x0a;
const nothing = Buffer.alloc(0);
const smallestBuffer = 64;

/**
 * Where a frame decoder reports to, in the order of the stream. Every line gets exactly one of
 * these calls. None of them may call the decoder.
 */
export interface FrameSink {
  /**
   * A whole line is in `bytes[start, end)`, LF excluded; blank lines are reported too. The bytes are
   * valid only during the call: copy what has to stay.
   */
  onLine(bytes: Buffer, start: number, end: number): void;
  /** The line passed `maxFrameBytes`: reported as soon as it did, its LF may not have come yet. */
  onOverlong(): void;
  /** A part of an over-long line, in order, after `onOverlong`; it is not held. */
  onDiscarded?(bytes: Buffer, start: number, end: number): void;
  /** The over-long line has ended, by its LF or with the stream. */
  onDiscardedEnd?(): void;
  /** The stream ended after this many bytes of a line, which are no frame. */
  onUnterminated(byteLength: number): void;
}

export interface FrameDecoderOptions {
  /** The longest line in bytes, LF excluded and CR included: 1 to 2^31 - 1. */
  readonly maxFrameBytes: number;
}

/** Makes a decoder for one stream. Throws a RangeError where `maxFrameBytes` is out of range. */
export function createFrameDecoder(options: FrameDecoderOptions, sink: FrameSink): FrameDecoder {
  const { maxFrameBytes } = options;
  if (!Number.isInteger(maxFrameBytes) || maxFrameBytes < 1 || maxFrameBytes > 2 ** 31 - 1) {
    throw new RangeError(`maxFrameBytes is ${maxFrameBytes}, not an integer from 1 to 2^31 - 1`);
  }
  return new FrameDecoder(maxFrameBytes, sink);
}

/**
 * Cuts a stream of chunks into lines. A line that lies whole inside a chunk is not copied; the tail
 * of a chunk is, and is let go once its line is complete, so that an idle connection holds no
 * buffer. A line over the limit is not held: the decoder goes on after its LF.
 *
 * Blank lines are the scanner's to ignore: here they count, like every other line.
 *
 * Implements FRM-1, FRM-3, FRM-6.
 */
export class FrameDecoder {
  readonly #maxFrameBytes: number;
  readonly #sink: FrameSink;
  #held = nothing;
  #heldBytes = 0;
  /** Length of the last line that was held and completed. */
  #lastBytes = 0;
  #isSkipping = false;
  #lineNumber = 1;

  constructor(maxFrameBytes: number, sink: FrameSink) {
    this.#maxFrameBytes = maxFrameBytes;
    this.#sink = sink;
  }

  /** Bytes held of a line that is not complete; the buffer behind them is at most four times as long. */
  get bufferedBytes(): number {
    return this.#heldBytes;
  }

  /** Number of the current line, counted from 1: during a call of the sink, the one it is about. */
  get lineNumber(): number {
    return this.#lineNumber;
  }

  /** Takes the next chunk. Its bytes are not needed after the call. */
  write(chunk: Buffer): void {
    let start = 0;
    for (;;) {
      const newline = chunk.indexOf(lineFeed, start);
      if (newline === -1) break;
      if (this.#isSkipping) this.#endSkipping(chunk, start, newline);
      else if (this.#heldBytes > 0) this.#completeLine(chunk, newline);
      else if (newline - start > this.#maxFrameBytes) this.#skipLine(chunk, start, newline);
      else this.#sink.onLine(chunk, start, newline);
      this.#lineNumber++;
      start = newline + 1;
    }
    if (start === chunk.length) return;
    if (this.#isSkipping) this.#sink.onDiscarded?.(chunk, start, chunk.length);
    else this.#holdTail(chunk, start);
  }

  /** Ends the stream: what is held is reported as unterminated, unless it was as over-long. */
  end(): void {
    const byteLength = this.#heldBytes;
    this.#release();
    if (this.#isSkipping) this.#sink.onDiscardedEnd?.();
    this.#isSkipping = false;
    if (byteLength > 0) this.#sink.onUnterminated(byteLength);
  }

  #completeLine(chunk: Buffer, newline: number): void {
    const isOverlong = this.#heldBytes + newline > this.#maxFrameBytes;
    if (!isOverlong) this.#append(chunk, 0, newline);
    const line = this.#held;
    const byteLength = this.#heldBytes;
    this.#release();
    if (!isOverlong) {
      this.#lastBytes = byteLength;
      this.#sink.onLine(line, 0, byteLength);
      return;
    }
    this.#sink.onOverlong();
    this.#sink.onDiscarded?.(line, 0, byteLength);
    this.#endSkipping(chunk, 0, newline);
  }

  /** An over-long line that lies whole inside a chunk. */
  #skipLine(chunk: Buffer, start: number, newline: number): void {
    this.#sink.onOverlong();
    this.#endSkipping(chunk, start, newline);
  }

  #endSkipping(chunk: Buffer, start: number, newline: number): void {
    this.#isSkipping = false;
    this.#sink.onDiscarded?.(chunk, start, newline);
    this.#sink.onDiscardedEnd?.();
  }

  #holdTail(chunk: Buffer, start: number): void {
    if (this.#heldBytes + chunk.length - start <= this.#maxFrameBytes) {
      this.#append(chunk, start, chunk.length);
      return;
    }
    const held = this.#held;
    const heldBytes = this.#heldBytes;
    this.#release();
    this.#isSkipping = true;
    this.#sink.onOverlong();
    if (heldBytes > 0) this.#sink.onDiscarded?.(held, 0, heldBytes);
    this.#sink.onDiscarded?.(chunk, start, chunk.length);
  }

  #append(chunk: Buffer, start: number, end: number): void {
    const byteLength = this.#heldBytes + end - start;
    if (byteLength > this.#held.length) {
      // A long line is likely to be as long as the last one; an idle connection must not hold that.
      const isLikely = byteLength <= this.#lastBytes && byteLength >= this.#lastBytes / 4;
      const doubled = Math.max(byteLength, this.#held.length * 2, smallestBuffer);
      // Not from the shared pool: a few held bytes would keep all of it alive.
      const grown = Buffer.allocUnsafeSlow(
        isLikely ? this.#lastBytes : Math.min(doubled, this.#maxFrameBytes),
      );
      this.#held.copy(grown, 0, 0, this.#heldBytes);
      this.#held = grown;
    }
    chunk.copy(this.#held, this.#heldBytes, start, end);
    this.#heldBytes = byteLength;
  }

  #release(): void {
    this.#held = nothing;
    this.#heldBytes = 0;
  }
}
