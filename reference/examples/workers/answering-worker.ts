import { createInterface } from 'node:readline';

/** A frame, as JSON.parse gives it. */
export interface WorkerFrame {
  readonly id?: number | string;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** What a worker of the examples does with a request; what it returns is the result. */
export type Work = (request: WorkerFrame) => unknown;

/** Sends a request to the owner of a session, and resolves with the result. */
export type Ask = (method: string, sessionId: string, params: object) => Promise<unknown>;

/**
 * Runs a worker of the examples on this process's stdin and stdout: just enough of spec/worker.md. It
 * answers what `work` returns, and ends when it is asked to and has answered everything (WRK-7, WRK-8).
 */
export function runWorker(work: (ask: Ask) => Readonly<Record<string, Work>>): void {
  const questions = new Map<unknown, (answer: WorkerFrame) => void>();
  let lastQuestion = -1;
  let pending = 0;
  let isEnding = false;

  const send = (frame: object) =>
    process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...frame })}\n`);
  const ask: Ask = (method, sessionId, params) =>
    new Promise((resolve, reject) => {
      const id = ++lastQuestion;
      questions.set(id, ({ result, error }) =>
        error === undefined ? resolve(result) : reject(new Error(error.message)),
      );
      send({ id, method, sessionId, params });
    });
  const methods = work(ask);
  const endIfDone = () => {
    // Written and read by now, so nothing is cut off.
    if (isEnding && pending === 0) process.exit(0);
  };

  const answer = async (request: WorkerFrame) => {
    const { id, sessionId, method = '' } = request;
    pending++;
    try {
      const run = methods[method];
      if (run === undefined) throw new Error(`there is no method ${method}`);
      send({ id, sessionId, result: await run(request) });
    } catch (error) {
      send({ id, sessionId, error: { code: -32_603, message: (error as Error).message } });
    }
    pending--;
    endIfDone();
  };

  const end = () => {
    isEnding = true;
    endIfDone();
  };
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const frame: WorkerFrame = JSON.parse(line);
      if (frame.method === undefined) {
        questions.get(frame.id)?.(frame);
        questions.delete(frame.id);
      } else if (frame.id !== undefined) void answer(frame);
    })
    .on('close', end);
  process.on('SIGTERM', () => setImmediate(end));
}
