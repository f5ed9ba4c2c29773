import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchOptions } from '../../scene/launcher.ts';
import type { Scene } from '../../scene/scene.ts';

/** A pool whose worker leaves a file behind before it does anything else. */
export interface MarkedPool {
  readonly id: string;
  readonly command: string;
  readonly args: readonly string[];
}

const leaveMark = '> "$0" && exec "$@"';

/** A pool of a probe worker, whose start is seen however early it is killed. */
export function markedPool(scene: Scene, id = 'main'): MarkedPool {
  const { command, args } = scene.probeCommand(id);
  return { id, command: '/bin/sh', args: ['-c', leaveMark, markOf(scene), command, ...args] };
}

function markOf(scene: Scene): string {
  return join(scene.folder, 'worker-started');
}

/**
 * Launches a subject that must not start, and records what came of it. `mayStartWorkers`: what is wrong
 * may be found after some of its workers have been started.
 */
export async function launchRefused(
  scene: Scene,
  launch: LaunchOptions,
  requirement: string,
  { mayStartWorkers = false }: { readonly mayStartWorkers?: boolean } = {},
): Promise<void> {
  if (launch.args !== undefined && !scene.hasStandardFlags) {
    scene.observe('standard-flags', false);
    return;
  }
  const subject = scene.launch(launch);
  const hasStarted = () => existsSync(markOf(scene)) && scene.probes.length > 0;
  const isRefusedAtOnce = !mayStartWorkers && launch.args === undefined;
  await scene
    .until('the end of the bus', () => subject.exit, {
      limitMs: scene.timings.startMs,
      requirement,
      // One that serves does not end by itself any more.
      isHopeless: () => isRefusedAtOnce && subject.isRunning && hasStarted(),
    })
    .catch(() => {});
  await lookAfter(scene);
}

/** Waits for all that the subject may have started, and records whether there was or is any. */
export async function lookAfter(scene: Scene): Promise<void> {
  const { subject } = scene;
  if (subject.isRunning) return;
  const isOver = () => subject.isSilent && subject.leftovers().length === 0;
  const limitMs = scene.timings.graceMs;
  await scene.until('nothing of it is left', isOver, { limitMs }).catch(() => {});
  scene.observe('worker-started', existsSync(markOf(scene)));
  scene.observe('left-processes', subject.leftovers().length);
}
