import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { descendantsOf, processTable } from './process-table.ts';

const stopTimeoutMs = 3000;
const pollMs = 5;
const keptStderrBytes = 4096;

/** Groups that may still have members. */
const groups = new Map<number, ChildProcess>();

/** A process that leads a group of its own, so that all that it starts can be ended with it. */
export interface ProcessGroup {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Why it is no longer there; undefined while it runs. */
  readonly death: string | undefined;
  /** Waits so long for its end: a broken connection is seen before it. */
  deathWithin(ms: number): Promise<string | undefined>;
  /** SIGTERM, and SIGKILL where that is not enough; resolves when no member is left. */
  stop(): Promise<void>;
}

/** Where and with what it runs. */
export interface Surroundings {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Starts it. Rejects where it cannot be executed. */
export async function startGroup(
  argv: readonly string[],
  stdin: 'ignore' | 'pipe' = 'ignore',
  surroundings: Surroundings = {},
) {
  const [command, ...args] = argv;
  const stdio = [stdin, 'pipe', 'pipe'] as const;
  const child = spawn(String(command), args, {
    ...surroundings,
    detached: true,
    stdio: [...stdio],
  });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-keptStderrBytes);
  });
  if (stdin === 'ignore') child.stdout?.resume();
  const pid = child.pid as number;
  if (pid !== undefined) groups.set(pid, child);
  await once(child, 'spawn');

  const group: ProcessGroup = {
    pid,
    child,
    get death() {
      if (child.exitCode === null && child.signalCode === null) return undefined;
      const how = child.signalCode ?? `exit code ${child.exitCode}`;
      const last = lastWords(stderr);
      return last === '' ? `ended: ${how}` : `ended: ${how}: ${last}`;
    },
    async deathWithin(ms) {
      if (group.death !== undefined || ms === 0) return group.death;
      // A timer that stays would keep this process waiting for it.
      const { signal, abort } = abortable();
      const closed = once(child, 'close', { signal });
      const late = delay(ms, undefined, { signal });
      await Promise.race([closed, late]).finally(abort);
      await Promise.allSettled([closed, late]);
      return group.death;
    },
    async stop() {
      const members = [pid, ...descendantsOf(pid)];
      signalTo(pid, 'SIGTERM');
      for (const deadline = Date.now() + stopTimeoutMs; Date.now() < deadline; ) {
        if (!isAnyAlive(pid, members)) break;
        await delay(pollMs);
      }
      killMembers(pid, members);
      groups.delete(pid);
    },
  };
  return group;
}

/** Ends every group at once; for exit handlers, which cannot wait. */
export function killGroups(): void {
  for (const pid of groups.keys()) killMembers(pid, [pid, ...descendantsOf(pid)]);
  groups.clear();
}

/** The last line, or the last that speaks of an error: Node ends a crash with its version. */
function lastWords(stderr: string): string {
  const lines = stderr.trimEnd().split('\n');
  return lines.findLast((line) => /^\w*error\b/i.test(line)) ?? (lines.at(-1) as string);
}

function abortable(): { signal: AbortSignal; abort(): void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

function isAnyAlive(group: number, members: readonly number[]): boolean {
  const table = processTable();
  if (table.length === 0) return [-group, ...members].some((pid) => signalTo(pid, 0));
  // An orphan that has ended may stay a zombie for a while.
  return table.some(
    (entry) => !entry.isZombie && (entry.group === group || members.includes(entry.pid)),
  );
}

function killMembers(group: number, members: readonly number[]): void {
  for (const pid of [-group, ...members]) signalTo(pid, 'SIGKILL');
}

/** False where there is no such process or group. */
function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
