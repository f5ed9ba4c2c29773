import type { Client } from '../client/client.ts';
import { shortened } from '../finding.ts';
import type { Connections } from './connections.ts';
import type { Launcher } from './launcher.ts';
import { pause } from './pause.ts';
import type { Waiter } from './waiter.ts';

export interface ReadinessParts {
  readonly isStdio: boolean;
  readonly startMs: number;
  readonly launcher: Launcher;
  readonly connections: Connections;
  readonly waiter: Waiter;
}

/** Waits until a probe worker has answered through the subject. Throws StartFailed. */
export async function becomeReady(parts: ReadinessParts): Promise<void> {
  const { launcher, waiter, startMs } = parts;
  const givenMs = performance.now() + startMs;
  const client = await firstConnection(parts, givenMs);
  const deadlineMs = givenMs + parts.connections.adapterMs;
  for (;;) {
    const call = client.request('probe/echo');
    const find = () =>
      client.received.find((frame) => frame.idJson === call.idJson && !frame.method);
    const limitMs = deadlineMs - performance.now();
    const isHopeless = () => !launcher.subject.isRunning || client.hasEnded;
    const response = await waiter
      .until('the first answer', find, { limitMs, isHopeless })
      .catch(() => undefined);
    if (response === undefined) {
      const [first] = client.received;
      const seen = first && `, and wrote ${shortened(first.bytes.toString(), 100)}`;
      throw await launcher.failure('answered nothing', seen);
    }
    if (!response.isError) return;
    if (performance.now() > deadlineMs) throw await launcher.failure('gave only errors');
    await pause(20);
  }
}

async function firstConnection(
  { isStdio, launcher, connections }: ReadinessParts,
  deadlineMs: number,
): Promise<Client> {
  if (isStdio) return connections.addStdioClient();
  for (;;) {
    const socket = await connections.tryToOpen();
    if (!(socket instanceof Error)) return connections.clientOn(socket);
    if (!launcher.subject.isRunning || performance.now() > deadlineMs) {
      throw await launcher.failure('accepted no connection');
    }
    await pause(5);
  }
}
