import type { Probes } from '../schemas/generated/worker-subject.ts';
import type { Scenario } from './scenario.ts';
import type { WorkerScene } from './worker-scene/worker-scene.ts';

/** A request that a worker's manifest may name. */
export type ProbeName = keyof Probes;

/**
 * One thing that is done with a worker, and what is asked of the history that comes of it. As for a
 * bus, `drive` acts and waits, and judges see the history only.
 */
export interface WorkerScenario extends Scenario {
  readonly transports: readonly ['pipe'];
  /** The probes of the manifest without which it does not apply. */
  readonly needs?: readonly ProbeName[];
  /** Whether `drive` launches the worker itself; else it runs and has answered when `drive` begins. */
  readonly isLaunchedByDrive?: boolean;
  drive(scene: WorkerScene): Promise<void>;
}

/** The transport of every scenario for workers. */
export const pipe = ['pipe'] as const;
