import type { Client } from '../../client/client.ts';
import type { Scene } from '../../scene/scene.ts';
import { waitInVain } from './absence.ts';

/** HTTP/2 in Node ends what it cancels: an adapter waits a tenth of a second to tell them apart. */
const adaptersDelayMs = 400;

/** Closes the sending side of a client, and lets the bus see it before anything else happens. */
export async function halfClose(scene: Scene, client: Client): Promise<void> {
  client.end();
  if (scene.via !== undefined) await waitInVain(scene, adaptersDelayMs, () => client.hasEnded);
}
