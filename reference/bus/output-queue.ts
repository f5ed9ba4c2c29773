import type { Writable } from 'node:stream';
import type { ByteArena } from './byte-arena.ts';
import type { ClientId } from './client-id.ts';
import type { FlushList } from './flush-list.ts';

const lineFeed = 0x0a;
/** So much is given to the system at once: what it takes shows how fast the receiver reads. */
const flightBytes = 256 * 1024;
/** Pieces of this length or more are passed on as they are, shorter ones are gathered. */
const largeBytes = 12 * 1024;
const largestSmall = 2 ** 31 - 1;

export interface OutputQueueOptions {
  readonly arena: ByteArena;
  readonly flushList: FlushList;
  readonly sink: Writable;
  /** Bytes from which on the queue is full. */
  readonly maxBytes: number;
  /** Called when the queue becomes full, and when it is no longer. */
  readonly onFull: (isFull: boolean) => void;
  /** Called when the system has taken a part. */
  readonly onProgress?: () => void;
  /** Called when everything that was staged has been given to the system. */
  readonly onEmpty: () => void;
}

/** A frame at [start, end), in which the value at [valueStart, valueEnd) is replaced. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/**
 * What waits to be written to one stream. Frames are staged, and written together by `flush`: one
 * system call for many. While a write is under way, the next ones gather. Nothing is dropped.
 *
 * The bytes behind a staged piece of 12 KiB or more must stay as they are until it is written.
 * Serves FLW-1, FLW-2, FLW-4.
 */
export class OutputQueue {
  /** Bytes that were ever staged: a position in the stream. */
  stagedBytes = 0;
  /** Whether it holds at least `maxBytes`. */
  isFull = false;

  readonly #options: OutputQueueOptions;
  #pieces: Buffer[] = [];
  /** The piece that may still grow: [openStart, openEnd) of openBlock. */
  #openBlock: Buffer | null = null;
  #openStart = 0;
  #openEnd = 0;
  /** Bytes that the system has taken. */
  #writtenBytes = 0;
  /** Bytes of the write that is under way. */
  #flightBytes = 0;
  #isDirty = false;
  #isClosed = false;

  constructor(options: OutputQueueOptions) {
    this.#options = options;
  }

  /** Bytes that the system has not taken yet. */
  get queuedBytes(): number {
    return this.#isClosed ? 0 : this.stagedBytes - this.#writtenBytes;
  }

  /** Position in the stream of the first byte that was certainly not given to the system. */
  get handedBytes(): number {
    return this.#writtenBytes + this.#flightBytes;
  }

