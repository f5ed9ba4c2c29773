/** A byte of an input, as an editor finds it. */
export interface Position {
  /** From 1. */
  readonly line: number;
  /** In bytes, from 1. */
  readonly column: number;
  /** From 0. */
  readonly byte: number;
}

const lineFeed = 0x0a;

/** The positions of offsets in `bytes`, which come in ascending order: one pass over the bytes. */
export function* positionsOf(bytes: Buffer, offsets: Iterable<number>): Generator<Position> {
  let line = 1;
  let lineStart = 0;
  for (const byte of offsets) {
    for (;;) {
      const end = bytes.indexOf(lineFeed, lineStart);
      if (end === -1 || end >= byte) break;
      line++;
      lineStart = end + 1;
    }
    yield { line, column: byte - lineStart + 1, byte };
  }
}
