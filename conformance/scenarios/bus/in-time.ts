import type { Scene } from '../../scene/scene.ts';
import type { UntilOptions } from '../../scene/waiter.ts';

/** Waits for what a worker was told to do, which a bus may hold up for ever, with a deadline. */
export async function inTime(
  scene: Scene,
  what: string,
  orders: readonly Promise<unknown>[],
  options: UntilOptions,
): Promise<void> {
  let isOver = false;
  void Promise.all(orders).then(() => {
    isOver = true;
  });
  await scene.until(what, () => isOver, options);
}
