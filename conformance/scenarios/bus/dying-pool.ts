import type { SceneConfig } from '../../bus-scenario.ts';
import type { Client } from '../../client/client.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import type { Probe } from '../../probe/probe.ts';
import type { Scene } from '../../scene/scene.ts';
import { hold } from './held-request.ts';

/** One pool that is left in peace, and one whose worker dies. */
export function besides(limits: SceneConfig['limits'] = {}): SceneConfig {
  return { pools: [{ id: 'main' }, { id: 'dying' }], limits };
}

/**
 * Has the only worker of the pool exit, so many times, each time as soon as it greets and has read a
 * request: the error for that shows that the bus knows of the loss.
 */
export async function loseAgain(scene: Scene, client: Client, times: number): Promise<void> {
  for (let incarnation = 1; incarnation <= times; incarnation++) {
    const waitMs = incarnation < 3 ? 0 : 1000 * 2 ** (incarnation - 2) * scene.timeScale;
    const limitMs = waitMs + scene.timings.startMs;
    const place = { pool: 'dying', incarnation };
    const probe = await scene.worker(place, { limitMs, requirement: 'RST-2' });
    const { call } = await hold(scene, client, { pool: 'dying' });
    await end(scene, probe);
    await call.response({ requirement: 'RST-1' });
  }
}

/** Has a worker exit, and sees its end. */
export async function end(scene: Scene, probe: Probe): Promise<void> {
  await probe.order({ order: 'exit', code: 1, isFlushed: false });
  await scene.exitOf(probe);
}

/** The requests of the pool that is left in peace are served. */
export const othersGoOn = (requirement: string) =>
  everyRequestIsServed(requirement, { which: ({ sessionId }) => sessionId === 'peace' });
