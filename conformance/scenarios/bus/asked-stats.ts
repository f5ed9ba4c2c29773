import type { Client } from '../../client/client.ts';
import type { ClientFrame } from '../../client/client-frame.ts';
import type { Scene } from '../../scene/scene.ts';

/** Why stats are asked directly only. */
export const statsCountAdapters = 'stdio_bus/stats counts the connections of the adapter, too';

/** Asks the bus for its stats, by a request without params. */
export function askForStats(client: Client): Promise<ClientFrame> {
  const { line, call } = client.prepare('stdio_bus/stats');
  const { params: _, ...frame } = JSON.parse(line);
  client.send(frame);
  return call.response();
}

/** Asks again and again until a connection that has ended is counted, or it takes too long. */
export async function askUntilOneHasLeft(scene: Scene, client: Client): Promise<void> {
  const untilMs = performance.now() + scene.timings.responseMs;
  const isDue = (atMs: number) => () => performance.now() >= atMs;
  while (Number((await askForStats(client)).json?.result?.clientDisconnects) === 0) {
    if (performance.now() > untilMs) return;
    await scene.until('time to pass', isDue(performance.now() + 20));
  }
}
