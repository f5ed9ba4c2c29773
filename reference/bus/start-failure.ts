import { statSync } from 'node:fs';
import type { Pool } from './pool.ts';
import type { WorkerExit } from './worker.ts';

/** A worker that could not be started when the bus was. */
export interface StartFailure {
  /** Index of its pool in the configuration. */
  readonly pool: number;
  /** The member that is to blame. */
  readonly member: 'command' | 'cwd';
  readonly reason: string;
}

/** Says what kept a worker of this pool from being started. Implements CFG-3. */
export function startFailureFromExit({ index, settings }: Pool, exit: WorkerExit): StartFailure {
  const { cwd, command } = settings;
  // The system says the same of a program and of a folder that are not there.
  if (cwd !== undefined && !isFolder(cwd)) {
    const reason = `there is no such folder: ${JSON.stringify(cwd)}`;
    return { pool: index, member: 'cwd', reason };
  }
  const reason = `${JSON.stringify(command)} ${exit.reason ?? 'has ended'}`;
  return { pool: index, member: 'command', reason };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