  /** Stages `bytes[start, end)` with other bytes for one value in it, and an LF. */
  pushReplaced(bytes: Buffer, span: Splice, value: ClientId): void {
    if (this.#isClosed) return;
    const { start, end, valueStart, valueEnd } = span;
    if (typeof value === 'number' && value <= largestSmall && end - start < largeBytes) {
      this.#appendSmall(bytes, span, value);
      return;
    }
    this.#append(bytes, start, valueStart);
    this.#appendText(`${value}`);
    this.#append(bytes, valueEnd, end);
    this.#endFrame();
  }

  /** Stages `bytes[start, end)` and an LF. */
  push(bytes: Buffer, start: number, end: number): void {
    if (this.#isClosed) return;
    this.#append(bytes, start, end);
    this.#endFrame();
  }

  /** Stages a line of the bus's own, its LF included. */
  pushLine(line: string): void {
    if (this.#isClosed) return;
    const bytes = Buffer.from(line);
    this.#append(bytes, 0, bytes.length);
    this.#staged();
  }

  /** Writes what was staged, unless a write is under way: then it follows that one. */
  flush(): void {
    this.#isDirty = false;
    if (this.#flightBytes > 0 || this.#isClosed) return;
    this.#seal();
    if (this.#pieces.length === 0) return;
    const pieces = this.#takePieces();
    const { sink } = this.#options;
    if (pieces.length === 1) {
      sink.write(pieces[0], this.#onWritten);
      return;
    }
    sink.cork();
    for (let index = 0; index < pieces.length - 1; index++) sink.write(pieces[index]);
    sink.write(pieces[pieces.length - 1], this.#onWritten);
    sink.uncork();
  }

  #takePieces(): Buffer[] {
    let count = 0;
    while (count < this.#pieces.length && this.#flightBytes < flightBytes) {
      this.#flightBytes += (this.#pieces[count++] as Buffer).length;
    }
    return this.#pieces.splice(0, count);
  }

  /** Forgets everything; nothing is written any more. */
  close(): void {
    this.#isClosed = true;
    this.#isDirty = false;
    this.#pieces = [];
    this.#openBlock = null;
  }

  readonly #onWritten = (error?: Error | null): void => {
    if (error || this.#isClosed) return;
    this.#writtenBytes += this.#flightBytes;
    this.#flightBytes = 0;
    if (this.isFull && this.queuedBytes < this.#options.maxBytes) {
      this.isFull = false;
      this.#options.onFull(false);
    }
    this.#options.onProgress?.();
    if (this.queuedBytes === 0) this.#options.onEmpty();
    else this.flush();
  };

  #append(bytes: Buffer, start: number, end: number): void {
    const byteLength = end - start;
    if (byteLength >= largeBytes) {
      this.#seal();
      this.#pieces.push(bytes.subarray(start, end));
    } else {
      this.#open(byteLength).writeBytes(bytes, start, end);
      this.#openEnd += byteLength;
    }
    this.stagedBytes += byteLength;
  }

  #appendText(text: string): void {
    // One byte for each character: it was read as latin1.
    const byteLength = text.length;
    if (byteLength >= largeBytes) {
      this.#append(Buffer.from(text, 'latin1'), 0, byteLength);
      return;
    }
    this.#open(byteLength).writeText(text);
    this.#openEnd += byteLength;
    this.stagedBytes += byteLength;
  }

  #endFrame(): void {
    this.#open(1).writeByte(lineFeed);
    this.#openEnd++;
    this.stagedBytes++;
    this.#staged();
  }

  /** Most frames: all of it at once. */
  #appendSmall(bytes: Buffer, span: Splice, value: number): void {
    const { start, end, valueStart, valueEnd } = span;
    const digits = digitsOf(value);
    const byteLength = end - start - (valueEnd - valueStart) + digits + 1;
    const arena = this.#open(byteLength);
    arena.writeBytes(bytes, start, valueStart);
    arena.writeDigits(value, digits);
    arena.writeBytes(bytes, valueEnd, end);
    arena.writeByte(lineFeed);
    this.#openEnd += byteLength;
    this.stagedBytes += byteLength;
    this.#staged();
  }

  #staged(): void {
    if (!this.#isDirty) {
      this.#isDirty = true;
      this.#options.flushList.add(this);
    }
    if (!this.isFull && this.queuedBytes >= this.#options.maxBytes) {
      this.isFull = true;
      this.#options.onFull(true);
    }
  }

  /** Room in the arena, at the end of the open piece where that is possible. */
  #open(byteLength: number): ByteArena {
    const { arena } = this.#options;
    arena.reserve(byteLength);
    if (this.#openBlock !== arena.block || this.#openEnd !== arena.offset) {
      this.#seal();
      this.#openBlock = arena.block;
      this.#openStart = arena.offset;
      this.#openEnd = arena.offset;
    }
    return arena;
  }

  #seal(): void {
    if (this.#openBlock === null) return;
    if (this.#openEnd > this.#openStart) {
      this.#pieces.push(this.#openBlock.subarray(this.#openStart, this.#openEnd));
    }
    this.#openBlock = null;
  }
}

function digitsOf(value: number): number {
  let digits = 1;
  for (let bound = 10; value >= bound; bound *= 10) digits++;
  return digits;
}
