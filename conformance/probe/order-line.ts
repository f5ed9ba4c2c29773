import { writeSync } from 'node:fs';
import type { Socket } from 'node:net';

/**
 * Writes an order at once, past the stream: a stream that cannot write is destroyed, with all that
 * its worker had reported and nobody has read yet. What the system has no room for goes through it.
 */
export function writeOrder(socket: Socket, order: object): void {
  const line = Buffer.from(`${JSON.stringify(order)}\n`);
  const fd = (socket as unknown as { _handle?: { fd?: number } })._handle?.fd;
  if (fd === undefined || fd < 0 || socket.writableLength > 0) {
    if (!socket.destroyed) socket.write(line);
    return;
  }
  let written = 0;
  try {
    written = writeSync(fd, line);
  } catch (error) {
    // The worker is gone; that is seen where its reports end.
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
  }
  if (written < line.length) socket.write(line.subarray(written));
}
