import { JsonText, skipWhitespace } from '../json-text.ts';
import { skipColon, skipName, skipValue } from '../json-value.ts';
import { stringFromJson } from '../routing-member.ts';
import { parentIdEnd, parentIdStart, type Traceparent, traceparentFrom } from './traceparent.ts';

const openBrace = 0x7b;
const comma = 0x2c;
const quote = 0x22;

const memberName = Buffer.from('"traceparent"');
const path = ['_ext', 'trace', 'traceparent'];

/** A line of bytes. */
export interface Line {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** A traceparent in a line. */
export interface FoundTraceparent {
  readonly parent: Traceparent;
  /** Offsets of its value in the bytes, quotes included. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

/**
 * Finds `_ext.trace.traceparent` in lines that may be anything. Lines without the bytes
 * `"traceparent"` cost one search of the chunk they are in, and nothing more. Serves EXT-5.
 */
export class TraceparentFinder {
  readonly #text = new JsonText();
  #searched: Buffer | undefined;
  #searchedFrom = 0;
  #nextAt = 0;

  find(bytes: Buffer, start: number, end: number): FoundTraceparent | undefined {
    return this.#nextNameAt(bytes, start) < end ? this.#findMember(bytes, start, end) : undefined;
  }

  /** Where the name occurs next: every byte of a chunk is searched once, however many its lines. */
  #nextNameAt(bytes: Buffer, start: number): number {
    if (bytes !== this.#searched || start > this.#nextAt || start < this.#searchedFrom) {
      const found = bytes.indexOf(memberName, start);
      this.#searched = bytes;
      this.#nextAt = found < 0 ? bytes.length : found;
    }
    this.#searchedFrom = start;
    return this.#nextAt;
  }

  #findMember(bytes: Buffer, start: number, end: number): FoundTraceparent | undefined {
    const text = this.#text;
    text.load(bytes, end);
    let valueStart = skipWhitespace(text, start);
    for (const name of path) {
      valueStart = valueOfMember(text, valueStart, name);
      if (valueStart < 0) return undefined;
    }
    const valueEnd = skipValue(text, valueStart);
    if (valueEnd < 0 || bytes[valueStart] !== quote) return undefined;
    const parent = traceparentFrom(stringFromJson(text, valueStart, valueEnd, false));
    return parent === undefined ? undefined : { parent, valueStart, valueEnd };
  }
}

/** Start of a member's value in the object at `start`, the last one of that name; -1: none. */
function valueOfMember(text: JsonText, start: number, name: string): number {
  if (start >= text.end || text.bytes[start] !== openBrace) return -1;
  let found = -1;
  let pos = start;
  do {
    const nameStart = skipWhitespace(text, pos + 1);
    const nameEnd = skipName(text, nameStart);
    if (nameEnd < 0) return found;
    const colonEnd = skipColon(text, nameEnd);
    if (colonEnd < 0) return found;
    const valueStart = skipWhitespace(text, colonEnd);
    const valueEnd = skipValue(text, valueStart);
    if (valueEnd < 0) return found;
    if (stringFromJson(text, nameStart, nameEnd, false) === name) found = valueStart;
    pos = skipWhitespace(text, valueEnd);
  } while (pos < text.end && text.bytes[pos] === comma);
  return found;
}

/**
 * The line with another parent id in its traceparent, and no other byte changed. Where the value is
 * written without escapes that is done in place, as the line is not longer for it.
 */
export function withParentId(line: Line, found: FoundTraceparent, parentId: string): Line {
  const { bytes, start, end } = line;
  const { valueStart, valueEnd } = found;
  const spelling = bytes.toString('latin1', valueStart + 1, valueEnd - 1);
  if (!spelling.includes('\\')) {
    bytes.write(parentId, valueStart + 1 + parentIdStart, 'latin1');
    return line;
  }
  const characters = spelling.match(/\\u.{4}|\\?./gs) ?? [];
  characters.splice(parentIdStart, parentIdEnd - parentIdStart, parentId);
  const replaced = Buffer.concat([
    bytes.subarray(start, valueStart + 1),
    Buffer.from(characters.join(''), 'latin1'),
    bytes.subarray(valueEnd - 1, end),
  ]);
  return { bytes: replaced, start: 0, end: replaced.length };
}
