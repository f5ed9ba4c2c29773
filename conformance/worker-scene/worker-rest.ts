import { stateOf, usageOf } from '../subject/process-table.ts';
import type { WorkerPipes } from './worker-pipes.ts';

/** How long a worker that waits for its reader has had nothing to do, in milliseconds. */
const restMs = 200;

/**
 * Says, each time it is asked, whether the pipe that nobody reads is full and the worker rests: it was
 * not running, and used no processor time, for a while. Where the system does not show that, the full
 * pipe has to do.
 */
export function restWatch(pid: number, pipes: WorkerPipes): () => boolean {
  let usedUs: number | undefined;
  let restsSinceMs = 0;
  return () => {
    if (!pipes.isFull) return false;
    const nowMs = performance.now();
    const beforeUs = usedUs;
    usedUs = usageOf(pid)?.cpuUs;
    if (usedUs === undefined) return true;
    if (usedUs !== beforeUs || stateOf(pid) === 'R') restsSinceMs = nowMs;
    return nowMs - restsSinceMs >= restMs;
  };
}
