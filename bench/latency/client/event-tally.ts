import type { ReceivedFrame } from './peer.ts';

/** What the events of one process have told. */
export interface EventTally {
  /** False where the frame is no event of the process. */
  take(frame: ReceivedFrame): boolean;
  readonly seq: number;
  readonly outputBytes: number;
  readonly exitCode: number | undefined;
  /** It ended, and nothing was said about a denial. */
  readonly isVerdictUnknown: boolean;
  readonly isClosed: boolean;
  /** An event was lost or came twice: on a connection that was never cut, that is a fault. */
  readonly fault: string | undefined;
}

export function eventTally(processId: string): EventTally {
  const tally = {
    seq: 0,
    outputBytes: 0,
    exitCode: undefined as number | undefined,
    isVerdictUnknown: false,
    isClosed: false,
    fault: undefined as string | undefined,
    take({ method, params }: ReceivedFrame): boolean {
      if (!method?.startsWith('process/') || params?.processId !== processId) return false;
      const seq = params.seq;
      // The oldest executors number no closing.
      if (typeof seq === 'number') {
        if (seq !== tally.seq + 1) tally.fault = `event ${seq} came after event ${tally.seq}`;
        tally.seq = seq;
      }
      if (method === 'process/output') {
        tally.outputBytes += Buffer.byteLength(String(params.chunk), 'base64');
      } else if (method === 'process/exited') {
        tally.exitCode = Number(params.exitCode ?? -1);
        tally.isVerdictUnknown = typeof params.sandboxDenied !== 'boolean';
      } else if (method === 'process/closed') tally.isClosed = true;
      return true;
    },
  };
  return tally;
}
