import type { Span } from './frame-members.ts';

const lineFeed = 0x0a;
const space = 0x20;

/** Puts a text in the place of some bytes; where start and end are the same, between them. */
export interface Edit extends Span {
  readonly text: string;
}

/**
 * A copy of the frame in `bytes[start, end)` with these edits, in a line with its LF. No other byte is
 * changed, save that an LF between the tokens, which would end the line, becomes a space.
 */
export function lineFromFrame(bytes: Buffer, { start, end }: Span, edits: readonly Edit[]): Buffer {
  const ordered = edits.length < 2 ? edits : edits.toSorted((a, b) => a.start - b.start);
  let length = end - start + 1;
  for (const edit of ordered) length += Buffer.byteLength(edit.text) - (edit.end - edit.start);
  const line = Buffer.allocUnsafe(length);
  let from = start;
  let at = 0;
  for (const edit of ordered) {
    at += bytes.copy(line, at, from, edit.start);
    at += line.write(edit.text, at);
    from = edit.end;
  }
  at += bytes.copy(line, at, from, end);
  line[at] = lineFeed;
  for (let found = line.indexOf(lineFeed); found < line.length - 1; ) {
    line[found] = space;
    found = line.indexOf(lineFeed, found + 1);
  }
  return line;
}

/** The edit that adds members to an object, before those that it has. */
export function membersAdded(
  { innerStart, isEmpty }: { readonly innerStart: number; readonly isEmpty: boolean },
  members: Readonly<Record<string, unknown>>,
): Edit {
  const inner = JSON.stringify(members).slice(1, -1);
  return { start: innerStart, end: innerStart, text: isEmpty ? inner : `${inner},` };
}
