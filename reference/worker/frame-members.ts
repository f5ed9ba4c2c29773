import { JsonText, skipWhitespace } from '../json-text.ts';
import { skipColon, skipName, skipValue } from '../json-value.ts';
import { stringFromJson } from '../routing-member.ts';

const comma = 0x2c;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** A top-level member of a frame: its bytes, name and value, are `[start, end)`. */
export interface FrameMember {
  readonly name: string;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

/** The top-level members of a line that the envelope scanner took for a frame. */
export function frameMembers(bytes: Buffer, start: number, end: number): FrameMember[] {
  const text = new JsonText();
  text.load(bytes, end);
  const members: FrameMember[] = [];
  let pos = skipWhitespace(text, start);
  if (bytes[pos] !== openBrace) throw new TypeError('a frame is an object');
  pos = skipWhitespace(text, pos + 1);
  while (bytes[pos] !== closeBrace) {
    const nameStart = skipWhitespace(text, pos);
    const nameEnd = skipName(text, nameStart);
    const valueStart = skipWhitespace(text, skipColon(text, nameEnd));
    const valueEnd = skipValue(text, valueStart);
    if (nameEnd < 0 || valueEnd < 0) throw new TypeError('a frame is JSON');
    const name = stringFromJson(text, nameStart, nameEnd, false);
    members.push({ name, start: nameStart, valueStart, end: valueEnd });
    pos = skipWhitespace(text, valueEnd);
    if (bytes[pos] === comma) pos++;
  }
  return members;
}

export interface Rewrite {
  /** JSON text to begin with, inside the brace: whole members, each with a comma after it. */
  readonly first: string;
  /** Members that are left out. */
  readonly without: ReadonlySet<string>;
}

/** The frame with other members in front; the bytes of those that stay are as they were. */
export function rewrittenFrame(
  bytes: Buffer,
  members: readonly FrameMember[],
  { first, without }: Rewrite,
): Buffer {
  const pieces: (Buffer | string)[] = ['{', first];
  for (const { name, start, end } of members) {
    if (!without.has(name)) pieces.push(bytes.subarray(start, end), ',');
  }
  const last = pieces.at(-1) as Buffer | string;
  if (last === ',') pieces.pop();
  else if (typeof last === 'string' && last.endsWith(',')) {
    pieces[pieces.length - 1] = last.slice(0, -1);
  }
  pieces.push('}');
  return Buffer.concat(
    pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)),
  );
}

/** The raw JSON of a member's value, or undefined where there is none. */
export function memberJson(
  bytes: Buffer,
  members: readonly FrameMember[],
  name: string,
): string | undefined {
  const member = members.find((each) => each.name === name);
  return member && bytes.toString('utf8', member.valueStart, member.end);
}
