import type { Readable, Writable } from 'node:stream';
import { type Log, silentLog } from '../bus/log.ts';
import type { StderrStream } from '../daemon/stderr-stream.ts';
import { takeStderr, takeStdout } from './process-streams.ts';
import { createWorkerLog } from './worker-log.ts';

export interface WorkerStreams {
  readonly input: Readable;
  readonly output: Writable;
  readonly log: Log;
  /** This process's stderr, where the worker has taken the process's own streams. */
  readonly stderr: StderrStream | undefined;
}

/** The streams that are given, or the process's own. Throws a TypeError where only one is given. */
export function openWorkerStreams(
  given: { readonly input?: Readable; readonly output?: Writable; readonly log?: Log },
  name: string,
): WorkerStreams {
  const { input, output } = given;
  if (input !== undefined && output !== undefined) {
    return { input, output, log: given.log ?? silentLog, stderr: undefined };
  }
  if (input !== undefined || output !== undefined) {
    throw new TypeError('a worker takes input and output, or none of the two');
  }
  const stderr = takeStderr(name);
  const log = given.log ?? createWorkerLog(stderr);
  return { input: process.stdin, output: takeStdout(stderr), log, stderr };
}
