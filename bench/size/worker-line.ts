import { createInterface } from 'node:readline';
import type { Pool } from '../../schemas/generated/bus-config.ts';
import { nowNs } from '../load/now.ts';
import { type ProcessGroup, startGroup } from '../subjects/process-group.ts';

export interface Answer {
  readonly tookMs: number;
  /** Of an error response: its message. */
  readonly error: string | undefined;
}

/** A worker that is spoken to on its own pipes, without a bus. */
export interface WorkerLine {
  readonly group: ProcessGroup;
  /** Resolves with its answer. Rejects when the worker ends, or at the end of this time. */
  ask(request: object, sessionId: string, timeoutMs: number): Promise<Answer>;
}

interface Waiting {
  readonly sentNs: number;
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** Starts a worker as the pool says. Rejects where it cannot be executed. */
export async function startWorker(pool: Pool, sessionField: string): Promise<WorkerLine> {
  const env = { ...process.env, ...pool.env };
  const surroundings = { env, ...(pool.cwd !== undefined && { cwd: pool.cwd }) };
  const group = await startGroup([pool.command, ...(pool.args ?? [])], 'pipe', surroundings);
  const { stdin, stdout } = group.child;
  if (stdin === null || stdout === null) throw new Error('the worker has no pipes');
  const waiting = new Map<number, Waiting>();
  let ids = 0;
  stdin.on('error', () => {});
  createInterface({ input: stdout }).on('line', (line) => {
    const frame = frameFrom(line);
    if (frame === undefined) return;
    if (typeof frame.method === 'string') {
      // What it asks of its user, nobody is here to say.
      if (frame.id !== undefined) stdin.write(refusalOf(frame.id));
      return;
    }
    const asked = waiting.get(frame.id as number);
    if (asked === undefined) return;
    waiting.delete(frame.id as number);
    const error = frame.error === undefined ? undefined : messageOf(frame.error);
    asked.resolve({ tookMs: (nowNs() - asked.sentNs) / 1e6, error });
  });
  group.child.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error(`the worker ${group.death}`));
    waiting.clear();
  });

  return {
    group,
    ask(request, sessionId, timeoutMs) {
      const id = ids++;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(id);
          reject(new Error(`the worker gave no answer in ${timeoutMs / 1000} s`));
        }, timeoutMs);
        const settled =
          <T>(settle: (value: T) => void) =>
          (value: T) => {
            clearTimeout(timer);
            settle(value);
          };
        const line = lineOf(request, { id, sessionId, sessionField });
        waiting.set(id, { sentNs: nowNs(), resolve: settled(resolve), reject: settled(reject) });
        if (group.death !== undefined) reject(new Error(`the worker ${group.death}`));
        else stdin.write(line);
      });
    },
  };
}

/** `{session}` anywhere in the request stands for the id of the session. */
function lineOf(
  request: object,
  { id, sessionId, sessionField }: { id: number; sessionId: string; sessionField: string },
): string {
  const text = JSON.stringify({ jsonrpc: '2.0', ...request, id, [sessionField]: sessionId });
  return `${text.replaceAll('{session}', sessionId)}\n`;
}

interface Frame {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly error?: unknown;
}

function frameFrom(line: string): Frame | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function refusalOf(id: unknown): string {
  const error = { code: -32601, message: 'no user is here while the worker is measured' };
  return `${JSON.stringify({ jsonrpc: '2.0', id, error })}\n`;
}

function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : JSON.stringify(error);
}
