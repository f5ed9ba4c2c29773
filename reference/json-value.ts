import { skipNumber } from './json-number.ts';
import { skipString } from './json-string.ts';
import { type JsonText, skipWhitespace } from './json-text.ts';

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const letterF = 0x66;
const letterN = 0x6e;
const letterT = 0x74;

// Four letters as one little-endian word.
const wordTrue = 0x65757274;
const wordAlse = 0x65736c61;
const wordNull = 0x6c6c756e;

/** Skips one value of any kind and depth, whitespace before it included. */
export function skipValue(text: JsonText, start: number): number {
  const { view, end } = text;
  let { nesting } = text;
  let depth = 0;
  // The bracket that closes the innermost open container; 0 outside of all.
  let close = 0;
  let expectsName = false;
  let pos = start | 0;
  for (;;) {
    if (pos < end && view.getUint8(pos) <= 0x20) pos = skipWhitespace(text, pos) | 0;
    if (pos >= end) return text.refuse('unexpected-end', end);
    const byte = view.getUint8(pos);
    if (byte === quote) {
      // Names and values share this call, so that it is worth being inlined.
      pos = skipString(text, pos + 1) | 0;
      if (pos < 0) return pos;
      if (expectsName) {
        pos = skipColon(text, pos) | 0;
        if (pos < 0) return pos;
        expectsName = false;
        continue;
      }
    } else if (expectsName) {
      return text.unexpected('expected-member-name', pos);
    } else if (byte === openBrace || byte === openBracket) {
      if (depth === nesting.length) nesting = text.growNesting();
      nesting[depth++] = close;
      close = byte + 2;
      pos = (pos + 1) | 0;
      if (pos < end && view.getUint8(pos) <= 0x20) pos = skipWhitespace(text, pos) | 0;
      expectsName = close === closeBrace;
      if (pos >= end || view.getUint8(pos) !== close) continue;
      close = nesting[--depth] as number;
      pos = (pos + 1) | 0;
    } else {
      pos = skipPrimitive(text, pos, byte) | 0;
      if (pos < 0) return pos;
    }
    // A value has ended, and with it any number of containers.
    for (;;) {
      if (depth === 0) return pos;
      if (pos < end && view.getUint8(pos) <= 0x20) pos = skipWhitespace(text, pos) | 0;
      const next = pos < end ? view.getUint8(pos) : -1;
      if (next !== comma && next !== close) return refuseAfterValue(text, close, pos);
      pos = (pos + 1) | 0;
      if (next === comma) break;
      close = nesting[--depth] as number;
    }
    expectsName = close === closeBrace;
  }
}

/** Skips a member name, whitespace before it included. */
export function skipName(text: JsonText, start: number): number {
  const { view, end } = text;
  let pos = start | 0;
  if (pos < end && view.getUint8(pos) <= 0x20) pos = skipWhitespace(text, pos) | 0;
  if (pos >= end || view.getUint8(pos) !== quote) {
    return text.unexpected('expected-member-name', pos);
  }
  return skipString(text, pos + 1);
}

/** Skips a colon, whitespace before it included. */
export function skipColon(text: JsonText, start: number): number {
  const { view, end } = text;
  let pos = start | 0;
  if (pos < end && view.getUint8(pos) <= 0x20) pos = skipWhitespace(text, pos) | 0;
  if (pos >= end || view.getUint8(pos) !== colon) return text.unexpected('expected-colon', pos);
  return pos + 1;
}

/** Names what should have followed a value in the container that `close` would close. */
export function refuseAfterValue(text: JsonText, close: number, pos: number): -1 {
  const isObject = close === closeBrace;
  return text.unexpected(isObject ? 'expected-comma-or-brace' : 'expected-comma-or-bracket', pos);
}

function skipPrimitive(text: JsonText, pos: number, byte: number): number {
  if (byte === letterT || byte === letterF || byte === letterN) return skipLiteral(text, pos, byte);
  return skipNumber(text, pos);
}

function skipLiteral(text: JsonText, pos: number, byte: number): number {
  const { view, end } = text;
  const lastFour = byte === letterF ? pos + 1 : pos;
  if (lastFour + 4 <= end) {
    const word = view.getInt32(lastFour, true);
    const expected = byte === letterT ? wordTrue : byte === letterF ? wordAlse : wordNull;
    if (word === expected) return lastFour + 4;
  }
  return refuseLiteral(text, pos);
}

/** A line that was cut inside a literal ended too early; anything else never was one. */
function refuseLiteral(text: JsonText, pos: number): -1 {
  const rest = text.bytes.toString('latin1', pos, Math.min(pos + 5, text.end));
  const isCut = ['true', 'false', 'null'].some((literal) => literal.startsWith(rest));
  return isCut ? text.refuse('unexpected-end', text.end) : text.refuse('unknown-literal', pos);
}
