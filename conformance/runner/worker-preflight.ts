import type { StartFailure } from '../../schemas/generated/conformance-report.ts';
import type { WorkerSubject } from '../../schemas/generated/worker-subject.ts';
import { StartFailed } from '../scene/start-failed.ts';
import type { Timings } from '../scene/timings.ts';
import { WorkerScene } from '../worker-scene/worker-scene.ts';
import type { LiveScenes } from './live-scenes.ts';
import { startFailureFrom } from './preflight.ts';

export interface WorkerPreflightOptions {
  readonly subject: WorkerSubject;
  readonly timings: Timings;
  readonly live: LiveScenes;
}

/** Starts the worker once. Resolves with how it failed to start or to answer, if it did. */
export async function workerPreflight({
  subject,
  timings,
  live,
}: WorkerPreflightOptions): Promise<StartFailure | undefined> {
  const scenario = { id: 'preflight' };
  const scene = new WorkerScene({ scenario, subject, timings, timeScale: 1, seed: '0' });
  live.add(scene);
  try {
    await scene.start();
    return undefined;
  } catch (error) {
    if (!(error instanceof StartFailed)) throw error;
    return startFailureFrom(error);
  } finally {
    await scene.destroy();
    live.delete(scene);
  }
}
