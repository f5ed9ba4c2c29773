import type { WorkerScenario } from '../worker-scenario.ts';
import { WorkerScene, type WorkerSceneOptions } from '../worker-scene/worker-scene.ts';
import { unaskedEnd } from './bus-play.ts';
import type { Play } from './play.ts';

export interface WorkerPlayOptions extends WorkerSceneOptions {
  readonly scenario: WorkerScenario;
}

/** A scenario for a worker, as it is played. */
export function workerPlay(options: WorkerPlayOptions): Play {
  const { scenario, timeScale } = options;
  return {
    scenario,
    transport: 'pipe',
    timeScale,
    isLaunchedByDrive: scenario.isLaunchedByDrive === true,
    notStarted: 'the worker did not start, or answered nothing',
    open() {
      const scene = new WorkerScene(options);
      return {
        scene,
        drive: () => scenario.drive(scene),
        unaskedEnd: () => (isAskedByStdin(scene) ? undefined : unaskedEnd(scene.subject)),
      };
    },
  };
}

function isAskedByStdin(scene: WorkerScene): boolean {
  return scene.subject !== undefined && scene.pipes.isStdinEnded;
}
