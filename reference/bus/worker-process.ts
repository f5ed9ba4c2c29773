import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { PoolSettings } from './settings.ts';

/**
 * Starts the process of a worker: in a process group of its own, with three pipes and nothing else.
 * Throws, or lets the process emit `error`, where the system refuses. Implements SEC-5, DRN-8.
 */
export function startProcess(pool: PoolSettings): ChildProcessWithoutNullStreams {
  return spawn(pool.command, [...pool.args], {
    cwd: pool.cwd,
    env: { ...process.env, ...pool.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
}
