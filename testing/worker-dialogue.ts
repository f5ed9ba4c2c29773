import type { Test } from 'tap';
import type { Received } from '../reference/faults/frame-connection.ts';
import type { CreateWorkerOptions } from '../reference/worker/create-worker.ts';
import { validateCodexFrame } from '../schemas/generated/codex.validate.ts';
import { validateFrame } from '../schemas/generated/frame.validate.ts';
import type { Dialect } from '../schemas/generated/subject.ts';
import { root } from './run-cli.ts';
import { build, startWorker, type WorkerProcess, workerDeadlineMs } from './worker-process.ts';

type Given = Partial<Omit<CreateWorkerOptions, 'methods'>>;

/** A worker under test, and the words that it is spoken to with. */
export interface Dialogue {
  readonly worker: WorkerProcess;
  /** Sends a frame of the dialect. */
  send(...frames: object[]): void;
  /** Sends a request; its response. */
  ask(method: string, params?: object, more?: object): Promise<Received>;
  response(id: unknown): Promise<Received>;
  notification(method: string): Promise<Received>;
  /** Waits for its end, and checks that it wrote frames of the dialect only. */
  exit(): ReturnType<WorkerProcess['exit']>;
}

/** A worker made with the kit, ready for requests. */
export function kitDialogue(t: Test, dialect: Dialect, options: Given = {}): Promise<Dialogue> {
  const script = `${root}reference/worker/fixtures/kit-worker.mjs`;
  const command = [process.execPath, script, JSON.stringify({ dialect, ...options })];
  return dialogue(t, { command, dialect, isHandshakeDue: dialect === 'codex' });
}

export interface WrapOptions {
  readonly dialect?: Dialect;
  /** Options of `worker wrap`. */
  readonly options?: readonly string[];
  /** How the plain server behaves. */
  readonly ways?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The command of a wrapped plain server. */
export function wrapCommandLine({ dialect = 'jsonrpc', options = [], ways = [] }: WrapOptions) {
  const server = [process.execPath, `${root}reference/worker/fixtures/plain-server.mjs`, ...ways];
  const wrap = [`${build}/cli.js`, 'worker', 'wrap', '--dialect', dialect, ...options];
  return [process.execPath, ...wrap, '--', ...server];
}

/** A plain server, wrapped by the command. */
export function wrapDialogue(t: Test, wrapped: WrapOptions = {}): Promise<Dialogue> {
  const { dialect = 'jsonrpc', env } = wrapped;
  const command = wrapCommandLine(wrapped);
  return dialogue(t, { command, dialect, isHandshakeDue: false, ...(env ? { env } : {}) });
}

async function dialogue(
  t: Test,
  start: {
    command: readonly string[];
    dialect: Dialect;
    isHandshakeDue: boolean;
    env?: Readonly<Record<string, string>>;
  },
): Promise<Dialogue> {
  const { command, dialect, isHandshakeDue, env } = start;
  const worker = startWorker(t, command, env);
  const isFrame = dialect === 'codex' ? validateCodexFrame : validateFrame;
  const envelope = dialect === 'codex' ? {} : { jsonrpc: '2.0' };
  let nextId = 1;
  const words: Dialogue = {
    worker,
    send: (...frames) => worker.frames.send(...frames.map((each) => ({ ...envelope, ...each }))),
    async ask(method, params, more = {}) {
      const id = `ask-${nextId++}`;
      words.send({ id, method, ...(params === undefined ? {} : { params }), ...more });
      return words.response(id);
    },
    response: (id) => worker.frames.response(id, workerDeadlineMs),
    notification: (method) =>
      worker.frames.take((frame) => frame.method === method, {
        what: `the notification ${method}`,
        deadlineMs: workerDeadlineMs,
      }),
    async exit() {
      const exit = await worker.exit();
      const strange = worker.lines.filter((line) => !isFrame(parsed(line)));
      t.same(strange, [], 'frames and nothing else on stdout');
      return exit;
    },
  };
  if (isHandshakeDue) {
    await words.ask('initialize', { clientInfo: { name: 'test', version: '1' } });
    words.send({ method: 'initialized' });
  }
  return words;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
