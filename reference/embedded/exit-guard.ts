/** Says which workers run, by process id. */
export type WorkerPids = () => Iterable<number>;

const guarded = new Set<WorkerPids>();

/**
 * Kills the workers of a bus, and what they have started, when this process ends without having
 * drained it: by `process.exit`, or by an error that nobody caught. The result takes it back. A signal
 * that ends the process at once leaves no time: the workers then see the end of their stdin (WRK-8).
 * Serves DRN-5.
 */
export function guardWorkers(pids: WorkerPids): () => void {
  if (guarded.size === 0) process.on('exit', killGuarded);
  guarded.add(pids);
  return () => {
    guarded.delete(pids);
    if (guarded.size === 0) process.off('exit', killGuarded);
  };
}

function killGuarded(): void {
  for (const pids of guarded) {
    for (const pid of pids()) {
      try {
        // Each worker leads a process group of its own.
        process.kill(-pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
  }
}
