import type { Random } from '../scene/random.ts';

/** One thing that happens in a chaos scenario. Numbers pick a client, a session or a worker. */
export type ChaosStep =
  | {
      readonly do: 'request' | 'hold' | 'notify';
      readonly client: number;
      readonly session: number;
    }
  /** The worker of a session says something of it; now and then another one does. */
  | {
      readonly do: 'worker-notifies' | 'worker-asks';
      readonly session: number;
      readonly isForeign: boolean;
      readonly worker: number;
    }
  /** Waits for the answer to a client's last request. */
  | { readonly do: 'wait'; readonly client: number }
  /** Answers everything that a worker holds, in the reverse order. */
  | { readonly do: 'release'; readonly worker: number }
  | { readonly do: 'kill' | 'exit' | 'stop' | 'continue' | 'half-line'; readonly worker: number }
  | { readonly do: 'bad-bytes' | 'cut' | 'stall' | 'go-on'; readonly client: number };

export interface ChaosSize {
  readonly clients: number;
  readonly sessions: number;
  readonly workers: number;
  readonly steps: number;
}

/** Faults are rare among the traffic that shows what they do. */
const weights: Readonly<Record<ChaosStep['do'], number>> = {
  request: 40,
  hold: 10,
  notify: 8,
  'worker-notifies': 10,
  'worker-asks': 5,
  wait: 8,
  release: 10,
  kill: 3,
  exit: 1,
  'half-line': 1,
  stop: 1,
  continue: 3,
  'bad-bytes': 4,
  cut: 2,
  stall: 2,
  'go-on': 4,
};

/** The steps that a seed makes. The nth step is the same whatever steps are left out of a run. */
export function chaosSchedule(random: Random, size: ChaosSize): ChaosStep[] {
  const kinds = Object.entries(weights).flatMap(([kind, weight]) =>
    Array.from({ length: weight }, () => kind as ChaosStep['do']),
  );
  return Array.from(
    { length: size.steps },
    () =>
      ({
        do: random.pick(kinds),
        client: random.below(size.clients),
        session: random.below(size.sessions),
        worker: random.below(size.workers),
        isForeign: random.below(8) === 0,
      }) as ChaosStep,
  );
}
