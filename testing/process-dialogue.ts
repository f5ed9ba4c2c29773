import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Received } from '../reference/faults/frame-connection.ts';
import { until } from '../reference/faults/process-table.ts';
import { validateReadResponse } from '../schemas/generated/process.validate.ts';
import { build, startWorker, type WorkerProcess, workerDeadlineMs } from './worker-process.ts';

/** Where commands are looked for. */
export const path = process.env.PATH ?? '/usr/bin:/bin';

interface Chunk {
  readonly seq: number;
  readonly stream: string;
  readonly chunk: string;
}

/** What a `process/read` has told. */
export interface Read {
  readonly chunks: Chunk[];
  readonly nextSeq: number;
  readonly exited: boolean;
  readonly exitCode: number | null;
  readonly closed: boolean;
}

/** What is said to a worker of the profile, in the session `s` by default. */
export function startProcessWorker(t: Test, ...options: string[]) {
  // By this variable, whatever a command leaves behind is found.
  const inherited = options.includes('--inherit-env') ? [] : ['--inherit-env', 'WORKER_TEST_RUN'];
  const args = ['worker', 'process', ...inherited, ...options];
  const command = [process.execPath, `${build}/cli.js`, ...args];
  const worker: WorkerProcess = startWorker(t, command);
  let nextId = 1;
  const send = (method: string, params: object, sessionId = 's') => {
    const id = nextId++;
    worker.frames.send({ jsonrpc: '2.0', id, method, sessionId, params });
    return id;
  };
  const words = {
    worker,
    send,
    response: (id: number) => worker.frames.response(id, workerDeadlineMs),
    ask: (method: string, params: object, sessionId = 's') =>
      words.response(send(method, params, sessionId)),
    run: (processId: string, argv: readonly string[], more: object = {}) =>
      words.ask('process/start', { processId, argv, cwd: '/', env: { PATH: path }, ...more }),
    shell: (processId: string, script: string, more: object = {}) =>
      words.run(processId, ['sh', '-c', script], more),
    async read(params: { processId: string; [member: string]: unknown }) {
      const answer = await words.ask('process/read', params);
      if (!validateReadResponse(JSON.parse(answer.text))) throw new Error(answer.text);
      return answer.result as unknown as Read;
    },
    /** Its next notification. */
    event: (method: string, processId: string) =>
      worker.frames.take(
        (frame) => frame.method === method && frame.params?.processId === processId,
        { what: `${method} of ${processId}`, deadlineMs: workerDeadlineMs },
      ),
    /** All of its events, once it is closed. */
    async events(processId: string): Promise<Received[]> {
      const closed = await words.event('process/closed', processId);
      const own = worker.frames.queued.filter((frame) => frame.params?.processId === processId);
      return [...own.filter(({ method }) => method !== undefined), closed];
    },
    async end() {
      worker.stdin.end();
      return worker.exit();
    },
  };
  return words;
}

/** What the chunks say. */
export const text = (chunks: readonly { readonly chunk: string }[]) =>
  Buffer.concat(chunks.map(({ chunk }) => Buffer.from(chunk, 'base64'))).toString();

/** A folder of the test alone. */
export function folder(t: Test): string {
  const made = realpathSync(mkdtempSync(join(tmpdir(), 'process-worker-')));
  t.teardown(() => rmSync(made, { recursive: true }));
  return made;
}

/** The process ids that a command has printed, once it has. */
export async function printedPids(read: () => Promise<Read>, count: number): Promise<number[]> {
  return until(
    'the processes have told their ids',
    async () => {
      const pids = text((await read()).chunks)
        .trim()
        .split(/\s+/)
        .map(Number);
      return pids.length >= count && pids.every((pid) => pid > 0) && pids;
    },
    workerDeadlineMs,
  );
}
