/** Cuts a stream of bytes into lines, without their LF. Keeps the rest of an unfinished line. */
export class LineSplitter {
  #rest: Buffer[] = [];
  #restLength = 0;

  /** The bytes after the last LF. */
  get rest(): Buffer {
    return Buffer.concat(this.#rest);
  }

  /** How many bytes stand after the last LF. */
  get restLength(): number {
    return this.#restLength;
  }

  push(bytes: Buffer): Buffer[] {
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      const piece = bytes.subarray(start, end);
      lines.push(this.#rest.length === 0 ? piece : Buffer.concat([...this.#rest, piece]));
      this.#rest = [];
      this.#restLength = 0;
      start = end + 1;
    }
    if (start < bytes.length) {
      this.#rest.push(bytes.subarray(start));
      this.#restLength += bytes.length - start;
    }
    return lines;
  }
}
