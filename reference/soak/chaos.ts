import type { BusProcess } from '../../testing/bus-process.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';

export interface ChaosOptions {
  readonly buses: readonly BusProcess[];
  readonly random: Random;
  readonly ledger: Ledger;
  readonly wait: (ms: number) => Promise<void>;
  readonly isOver: () => boolean;
}

/** Kills and stops workers at random, until the soak is over. Each that was stopped goes on. */
export async function runChaos({ buses, random, ledger, wait, isOver }: ChaosOptions) {
  const stalled = new Set<Promise<void>>();
  while (!isOver()) {
    await wait(random.integer(100, 2000));
    const workers =
      random
        .pick(buses)
        ?.children()
        .filter((each) => each.state !== 'Z') ?? [];
    const worker = random.pick(workers);
    if (worker === undefined || isOver()) continue;
    if (random.chance(0.6)) {
      if (send(worker.pid, 'SIGKILL')) ledger.count('kills');
    } else if (send(worker.pid, 'SIGSTOP')) {
      ledger.count('worker stalls');
      const stall = wait(random.integer(50, 3000)).then(() => void send(worker.pid, 'SIGCONT'));
      stalled.add(stall);
      void stall.then(() => stalled.delete(stall));
    }
  }
  await Promise.all(stalled);
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
    return false;
  }
}
