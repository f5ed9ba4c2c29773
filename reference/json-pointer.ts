import { JsonText, skipWhitespace } from './json-text.ts';
import { skipColon, skipName, skipValue } from './json-value.ts';
import { stringFromJson } from './routing-member.ts';

const openBracket = 0x5b;
const openBrace = 0x7b;
const comma = 0x2c;

/**
 * Offset in `bytes` of the value that a JSON pointer (RFC 6901) names, in bytes that are known to be
 * one JSON text. Where the pointer leads nowhere, that of the last value on the way.
 */
export function offsetOfPointer(bytes: Buffer, pointer: string): number {
  const text = new JsonText();
  text.load(bytes, bytes.length);
  let offset = skipWhitespace(text, 0);
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const next = offsetOfMember(text, offset, key);
    if (next < 0) break;
    offset = next;
  }
  return offset;
}

/** Offset of a member or element of the object or array at `start`; -1 where there is none. */
function offsetOfMember(text: JsonText, start: number, key: string): number {
  const isObject = text.bytes[start] === openBrace;
  if (!isObject && text.bytes[start] !== openBracket) return -1;
  let found = -1;
  let pos = start + 1;
  for (let index = 0; ; index++) {
    pos = skipWhitespace(text, pos);
    let name = String(index);
    if (isObject) {
      const nameEnd = skipName(text, pos);
      if (nameEnd < 0) return found;
      name = stringFromJson(text, pos, nameEnd, false);
      pos = skipWhitespace(text, skipColon(text, nameEnd));
    }
    const valueEnd = skipValue(text, pos);
    if (valueEnd < 0) return found;
    // The last of several members of one name is the one that JSON.parse keeps.
    if (name === key) found = pos;
    pos = skipWhitespace(text, valueEnd);
    if (text.bytes[pos] !== comma) return found;
    pos++;
  }
}
