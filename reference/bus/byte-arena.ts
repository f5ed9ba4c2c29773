const blockBytes = 64 * 1024;
/** From so many bytes on, the runtime's own copy is faster, for all that its call costs. */
const manyBytes = 300;

/**
 * Memory for frames that are small and soon written: one block after another, never the same bytes
 * twice, so that a piece of it may be handed to a stream and forgotten. Shared by all queues of a
 * bus, so that an idle queue holds nothing.
 */
export class ByteArena {
  block = Buffer.allocUnsafeSlow(blockBytes);
  offset = 0;
  #view = viewOf(this.block);
  /** What was copied from last, since many frames come in one chunk. */
  #source: Buffer = this.block;
  #sourceView = this.#view;

  /** Makes sure that so many bytes (at most a block) can be written at `offset` of `block`. */
  reserve(byteLength: number): void {
    if (blockBytes - this.offset >= byteLength) return;
    this.block = Buffer.allocUnsafeSlow(blockBytes);
    this.#view = viewOf(this.block);
    this.offset = 0;
  }

  /** Writes `bytes[start, end)`; there has to be room. */
  writeBytes(bytes: Buffer, start: number, end: number): void {
    const byteLength = end - start;
    if (byteLength < manyBytes) this.#writeWords(bytes, start, end);
    else bytes.copy(this.block, this.offset, start, end);
    this.offset += byteLength;
  }

  writeByte(byte: number): void {
    this.block[this.offset++] = byte;
  }

  /** Writes text that has one character for each byte; there has to be room. */
  writeText(text: string): void {
    this.block.write(text, this.offset, 'latin1');
    this.offset += text.length;
  }

  /** Writes a small integer of so many digits. */
  writeDigits(value: number, digits: number): void {
    let rest = value | 0;
    this.offset += digits;
    for (let at = this.offset - 1; at >= this.offset - digits; at--) {
      const next = (rest / 10) | 0;
      this.block[at] = 0x30 + rest - next * 10;
      rest = next;
    }
  }

  #writeWords(bytes: Buffer, start: number, end: number): void {
    if (bytes !== this.#source) {
      this.#source = bytes;
      this.#sourceView = viewOf(bytes);
    }
    const [from, to] = [this.#sourceView, this.#view];
    const lastWord = end - 4;
    let at = start | 0;
    let target = this.offset | 0;
    for (; at <= lastWord; at = (at + 4) | 0, target = (target + 4) | 0) {
      to.setInt32(target, from.getInt32(at, true), true);
    }
    for (; at < end; at = (at + 1) | 0, target = (target + 1) | 0) {
      to.setUint8(target, from.getUint8(at));
    }
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
