import { isUtf8 } from 'node:buffer';

/**
 * Bytes as text in which every byte is seen: ␊ for LF, ␍ for CR, and so on; \xFF for what is no
 * UTF-8. Longer ones are cut, and it is said how many of `byteCount` are left out.
 */
export function seenBytes(bytes: Buffer, longest: number, byteCount = bytes.length): string {
  const part = bytes.length <= longest ? bytes : wholeCharacters(bytes.subarray(0, longest));
  const text = isUtf8(part) ? part.toString() : hexed(part);
  const seen = text.replace(/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/gu, picture);
  if (part.length === byteCount) return seen;
  return `${seen}\n… ${byteCount - part.length} of ${byteCount} bytes left out`;
}

/** Without what is left of a character at the end. */
function wholeCharacters(bytes: Buffer): Buffer {
  let lead = bytes.length - 1;
  while (lead > bytes.length - 4 && ((bytes[lead] as number) & 0xc0) === 0x80) lead--;
  const first = bytes[lead] ?? 0;
  const width = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  return lead + width > bytes.length ? bytes.subarray(0, lead) : bytes;
}

function hexed(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\x80-\xff]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function picture(control: string): string {
  const code = control.codePointAt(0) as number;
  if (code === 0x0a) return '␊\n';
  if (code === 0x7f) return '␡';
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : `\\u{${code.toString(16)}}`;
}
