import type { RawData } from 'ws';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The frame that a message is. An LF would end it in a bus; where JSON allows one, a CR means the same,
 * and where it does not, neither is allowed. The message's own bytes are changed.
 */
export function frameFromMessage(data: RawData): Buffer {
  // Both sides are left at `nodebuffer`, the library's default.
  const bytes = data as Buffer;
  for (
    let found = bytes.indexOf(lineFeed);
    found >= 0;
    found = bytes.indexOf(lineFeed, found + 1)
  ) {
    bytes[found] = carriageReturn;
  }
  return bytes;
}
