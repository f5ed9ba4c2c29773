import type { Client, RequestOptions } from '../../client/client.ts';
import type { Probe, ProbeFrame } from '../../probe/probe.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Held } from '../../scene/scene-workers.ts';

export interface BoundSession {
  readonly sessionId: string;
  readonly probe: Probe;
}

/** Sends a request of a session and waits for its answer: the client owns the session then. */
export async function bind(
  scene: Scene,
  client: Client,
  sessionId: string,
  options: RequestOptions = {},
): Promise<BoundSession> {
  const call = client.request('probe/bind', { ...options, sessionId });
  await call.response();
  const { probe } = await scene.arrival(call.mark);
  return { sessionId, probe };
}

/** Sends a request that its worker holds, and waits until it is there. */
export async function hold(
  scene: Scene,
  client: Client,
  options: RequestOptions = {},
): Promise<Held> {
  return scene.arrival(client.request('probe/hold', options).mark);
}

/** Binds new sessions until each worker of the first pool has one (AFF-3 says how many it takes). */
export async function sessionsOnEachWorker(
  scene: Scene,
  client: Client,
  workers: number,
): Promise<BoundSession[]> {
  await scene.workers();
  const found = new Map<Probe, BoundSession>();
  for (let n = 0; n < 16 * workers && found.size < workers; n++) {
    const session = await bind(scene, client, `s${n}`);
    if (!found.has(session.probe)) found.set(session.probe, session);
  }
  return [...found.values()];
}

/** Waits for the nth response to a request of the worker's own, counted from 1. */
export async function responseAt(
  scene: Scene,
  probe: Probe,
  idJson: string,
  nth = 1,
): Promise<ProbeFrame> {
  const isOne = (frame: ProbeFrame) => frame.method === undefined && frame.idJson === idJson;
  const find = () => probe.received.filter(isOne)[nth - 1];
  return scene.until(`the response to a worker's request ${idJson}`, find, {
    requirement: 'COR-6',
  });
}

/** Waits until a client has got a worker's request with this id; of a session, where one is named. */
export async function questionAt(
  client: Client,
  id: number | string,
  sessionId?: string,
): Promise<void> {
  await client.frame(
    `the worker's request ${JSON.stringify(id)}`,
    (frame) =>
      frame.kind === 'request' &&
      frame.idJson === JSON.stringify(id) &&
      (sessionId === undefined || frame.sessionId === sessionId),
    { requirement: 'COR-6' },
  );
}
