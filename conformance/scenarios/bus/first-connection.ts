import type { Client } from '../../client/client.ts';
import type { Scene } from '../../scene/scene.ts';

/** A connection to a subject that `drive` has launched itself, as soon as it can be made. */
export async function firstConnection(scene: Scene): Promise<Client> {
  if (scene.transport === 'stdio') return scene.stdioClient();
  let isUp = false;
  let isTrying = false;
  const look = () => {
    if (isUp || isTrying) return isUp;
    isTrying = true;
    void scene.isReachable().then((isReachable) => {
      isTrying = false;
      isUp = isReachable;
    });
    return false;
  };
  const { startMs: limitMs } = scene.timings;
  const isHopeless = () => !scene.subject.isRunning;
  await scene.until('the first connection', look, { limitMs, requirement: 'CFG-1', isHopeless });
  return scene.connect();
}
