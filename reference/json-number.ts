import type { JsonText } from './json-text.ts';

/** Skips a number, or names the fault of what should be a value and is none. */
export function skipNumber(text: JsonText, start: number): number {
  const { view, end } = text;
  let pos = start | 0;
  if (view.getUint8(pos) === 0x2d) pos = (pos + 1) | 0;
  const integerStart = pos;
  pos = skipDigits(text, pos) | 0;
  if (pos === integerStart) {
    return text.unexpected(pos === start ? 'expected-value' : 'expected-digit', pos);
  }
  if (view.getUint8(integerStart) === 0x30 && pos > integerStart + 1) {
    return text.refuse('leading-zero', integerStart);
  }
  if (pos < end && view.getUint8(pos) === 0x2e) {
    const fractionStart = pos + 1;
    pos = skipDigits(text, fractionStart) | 0;
    if (pos === fractionStart) return text.unexpected('expected-digit', pos);
  }
  if (pos < end && (view.getUint8(pos) | 0x20) === 0x65) return skipExponent(text, pos + 1);
  return pos;
}

function skipExponent(text: JsonText, start: number): number {
  const { view, end } = text;
  let digitsStart = start;
  if (start < end && (view.getUint8(start) === 0x2b || view.getUint8(start) === 0x2d)) {
    digitsStart++;
  }
  const pos = skipDigits(text, digitsStart) | 0;
  return pos === digitsStart ? text.unexpected('expected-digit', pos) : pos;
}

function skipDigits(text: JsonText, start: number): number {
  const { view, end } = text;
  let pos = start | 0;
  while (pos < end && (view.getUint8(pos) - 0x30) >>> 0 < 10) pos = (pos + 1) | 0;
  return pos;
}
