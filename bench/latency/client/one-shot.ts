import type { CompletionMode } from '../../../schemas/generated/latency-report.ts';
import { eventTally } from './event-tally.ts';
import type { Peer, ReceivedFrame } from './peer.ts';
import { type Outcome, type TimedWork, timed } from './timed-work.ts';

const readWaitMs = 30_000;
const maxReadBytes = 262_144;

export interface OneShotCommand {
  readonly argv: readonly string[];
  readonly cwd: string;
}

/** How a process ended. */
export interface OneShotResult {
  readonly outputBytes: number;
  readonly exitCode: number;
  readonly reads: number;
}

let started = 0;

/** Runs one process to its completion: all its output and its exit status. Rejects with a WorkFailure. */
export async function oneShot(
  peer: Peer,
  command: OneShotCommand,
  mode: CompletionMode,
): Promise<{ readonly result: OneShotResult; readonly time: TimedWork }> {
  const processId = `latency-${started++}`;
  const params = { processId, ...command, env: {}, tty: false, pipeStdin: false };
  const run = mode === 'events' ? byEvents : byReads;
  const { value, time } = await timed<OneShotResult>(peer, (outcome) => run(peer, params, outcome));
  peer.onNotification = () => {};
  return { result: value, time };
}

type StartParams = OneShotCommand & { readonly processId: string };

function byEvents(peer: Peer, params: StartParams, outcome: Outcome<OneShotResult>): void {
  const tally = eventTally(params.processId);
  let isStarted = false;
  let reads = 0;
  let isVerdictAwaited = false;
  const settle = () => {
    const { fault, isClosed, outputBytes, exitCode } = tally;
    if (fault !== undefined) return outcome.reject(fault);
    if (!isStarted || !isClosed || exitCode === undefined || isVerdictAwaited) return;
    outcome.resolve({ outputBytes, exitCode, reads });
  };
  peer.onNotification = (frame) => {
    if (!tally.take(frame)) return;
    // An older executor says nothing of a denial, and is asked once (PRC-5).
    if (tally.isVerdictUnknown && reads === 0) {
      reads = 1;
      isVerdictAwaited = true;
      const read = { ...readOf(params.processId, tally.seq), waitMs: 0 };
      peer.request('process/read', read, () => {
        isVerdictAwaited = false;
        settle();
      });
    }
    settle();
  };
  peer.request('process/start', params, (answer) => {
    const refusal = refusalIn('process/start', answer);
    if (refusal !== undefined) return outcome.reject(refusal);
    isStarted = true;
    settle();
  });
}

function byReads(peer: Peer, params: StartParams, outcome: Outcome<OneShotResult>): void {
  const { processId } = params;
  let reads = 0;
  let outputBytes = 0;
  let exitCode: number | undefined;
  const read = (afterSeq: number) => {
    reads += 1;
    peer.request(
      'process/read',
      { ...readOf(processId, afterSeq), waitMs: readWaitMs },
      (answer) => {
        const refusal = refusalIn('process/read', answer);
        if (refusal !== undefined) return outcome.reject(refusal);
        const result = answer.result as unknown as ReadResult;
        for (const { chunk } of result.chunks) outputBytes += Buffer.byteLength(chunk, 'base64');
        if (result.exited) exitCode ??= result.exitCode ?? -1;
        if (!result.closed || result.chunks.length > 0) return read(result.nextSeq - 1);
        outcome.resolve({ outputBytes, exitCode: exitCode ?? -1, reads });
      },
    );
  };
  peer.onNotification = () => {};
  peer.request('process/start', params, (answer) => {
    const refusal = refusalIn('process/start', answer);
    if (refusal === undefined) read(0);
    else outcome.reject(refusal);
  });
}

interface ReadResult {
  readonly chunks: readonly { readonly chunk: string }[];
  readonly nextSeq: number;
  readonly exited: boolean;
  readonly exitCode?: number | null;
  readonly closed: boolean;
}

function readOf(processId: string, afterSeq: number) {
  return { processId, afterSeq, maxBytes: maxReadBytes };
}

function refusalIn(method: string, { error }: ReceivedFrame): string | undefined {
  return error && `${method}: ${error.message} (${error.code})`;
}
