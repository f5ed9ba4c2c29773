import type { Client } from '../../client/client.ts';
import type { Probe } from '../../probe/probe.ts';
import type { Scene } from '../../scene/scene.ts';

/** A session, and the worker that it is bound to. */
export interface BoundSession {
  readonly sessionId: string;
  readonly probe: Probe;
}

/** Binds sessions until two workers have one, and gives one of each. */
export async function sessionOnEachWorker(
  scene: Scene,
  client: Client,
  pool?: string,
): Promise<[BoundSession, BoundSession]> {
  const workers = await scene.workers(pool);
  const bound = new Map<Probe, string>();
  for (let n = 1; bound.size < 2 && n <= 16 * workers.length; n++) {
    const sessionId = `s${n}`;
    const call = client.request('probe/bind', {
      sessionId,
      ...(pool === undefined ? {} : { pool }),
    });
    const { probe } = await scene.arrival(call.mark);
    await call.response();
    if (!bound.has(probe)) bound.set(probe, sessionId);
  }
  const [first, second] = [...bound].map(([probe, sessionId]) => ({ probe, sessionId }));
  const both = () =>
    first !== undefined && second !== undefined ? ([first, second] as const) : undefined;
  const found = await scene.until('sessions on two workers', both, {
    limitMs: 1,
    requirement: 'AFF-3',
  });
  return [...found];
}
