import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { reservePort } from '../../reserved-port.ts';
import type { Target } from '../load/load-command.ts';

const retryMs = 2;
const timeoutMs = 15_000;

export type ListenTarget = Exclude<Target, { kind: 'command' }>;

/**
 * Connects, again while it is refused, and makes a round trip in each of so many new sessions at
 * once. Rejects at the end of its time, or when `death` says that there is nobody to wait for.
 */
export async function untilAnswered(
  target: ListenTarget,
  sessions: number,
  death: () => string | undefined,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let reason = 'no answer';
  while (Date.now() < deadline) {
    try {
      return await answered(target, sessions, deadline);
    } catch (error) {
      reason = (error as Error).message;
    }
    const why = death();
    if (why !== undefined) throw new Error(why);
    await delay(retryMs);
  }
  throw new Error(`not ready after ${timeoutMs} ms: ${reason}`);
}

function answered(target: ListenTarget, sessions: number, deadline: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const { kind: _, ...address } = target;
    const socket = connect(address);
    let lines = 0;
    socket.setTimeout(Math.max(1, deadline - Date.now()), () => {
      socket.destroy(new Error(`${lines} of ${sessions} requests answered`));
    });
    socket.on('connect', () => socket.write(readyFrames(sessions)));
    socket.setEncoding('latin1').on('data', (text: string) => {
      if (text.includes('"error"')) socket.destroy(new Error(`refused: ${text.slice(0, 200)}`));
      lines += text.split('\n').length - 1;
      if (lines < sessions) return;
      resolve();
      socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('connection closed')));
  });
}

function readyFrames(sessions: number): string {
  return Array.from({ length: sessions }, (_, index) => {
    return `{"jsonrpc":"2.0","id":${index},"method":"echo","sessionId":"ready-${index}","params":{}}\n`;
  }).join('');
}

/** A TCP port of 127.0.0.1 that is free now. Rejects where there is none. */
export async function freePort(): Promise<number> {
  const { port, release } = await reservePort();
  release();
  return port;
}
