/**
 * The position after the multi-byte UTF-8 sequence that begins at `pos` (a byte of 0x80 or more), or
 * -1 where it is none: cut short, overlong, a surrogate, or beyond U+10FFFF (RFC 3629, section 4).
 */
export function skipUtf8Sequence(view: DataView, pos: number, end: number): number {
  const lead = view.getUint8(pos);
  if (lead < 0xc2) return -1;
  if (lead < 0xe0) return isContinuation(view, pos + 1, end) ? pos + 2 : -1;
  if (!isContinuation(view, pos + 1, end) || !isContinuation(view, pos + 2, end)) return -1;
  const second = view.getUint8(pos + 1);
  if (lead < 0xf0) {
    const isOverlong = lead === 0xe0 && second < 0xa0;
    const isSurrogate = lead === 0xed && second >= 0xa0;
    return isOverlong || isSurrogate ? -1 : pos + 3;
  }
  if (lead > 0xf4 || !isContinuation(view, pos + 3, end)) return -1;
  const isOverlong = lead === 0xf0 && second < 0x90;
  const isTooHigh = lead === 0xf4 && second >= 0x90;
  return isOverlong || isTooHigh ? -1 : pos + 4;
}

function isContinuation(view: DataView, pos: number, end: number): boolean {
  return pos < end && (view.getUint8(pos) & 0xc0) === 0x80;
}
