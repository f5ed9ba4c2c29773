import type { Peer } from './peer.ts';
import { type TimedWork, timed } from './timed-work.ts';

/**
 * The smallest request that a worker of the process profile answers: it ends a process that is not
 * there, which changes nothing.
 */
export async function smallRequest(peer: Peer): Promise<TimedWork> {
  const { time } = await timed<void>(peer, ({ resolve, reject }) => {
    peer.request('process/terminate', { processId: 'none' }, ({ error }) => {
      if (error === undefined) resolve();
      else reject(`process/terminate: ${error.message} (${error.code})`);
    });
  });
  return time;
}
