import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';
import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import type { BusErrorName } from '../../schemas/generated/error.ts';
import { validateBusErrorResponse } from '../../schemas/generated/hop.validate.ts';
import type { BusProcess } from '../../testing/bus-process.ts';
import type { FrameConnection, Received } from './frame-connection.ts';
import { isRunning, processEntry, until } from './process-table.ts';

/** Two folders up from the build, where the sources are: the worker needs none. */
export const probeWorker = fileURLToPath(
  new URL('../../../reference/faults/fixtures/probe-worker.mjs', import.meta.url),
);

export interface ProbePool {
  readonly id?: string;
  readonly instances?: number;
  /** Options of the probe worker. */
  readonly args?: readonly string[];
}

export type Limits = NonNullable<BusConfig['limits']>;
export type Routing = NonNullable<BusConfig['routing']>;

/** A configuration with pools of probe workers, each tagged with the id of its pool. */
export function probeConfig(
  pools: readonly ProbePool[] = [{}],
  limits: Limits = {},
  routing: Routing = {},
): BusConfig {
  return {
    pools: pools.map(({ id = 'main', instances = 1, args = [] }) => ({
      id,
      command: process.execPath,
      args: [probeWorker, '--tag', id, ...args],
      instances,
    })),
    limits,
    routing,
  } as BusConfig;
}

/** Checks that a response is this error of the bus, in the form of spec/errors.md. */
export function checkBusError(
  t: Test,
  response: Received,
  name: BusErrorName,
  data: { delivered?: boolean; retryable?: boolean } = {},
): void {
  const { text: _, ...frame } = response;
  t.ok(validateBusErrorResponse(frame), `a bus error: ${response.text.slice(0, 300)}`);
  t.match(response.error?.data, { name, ...data });
}

/** Kills a process with SIGKILL and waits until its exit is seen. */
export async function kill(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  await exitSeen(pid);
}

/** Waits until the process runs no more; a zombie does not. */
export async function exitSeen(pid: number, deadlineMs = 5000): Promise<void> {
  await until(`process ${pid} ends`, () => !isRunning(pid), deadlineMs);
}

/** Stops a process and waits until it is seen to stand still. */
export async function stall(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await until(`process ${pid} stands still`, () => processEntry(pid)?.state === 'T');
}

export interface WorkerStats {
  readonly pool: string;
  readonly slot: number;
  readonly incarnation: number;
  readonly pid: number | null;
  readonly state: string;
  readonly sessions: number;
  readonly pending: number;
}

/** What `stdio_bus/stats` says of the workers. */
export async function workerStats(client: FrameConnection): Promise<WorkerStats[]> {
  const { result } = await client.request('stdio_bus/stats');
  return result?.workers as unknown as WorkerStats[];
}

/** Waits until the worker of a slot is as asked. */
export function workerSeen(
  client: FrameConnection,
  wanted: Partial<WorkerStats>,
  deadlineMs?: number,
): Promise<WorkerStats> {
  const entries = Object.entries(wanted);
  const fits = (worker: WorkerStats) =>
    entries.every(([name, value]) => worker[name as keyof WorkerStats] === value);
  return until(
    `a worker with ${JSON.stringify(wanted)}`,
    async () => (await workerStats(client)).find(fits),
    deadlineMs,
  );
}

/** Waits until a request of a session is answered by a worker, over a restart that is going on. */
export function answered(client: FrameConnection, sessionId: string): Promise<Received> {
  return until(`an answer in the session ${sessionId}`, async () => {
    const response = await client.request('echo', {}, { sessionId });
    return response.error === undefined && response;
  });
}

/** Checks that a bus that has ended has left nothing behind. */
export function checkNothingLeft(t: Test, bus: BusProcess): void {
  t.same(bus.leftovers(), [], 'no process is left');
}
