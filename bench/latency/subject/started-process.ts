import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type ProcessGroup, startGroup } from '../../subjects/process-group.ts';

const startTimeoutMs = 30_000;
const retryMs = 3;

/** A bus or an adapter that accepts connections. */
export interface StartedProcess {
  readonly address: string;
  stop(): Promise<void>;
}

/** It did not come up; the message says why, on one line. */
export class StartError extends Error {
  override name = 'StartError';
}

/** Starts it, and waits until it accepts a connection. Rejects with a StartError. */
export async function startListening(
  name: string,
  argv: readonly string[],
  { address, at }: { readonly address: string; readonly at: ConnectTarget },
): Promise<StartedProcess> {
  const group = await startGroup(argv).catch((error) => {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? `there is no program "${argv[0]}"` : message;
    throw new StartError(`${name} did not start: ${reason}`, { cause: error });
  });
  try {
    await untilAccepting(at, group);
  } catch (error) {
    await group.stop();
    throw new StartError(`${name} did not start: ${(error as Error).message}`, { cause: error });
  }
  return { address, stop: () => group.stop() };
}

export type ConnectTarget =
  | { readonly host: string; readonly port: number }
  | { readonly path: string };

async function untilAccepting(at: ConnectTarget, group: ProcessGroup): Promise<void> {
  for (const endMs = performance.now() + startTimeoutMs; performance.now() < endMs; ) {
    if (await isAccepted(at)) return;
    if (group.death !== undefined) throw new Error((await group.deathWithin(200)) ?? 'it ended');
    await delay(retryMs);
  }
  throw new Error(`it accepts no connection within ${startTimeoutMs / 1000} s`);
}

async function isAccepted(at: ConnectTarget): Promise<boolean> {
  const socket = connect(at);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
