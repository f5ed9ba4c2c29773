import type { Scene } from '../../scene/scene.ts';

/**
 * Waits for what must not come, or need not: so long, and no longer, by the clock of the machine.
 * Absence can only be waited for; whether it was there is for the judges to say.
 */
export async function waitInVain(
  scene: Scene,
  limitMs: number,
  isThere: () => boolean,
): Promise<void> {
  const endMs = performance.now() + limitMs;
  const isOver = () => isThere() || performance.now() > endMs;
  await scene.until('nothing', isOver, { limitMs: limitMs + scene.timings.startMs });
}
