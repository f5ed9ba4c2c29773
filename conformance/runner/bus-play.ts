import { Scene } from '../scene/scene.ts';
import type { SceneOptions } from '../scene/scene-options.ts';
import type { SubjectProcess } from '../subject/subject-process.ts';
import type { Play, SubjectEnd } from './play.ts';

/** A scenario for a bus, as it is played. */
export function busPlay(options: SceneOptions): Play {
  const { scenario, transport, timeScale } = options;
  return {
    scenario,
    transport,
    timeScale,
    isLaunchedByDrive: scenario.isLaunchedByDrive === true,
    notStarted: 'the bus did not start with the configuration of this scenario',
    open() {
      const scene = new Scene(options);
      return {
        scene,
        drive: () => scenario.drive(scene),
        unaskedEnd: () => unaskedEnd(scene.subject),
      };
    },
  };
}

/** How a subject ended that no signal had told to. */
export function unaskedEnd(subject: SubjectProcess | undefined): SubjectEnd | undefined {
  return subject === undefined || subject.signals.length > 0 ? undefined : subject.exit;
}
