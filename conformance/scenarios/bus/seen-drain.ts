import type { ProbeTraits } from '../../bus-scenario.ts';
import type { Client } from '../../client/client.ts';
import type { Scene } from '../../scene/scene.ts';
import { waitInVain } from './absence.ts';

/** Sends the signal, and asks until a request is refused: from then on the drain is seen to act. */
export async function seenDrain(
  scene: Scene,
  client: Client,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<void> {
  const endMs = performance.now() + scene.timings.responseMs;
  scene.subject.signal(signal);
  let isRefused = false;
  while (!isRefused && performance.now() < endMs)
    isRefused = (await client.echo({ requirement: 'DRN-1' })).isError;
  const what = `an error to a request after ${signal}`;
  await scene.until(what, () => isRefused, { limitMs: 0, requirement: 'DRN-1' });
}

/** Waits for the end of a bus that has nothing left to do. */
export async function seenEnd(scene: Scene, requirement = 'DRN-2'): Promise<void> {
  await scene.subject.ended(scene.timings.responseMs, requirement);
}

/** Waits until a worker comes that must not: its absence can only be waited for. */
export async function noNewIncarnation(scene: Scene, limitMs: number): Promise<void> {
  const count = scene.probes.length;
  const isMore = () => scene.probes.length > count;
  await waitInVain(scene, limitMs, isMore);
}

/** Of a worker that has to be killed. */
export const stubborn: ProbeTraits = { onSigterm: 'ignore', onStdinEnd: 'ignore' };
/** Far beyond the second that a second signal leaves. */
export const longSec = 15;

/** Waits for an end that has to come at the drain timeout, or within 1 s more. */
export async function endAtTimeout(scene: Scene, timeoutSec: number): Promise<void> {
  const limitMs = (timeoutSec + 1) * 1000 * scene.timeScale + scene.timings.graceMs;
  await scene.subject.ended(limitMs, 'DRN-3');
}

/** Waits for an end that has to come within 1 s of a second signal. */
export async function endAtOnce(scene: Scene): Promise<void> {
  await scene.subject.ended(1000 * scene.timeScale + scene.timings.graceMs, 'DRN-4');
}
