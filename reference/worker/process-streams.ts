import { Writable } from 'node:stream';
import { openStdout } from '../bus/stdio-stream.ts';
import { openStderr, type StderrStream } from '../daemon/stderr-stream.ts';

/**
 * This process's stdout for frames alone. From now on whatever is written with `console.log` or
 * `process.stdout` goes to stderr. A child process that inherits stdout still can spoil it: give it a
 * stdout of its own. Implements WRK-1.
 */
export function takeStdout(stderr: StderrStream): Writable {
  const stdout = openStdout();
  // The stream itself where it is a terminal, for instance.
  const frames = stdout === process.stdout ? writableThrough(process.stdout) : stdout;
  const write = (chunk: unknown, encoding?: unknown, done?: unknown): boolean => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString();
    stderr.write(text);
    const call = typeof encoding === 'function' ? encoding : done;
    if (typeof call === 'function') process.nextTick(call as () => void);
    return true;
  };
  const end = (chunk?: unknown): Writable => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) write(chunk);
    return process.stdout;
  };
  Object.assign(process.stdout, { write, end });
  return frames;
}

/** A stream that writes as the other one does now, whatever becomes of its `write`. */
function writableThrough(stream: Writable): Writable {
  const write = stream.write.bind(stream) as (chunk: Buffer, done: () => void) => boolean;
  return new Writable({ write: (chunk, _encoding, done) => void write(chunk, () => done()) });
}

/** Opens stderr for this process, and keeps a closed one from ending it. */
export function takeStderr(name: string): StderrStream {
  // For those who write to it directly.
  process.stderr.on('error', () => {});
  return openStderr(name);
}
