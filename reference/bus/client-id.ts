/**
 * A client's id in its own spelling: a plain integer of few digits as the number, since it can be
 * spelled in no other way; anything else as text with one character for each byte. Serves FRM-7.
 */
export type ClientId = number | string;

/** So many digits always fit a small integer, which costs no memory of its own. */
const mostDigits = 9;

/** The id at [start, end), which was found to be a JSON number or string. */
export function clientIdFrom(bytes: Buffer, start: number, end: number): ClientId {
  if (end - start > mostDigits) return bytes.toString('latin1', start, end);
  let id = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - 0x30;
    if (digit < 0 || digit > 9) return bytes.toString('latin1', start, end);
    id = id * 10 + digit;
  }
  return id;
}
