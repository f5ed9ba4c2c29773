import type { OutputChunk, OutputStream } from '../../schemas/generated/process.ts';

interface Retained {
  readonly seq: number;
  readonly stream: OutputStream;
  /** A short one as a string, since each Buffer costs some hundred bytes more. */
  readonly bytes: Buffer | string;
  readonly byteLength: number;
}

/** Bytes that are retained of all processes. */
export interface RetentionTally {
  bytes: number;
}

export interface ReadBudget {
  /** Bytes of output, save for the first chunk. */
  readonly maxBytes: number;
  /** Their length in JSON, save for the first chunk. */
  readonly maxJsonBytes: number;
}

const shortBytes = 512;
/** JSON around a chunk, with the longest number and stream. */
const memberBytes = 64;

/** The newest output of one process, in whole chunks. Implements PRC-2. */
export class RetainedOutput {
  /** The highest number that was dropped; 0 where none was. */
  droppedSeq = 0;
  readonly #maxBytes: number;
  readonly #tally: RetentionTally;
  #chunks: Retained[] = [];
  /** Index of the oldest in `chunks`. */
  #first = 0;
  #bytes = 0;

  constructor(maxBytes: number, tally: RetentionTally) {
    this.#maxBytes = maxBytes;
    this.#tally = tally;
  }

  /** The lowest number of a chunk that is retained; undefined where none is. */
  get oldestSeq(): number | undefined {
    return this.#chunks[this.#first]?.seq;
  }

  add(seq: number, stream: OutputStream, bytes: Buffer): void {
    const byteLength = bytes.length;
    const kept = byteLength <= shortBytes ? bytes.toString('base64') : bytes;
    this.#chunks.push({ seq, stream, bytes: kept, byteLength });
    this.#count(byteLength);
    while (this.#bytes > this.#maxBytes && this.#first < this.#chunks.length - 1) this.#drop();
  }

  /** Whether there is a chunk with a higher number. */
  hasAfter(seq: number): boolean {
    return (this.#chunks.at(-1)?.seq ?? 0) > seq;
  }

  /** The chunks with a higher number, as many as the budget allows, the first always. */
  after(seq: number, { maxBytes, maxJsonBytes }: ReadBudget): OutputChunk[] {
    const found: OutputChunk[] = [];
    let bytes = 0;
    let jsonBytes = 0;
    for (let index = this.#indexAfter(seq); index < this.#chunks.length; index++) {
      const retained = this.#chunks[index] as Retained;
      bytes += retained.byteLength;
      jsonBytes += Math.ceil(retained.byteLength / 3) * 4 + memberBytes;
      if (found.length > 0 && (bytes > maxBytes || jsonBytes > maxJsonBytes)) break;
      found.push(chunkFrom(retained));
    }
    return found;
  }

  /** The end of what a stream has written, as far as it is retained. */
  tail(stream: OutputStream, maxBytes: number): Buffer {
    const found: Buffer[] = [];
    let bytes = 0;
    for (let index = this.#chunks.length - 1; index >= this.#first && bytes < maxBytes; index--) {
      const retained = this.#chunks[index] as Retained;
      if (retained.stream !== stream) continue;
      found.unshift(bytesOf(retained));
      bytes += retained.byteLength;
    }
    return Buffer.concat(found).subarray(-maxBytes);
  }

  /** Forgets everything. */
  clear(): void {
    this.#count(-this.#bytes);
    this.#chunks = [];
    this.#first = 0;
  }

  #indexAfter(seq: number): number {
    let low = this.#first;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#chunks[middle] as Retained).seq > seq) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #drop(): void {
    const { seq, byteLength } = this.#chunks[this.#first] as Retained;
    this.droppedSeq = seq;
    this.#count(-byteLength);
    // Of a chunk that was dropped, nothing is kept; the list is moved down once in a while.
    this.#chunks[this.#first] = dropped;
    this.#first++;
    if (this.#first * 2 < this.#chunks.length) return;
    this.#chunks.splice(0, this.#first);
    this.#first = 0;
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    this.#tally.bytes += bytes;
  }
}

const dropped: Retained = { seq: 0, stream: 'stdout', bytes: '', byteLength: 0 };

function chunkFrom({ seq, stream, bytes }: Retained): OutputChunk {
  return { seq, stream, chunk: typeof bytes === 'string' ? bytes : bytes.toString('base64') };
}

function bytesOf({ bytes }: Retained): Buffer {
  return typeof bytes === 'string' ? Buffer.from(bytes, 'base64') : bytes;
}
