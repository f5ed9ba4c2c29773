import type { ScanFault } from './scan-fault.ts';
import { skipUtf8Sequence } from './utf8-sequence.ts';

/**
 * The bytes under a scan and what the scan found out besides positions. One object is reused from
 * line to line. The `skip…` functions take it with a position, and return the position after what
 * they skipped, or -1 once they have named a fault; no byte at or after `end` is ever read.
 *
 * Positions stay below 2^31 and are written `| 0` in the loops: that keeps them untagged integers in
 * the compiled code, which made the scan a fifth faster.
 */
export class JsonText {
  bytes: Buffer = Buffer.alloc(0);
  // A DataView reads four bytes at any offset: a typed array of words only at aligned ones.
  view: DataView = new DataView(new ArrayBuffer(0));
  end = 0;
  /** False once a string had an escape or a byte of 0x80 or more; whoever cares sets it to true. */
  isPlain = true;
  fault: ScanFault | null = null;
  faultOffset = -1;
  /** The closing brackets that open containers wait for: no recursion, whatever the depth. */
  nesting: Uint8Array = new Uint8Array(64);

  load(bytes: Buffer, end: number): void {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.end = end;
    this.fault = null;
    this.faultOffset = -1;
  }

  refuse(fault: ScanFault, offset: number): -1 {
    this.fault = fault;
    this.faultOffset = offset;
    return -1;
  }

  /** Refuses what stands at `pos`, where `fault` says what should: the end and bytes that are no
   * UTF-8 have names of their own. */
  unexpected(fault: ScanFault, pos: number): -1 {
    if (pos >= this.end) return this.refuse('unexpected-end', this.end);
    const isUtf8 =
      this.view.getUint8(pos) < 0x80 || skipUtf8Sequence(this.view, pos, this.end) !== -1;
    return this.refuse(isUtf8 ? fault : 'invalid-utf8', pos);
  }

  /** Doubles the nesting stack: one byte per open container, so at most the longest line's length. */
  growNesting(): Uint8Array {
    const grown = new Uint8Array(this.nesting.length * 2);
    grown.set(this.nesting);
    this.nesting = grown;
    return grown;
  }
}

/** Skips space, tab, CR and LF. Never fails. */
export function skipWhitespace(text: JsonText, start: number): number {
  const { view, end } = text;
  let pos = start;
  while (pos < end) {
    const byte = view.getUint8(pos);
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d && byte !== 0x0a) break;
    pos++;
  }
  return pos;
}
