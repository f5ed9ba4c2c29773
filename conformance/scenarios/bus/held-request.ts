import type { Call, Client, RequestOptions } from '../../client/client.ts';
import type { Probe } from '../../probe/probe.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Held } from '../../scene/scene-workers.ts';

/** A request that a worker has read and holds until it is told. */
export interface HeldRequest extends Held {
  readonly client: Client;
  readonly call: Call;
  readonly sessionId: string | undefined;
}

/** Sends a request, and waits until a worker holds it. */
export async function hold(
  scene: Scene,
  client: Client,
  options: RequestOptions = {},
): Promise<HeldRequest> {
  const call = client.request('probe/hold', options);
  return { client, call, sessionId: options.sessionId, ...(await scene.arrival(call.mark)) };
}

/** Has the worker answer, and waits for the response. */
export async function release({ probe, frame, call }: HeldRequest): Promise<void> {
  await probe.reply(frame);
  await call.response();
}

/**
 * Begins sessions until so many workers hold a request of this client, one each. By AFF-3 sixteen
 * sessions a worker are enough.
 */
export async function holdOnEach(
  scene: Scene,
  client: Client,
  workers: number,
): Promise<HeldRequest[]> {
  const held: HeldRequest[] = [];
  for (let n = 0; n < 16 * workers && held.length < workers; n++) {
    const next = await hold(scene, client, { sessionId: `${client.id}-${scene.mark()}` });
    if (held.some(({ probe }) => probe === next.probe)) await release(next);
    else held.push(next);
  }
  const isEnough = () => held.length === workers;
  await scene.until('a session at each worker', isEnough, { limitMs: 0, requirement: 'AFF-3' });
  return held;
}

/** New sessions are served by so many workers. */
export async function reachEach(scene: Scene, client: Client, workers: number): Promise<void> {
  for (const each of await holdOnEach(scene, client, workers)) await release(each);
}

/** Waits for the worker that takes the place of one that was lost. */
export function successor(scene: Scene, { pool, slot, incarnation }: Probe): Promise<Probe> {
  return scene.worker({ pool, slot, incarnation: incarnation + 1 }, { requirement: 'RST-2' });
}

/** What was pending on a lost worker is answered in the time that RST-1 gives. */
export async function losses(scene: Scene, held: readonly HeldRequest[]): Promise<void> {
  const limitMs = 1000 * scene.timeScale + scene.timings.graceMs;
  for (const { call } of held) await call.response({ limitMs, requirement: 'RST-1' });
}
