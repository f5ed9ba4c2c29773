import type { Transport } from '../schemas/generated/bus-subject.ts';
import type { Judge } from './finding.ts';

/** How the suite reaches a subject: a bus as its clients do, a worker by its pipes. */
export type SceneTransport = Transport | 'pipe';

/** What is known of every scenario, whatever it drives. */
export interface Scenario {
  /** `CHAPTER/NAME`; stable: baselines and reports name it. */
  readonly id: string;
  /** A sentence about behaviour. */
  readonly title: string;
  /** What it checks; the first one is what it is for, and gives its profile. */
  readonly requirements: readonly [string, ...string[]];
  /** What it does, for `conform explain`: one to three sentences. */
  readonly does: string;
  /** The transports that it can run on; absent: all three of a bus. */
  readonly transports?: readonly SceneTransport[];
  /**
   * Whether the transport plays no part, as in a configuration that is refused: of several transports
   * it then runs on the first alone.
   */
  readonly isTransportFree?: boolean;
  /** Whether it mostly waits, for seconds: such scenarios run beside the others. */
  readonly isLong?: boolean;
  /** Where it carries out a schedule: its steps can be left out, to find those that matter. */
  readonly stepCount?: number;
  readonly judges?: readonly Judge[];
}

/** Whether it drives a worker: by its pipes, and not as a client of a bus. */
export function isForWorkers({ transports }: Pick<Scenario, 'transports'>): boolean {
  return transports?.includes('pipe') === true;
}
