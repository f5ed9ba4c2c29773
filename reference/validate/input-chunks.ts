import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  openSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { Socket } from 'node:net';
import { addAbortSignal, type Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';
import { ClosedInput } from './input-error.ts';

/**
 * The bytes of a file, or of standard input for `-`, as they are read. Its iteration throws what the
 * system says, and an AbortError once the signal aborts. Throws what keeps a device from being opened.
 */
export function inputChunks(file: string, signal: AbortSignal): Readable {
  return addAbortSignal(signal, file === '-' ? standardInput() : opened(file));
}

function standardInput(): Readable {
  if (isStandardInputClosed()) throw new ClosedInput();
  return process.stdin;
}

/** Node opens the null device to read and write where there was no standard input. */
function isStandardInputClosed(): boolean {
  try {
    if (!fstatSync(0).isCharacterDevice() || fstatSync(0).rdev !== statSync('/dev/null').rdev) {
      return false;
    }
    const [, flags = '0'] =
      /^flags:\s*(\d+)/m.exec(readFileSync('/proc/self/fdinfo/0', 'utf8')) ?? [];
    return (Number.parseInt(flags, 8) & 3) === constants.O_RDWR;
  } catch {
    return false;
  }
}

/** Opening or reading a FIFO or terminal may take for ever: these are watched, not waited for. */
function opened(file: string): Readable {
  const kind = statSync(file, { throwIfNoEntry: false });
  if (!kind?.isFIFO() && !kind?.isCharacterDevice()) return createReadStream(file);
  const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  if (kind.isFIFO()) return new Socket({ fd, readable: true, writable: false });
  if (isatty(fd)) return new ReadStream(fd);
  closeSync(fd);
  return createReadStream(file);
}
