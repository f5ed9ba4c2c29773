import { JsonText, skipWhitespace } from '../../reference/json-text.ts';
import { skipColon, skipName, skipValue } from '../../reference/json-value.ts';
import { stringFromJson } from '../../reference/routing-member.ts';

const openBrace = 0x7b;
const closeBrace = 0x7d;
const comma = 0x2c;

/** Where a value is in the bytes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The members of an object that were asked for, in valid JSON. */
export interface FoundMembers {
  /** The byte after the opening brace. */
  readonly innerStart: number;
  readonly isEmpty: boolean;
  /** The first of each name; names that stand twice are in `doubled` as well. */
  readonly values: ReadonlyMap<string, Span>;
  readonly doubled: ReadonlySet<string>;
}

const text = new JsonText();

/**
 * Finds members of the object in `bytes[start, end)` by their unescaped names, and builds no objects.
 * Undefined where it is no object. The bytes have to be JSON (see EnvelopeScanner).
 */
export function findMembers(
  bytes: Buffer,
  { start, end }: Span,
  names: readonly string[],
): FoundMembers | undefined {
  text.load(bytes, end);
  let pos = skipWhitespace(text, start);
  if (bytes[pos] !== openBrace) return undefined;
  const innerStart = pos + 1;
  const values = new Map<string, Span>();
  const doubled = new Set<string>();
  pos = skipWhitespace(text, innerStart);
  const isEmpty = bytes[pos] === closeBrace;
  while (!isEmpty) {
    const nameStart = skipWhitespace(text, pos);
    const nameEnd = skipName(text, nameStart);
    const valueStart = skipWhitespace(text, skipColon(text, nameEnd));
    const valueEnd = skipValue(text, valueStart);
    if (nameEnd < 0 || valueEnd < 0) return undefined;
    const name = stringFromJson(text, nameStart, nameEnd, false);
    if (names.includes(name)) {
      if (values.has(name)) doubled.add(name);
      else values.set(name, { start: valueStart, end: valueEnd });
    }
    pos = skipWhitespace(text, valueEnd);
    if (bytes[pos] !== comma) break;
    pos += 1;
  }
  return { innerStart, isEmpty, values, doubled };
}

/** The string that a value is; undefined where it is none. */
export function stringIn(bytes: Buffer, span: Span | undefined): string | undefined {
  if (span === undefined || bytes[span.start] !== 0x22) return undefined;
  return JSON.parse(bytes.toString('utf8', span.start, span.end)) as string;
}
