import type { Client } from '../../client/client.ts';
import type { Probe } from '../../probe/probe.ts';
import type { Scene } from '../../scene/scene.ts';
import { descriptorsOf } from '../../subject/process-table.ts';

/** A client that owns a session and has stopped reading. */
export interface SlowClient {
  readonly client: Client;
  readonly sessionId: string;
  /** The worker of its session. */
  readonly probe: Probe;
  /**
   * Waits until the subject has closed its side, which the client cannot see: where the system shows
   * the subject's sockets no longer than needed, else for the whole of the time.
   */
  isCutOff(limitMs: number): Promise<void>;
}

/** Connects a client after all others, binds a session, and has it stop reading. */
export async function connectSlowClient(scene: Scene): Promise<SlowClient> {
  const before = socketsOf(scene);
  const client = await scene.connect();
  const sessionId = 'slow';
  const call = client.request('probe/echo', { sessionId });
  const { probe } = await scene.arrival(call.mark);
  await call.response();
  const [own, ...others] = [...socketsOf(scene)].filter((link) => !before.has(link));
  const isKnown = own !== undefined && others.length === 0;
  client.pause();
  return {
    client,
    sessionId,
    probe,
    async isCutOff(limitMs) {
      const isClosed = () => isKnown && !socketsOf(scene).has(own);
      const what = 'the subject to close the connection of the slow client';
      await scene.until(what, isClosed, { limitMs }).catch(() => {});
    },
  };
}

/** Says more until the client hears it, which reads again, or its connection has ended. */
export async function sayTheLast(
  scene: Scene,
  { client, probe, sessionId }: SlowClient,
  pass: () => Promise<unknown>,
): Promise<void> {
  const hasCome = () =>
    client.hasEnded || client.received.some(({ method }) => method === 'probe/last');
  const untilMs = performance.now() + scene.timings.responseMs;
  while (!hasCome() && performance.now() < untilMs) {
    await probe.notify('probe/last', { sessionId });
    await pass();
  }
  await scene.until('the last that was said, or the end of the connection', hasCome, {
    requirement: 'FLW-1',
    limitMs: 1,
  });
}

function socketsOf({ subject: { pid } }: Scene): Set<string> {
  const links = pid === undefined ? [] : descriptorsOf(pid).map(({ link }) => link);
  return new Set(links.filter((link) => link.startsWith('socket:')));
}
