import { createWriteStream, fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import { Duplex, type Writable } from 'node:stream';

/**
 * The process's own stdin and stdout as one connection. stdout is written without blocking: node's
 * own `process.stdout` would hold up everybody while a pipe is full (FLW-1).
 */
export function stdioStream(): Duplex {
  const stdout = openStdout();
  const stream = Duplex.from({ readable: process.stdin, writable: stdout });
  // Its own end does not reach stdin where stdout has ended before.
  stream.once('close', () => process.stdin.destroy());
  return Object.assign(stream, { unref: () => void (process.stdin as Partial<Socket>).unref?.() });
}

/** stdout, written without blocking wherever the system can: a pipe, a socket or a file. */
export function openStdout(): Writable {
  const status = fstatSync(1);
  if (status.isFIFO() || status.isSocket()) {
    return new Socket({ fd: 1, readable: false, writable: true });
  }
  if (status.isFile()) return createWriteStream('', { fd: 1, autoClose: false });
  return process.stdout;
}
