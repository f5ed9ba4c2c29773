import type { Client } from '../../client/client.ts';
import type { Scene } from '../../scene/scene.ts';

/** Asks until a worker answers, where the bus was only launched: it may still say that none is there. */
export async function firstAnswer(scene: Scene, client: Client): Promise<void> {
  const untilMs = performance.now() + scene.timings.startMs;
  while ((await client.echo()).isError && performance.now() < untilMs);
}
