import type { JsonText } from './json-text.ts';
import { skipUtf8Sequence } from './utf8-sequence.ts';

const quote = 0x22;
const backslash = 0x5c;

const isSimpleEscape = new Uint8Array(256);
for (const letter of '"\\/bfnrt') isSimpleEscape[letter.charCodeAt(0)] = 1;

/** Skips a string from the byte after its opening quote to the byte after its closing one. */
export function skipString(text: JsonText, start: number): number {
  const { view, end } = text;
  const lastWord = (end - 4) | 0;
  let pos = start | 0;
  for (;;) {
    // Four bytes at a time. A byte's top bit comes out set where the byte is a quote or below 0x20
    // (x ^ 2 puts both below 0x21), a backslash, or 0x80 and above. A borrow may set the bits of
    // higher bytes falsely, but the lowest set bit is always right, and only that one is used.
    while (pos <= lastWord) {
      const word = view.getInt32(pos, true);
      const special =
        (((word ^ 0x02020202) - 0x21212121) | ((word ^ 0x5c5c5c5c) - 0x01010101) | word) &
        0x80808080;
      if (special !== 0) {
        pos = (pos + ((31 - Math.clz32(special & -special)) >>> 3)) | 0;
        break;
      }
      pos = (pos + 4) | 0;
    }
    if (pos >= end) return text.refuse('unexpected-end', end);
    const byte = view.getUint8(pos);
    if (byte === quote) return pos + 1;
    // Out of line, so that this function stays small enough to be inlined.
    pos = skipStringByte(text, pos, byte) | 0;
    if (pos < 0) return pos;
  }
}

function skipStringByte(text: JsonText, pos: number, byte: number): number {
  if (byte < 0x20) return text.refuse('control-character', pos);
  if (byte < 0x80 && byte !== backslash) return pos + 1;
  text.isPlain = false;
  const next = byte === backslash ? skipEscape(text, pos + 1) : skipMultibyteRun(text, pos);
  return next < 0 ? next : skipPlainRun(text, next);
}

/** Skips bytes that need no look, eight at a time: where one did, the string is likely to be long. */
function skipPlainRun({ view, end }: JsonText, start: number): number {
  const lastPair = (end - 8) | 0;
  let pos = start | 0;
  while (pos <= lastPair) {
    const low = view.getInt32(pos, true);
    const high = view.getInt32(pos + 4, true);
    const special =
      ((low ^ 0x02020202) - 0x21212121) |
      ((low ^ 0x5c5c5c5c) - 0x01010101) |
      low |
      ((high ^ 0x02020202) - 0x21212121) |
      ((high ^ 0x5c5c5c5c) - 0x01010101) |
      high;
    if ((special & 0x80808080) !== 0) break;
    pos = (pos + 8) | 0;
  }
  return pos;
}

function skipEscape(text: JsonText, pos: number): number {
  if (pos >= text.end) return text.refuse('unexpected-end', text.end);
  const letter = text.view.getUint8(pos);
  if (isSimpleEscape[letter] === 1) return pos + 1;
  if (letter !== 0x75) return text.unexpected('unknown-escape', pos);
  const hexEnd = pos + 5;
  for (let hex = pos + 1; hex < hexEnd; hex++) {
    if (hex >= text.end || !isHexDigit(text.view.getUint8(hex))) {
      return text.unexpected('expected-hex-digit', hex);
    }
  }
  return hexEnd;
}

function isHexDigit(byte: number): boolean {
  return (byte - 0x30) >>> 0 < 10 || ((byte | 0x20) - 0x61) >>> 0 < 6;
}

function skipMultibyteRun(text: JsonText, start: number): number {
  const { view, end } = text;
  let pos = start;
  do {
    const next = skipUtf8Sequence(view, pos, end);
    if (next < 0) return text.refuse('invalid-utf8', pos);
    pos = next;
  } while (pos < end && view.getUint8(pos) >= 0x80);
  return pos;
}
