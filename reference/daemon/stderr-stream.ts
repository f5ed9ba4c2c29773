import { createWriteStream, fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { isatty } from 'node:tty';

/** So much waits for a slow reader; what comes then is lost, and counted. */
const maxQueuedBytes = 1024 * 1024;

/** The process's stderr, as far as it takes what it is given. */
export interface StderrStream {
  readonly isTerminal: boolean;
  /** Writes whole lines, LF included. Never waits, and never fails. */
  write(text: string): void;
  /** Resolves when everything was written, or when the time is over. */
  flush(timeoutMs: number): Promise<void>;
}

/**
 * Opens stderr so that it can hold up nobody: node's own `process.stderr` waits for a slow reader,
 * and throws where it is closed. Lines that do not fit into 1 MiB are lost, and counted in a line.
 * Serves SEC-3 and SEC-4.
 */
export function openStderr(name = 'stdio_bus'): StderrStream {
  const stream = streamOf(2);
  let isClosed = false;
  let lostLines = 0;
  stream.on('error', () => {
    // Nobody reads it any more: there is nobody left to tell.
    isClosed = true;
  });
  stream.on('drain', () => {
    if (lostLines > 0) stream.write(`${name}: ${lostLines} lines of log were lost: slow stderr\n`);
    lostLines = 0;
  });
  return {
    isTerminal: isatty(2),
    write(text) {
      if (isClosed) return;
      if (stream.writableLength > maxQueuedBytes) lostLines++;
      else stream.write(text);
    },
    flush: (timeoutMs) =>
      new Promise((resolve) => {
        if (isClosed || stream.writableLength === 0) return resolve();
        setTimeout(resolve, timeoutMs);
        stream.once('error', () => resolve());
        stream.write('', () => resolve());
      }),
  };
}

function streamOf(fd: number): Writable {
  const status = fstatSync(fd);
  // The others, a terminal too, are written by another thread.
  return status.isFIFO() || status.isSocket()
    ? new Socket({ fd, readable: false, writable: true }).unref()
    : createWriteStream('', { fd, autoClose: false });
}
