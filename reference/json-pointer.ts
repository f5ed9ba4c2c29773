import { JsonText, skipWhitespace } from './json-text.ts';
import { skipColon, skipName, skipValue } from './json-value.ts';
import { createPointerTree, type Place, type PointerTree, placesOf } from './pointer-tree.ts';
import { stringFromJson } from './routing-member.ts';

const openBracket = 0x5b;
const openBrace = 0x7b;
const comma = 0x2c;

/**
 * Where the values that JSON pointers (RFC 6901) name begin in `bytes`, which are known to be one
 * JSON text, and where the names of these members do. A pointer that leads nowhere has the place of
 * the last value on its way. All pointers together cost one pass for each level of depth.
 */
export function placesOfPointers(bytes: Buffer, pointers: Iterable<string>): Map<string, Place> {
  const text = new JsonText();
  text.load(bytes, bytes.length);
  const root = skipWhitespace(text, 0);
  return placesOf(createPointerTree(pointers), { name: root, value: root, at: root }, (tree, at) =>
    membersAt(text, at, tree),
  );
}

/** The wanted members or elements of the object or array at `start`. */
function membersAt(
  text: JsonText,
  start: number,
  { children }: PointerTree,
): Map<string, Place & { at: number }> {
  const found = new Map<string, Place & { at: number }>();
  const isObject = text.bytes[start] === openBrace;
  if (!isObject && text.bytes[start] !== openBracket) return found;
  let pos = start + 1;
  for (let index = 0; ; index++) {
    pos = skipWhitespace(text, pos);
    const name = pos;
    let key = String(index);
    if (isObject) {
      const nameEnd = skipName(text, pos);
      if (nameEnd < 0) return found;
      key = stringFromJson(text, pos, nameEnd, false);
      pos = skipWhitespace(text, skipColon(text, nameEnd));
    }
    const valueEnd = skipValue(text, pos);
    if (valueEnd < 0) return found;
    // The last of several members of one name is the one that JSON.parse keeps.
    if (children.has(key)) found.set(key, { name, value: pos, at: pos });
    pos = skipWhitespace(text, valueEnd);
    if (text.bytes[pos] !== comma) return found;
    pos++;
  }
}
