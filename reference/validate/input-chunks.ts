import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';

/**
 * The bytes of a file, or of standard input for `-`, as they are read. Its iteration throws what the
 * system says, and an AbortError once the signal aborts.
 */
export function inputChunks(file: string, signal: AbortSignal): Readable {
  return addAbortSignal(signal, file === '-' ? process.stdin : createReadStream(file));
}
