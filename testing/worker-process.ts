import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import {
  createFrameConnection,
  type FrameConnection,
  linesOf,
  within,
} from '../reference/faults/frame-connection.ts';
import { pidsWithEnvironment, until } from '../reference/faults/process-table.ts';
import type { Owner } from './bus-process.ts';

/** The folder of the build that runs. */
export const build = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** The machine may be busy. */
export const workerDeadlineMs = 30_000;

/** A worker that runs as a bus would start it: in a process group of its own, with three pipes. */
export interface WorkerProcess {
  readonly pid: number;
  readonly frames: FrameConnection;
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** What it has written until now, line by line. */
  readonly lines: readonly string[];
  readonly stderr: readonly string[];
  signal(signal: NodeJS.Signals): void;
  /** Waits for the end of the process, and of its stdout. */
  exit(): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** Whatever it has started and that still runs. */
  leftovers(): number[];
}

/** Starts a worker; what is left of it is killed with the owner. */
export function startWorker(
  owner: Owner,
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): WorkerProcess {
  const [program = '', ...args] = command;
  const mark = `WORKER_TEST_RUN=${randomUUID()}`;
  const [name, value] = mark.split('=') as [string, string];
  const { PATH, HOME } = process.env;
  const child = spawn(program, args, {
    env: { PATH, HOME, KIT_BUILD: build, ...env, [name]: value },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const pid = child.pid as number;
  const closed = once(child, 'close');
  const lines: string[] = [];
  const stderr: string[] = [];
  const frames = createFrameConnection(child.stdout, child.stdin);
  linesOf(child.stdout, (line) => lines.push(line));
  linesOf(child.stderr, (line) => stderr.push(line));
  const left = () => pidsWithEnvironment(mark);
  owner.teardown(async () => {
    await until(
      'the worker and all that it started have ended',
      () => {
        for (const each of left()) killQuietly(each);
        return left().length === 0;
      },
      workerDeadlineMs,
    );
    frames.destroy();
  });
  return {
    pid,
    frames,
    stdin: child.stdin,
    stdout: child.stdout,
    lines,
    stderr,
    signal: (signal) => void process.kill(pid, signal),
    async exit() {
      const [code, signal] = await within(closed, 'the end of the worker', workerDeadlineMs);
      return { code, signal };
    },
    leftovers: () => left().filter((each) => each !== pid),
  };
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
