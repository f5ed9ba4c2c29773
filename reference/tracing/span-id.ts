import { randomBytes } from 'node:crypto';

/** A span's id: 16 hexadecimal digits that are not all zero. */
export function newSpanId(): string {
  const id = randomBytes(8);
  id[0] = (id[0] as number) | 1;
  return id.toString('hex');
}
