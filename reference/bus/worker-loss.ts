import { answerLine, failPending } from './answers.ts';
import type { Slot } from './slot.ts';
import type { Switchboard } from './switchboard.ts';
import type { Worker, WorkerExit } from './worker.ts';

/**
 * Tells everybody who waits that a worker has ended: those whose requests are pending, and the
 * owners of its sessions. Implements RST-1, DRN-3, EXT-4.
 */
export function reportLoss(board: Switchboard, worker: Worker, slot: Slot, exit: WorkerExit): void {
  const how = describeExit(exit);
  const facts = { worker: worker.name, incarnation: worker.incarnation, workerPid: worker.pid };
  if (worker.isEnding) board.log.info({ ...facts, how }, 'worker ended');
  else board.log.warn({ ...facts, how, state: slot.state, waitMs: slot.backoffMs }, 'worker lost');
  for (const pending of [...worker.pending.values()]) {
    const isUndelivered = board.correlator.isUndelivered(pending);
    failPending(board, pending, {
      name: worker.isEnding ? 'DRAINING' : 'WORKER_LOST',
      message: worker.isEnding ? 'the drain timeout has passed' : `worker ${worker.name} ${how}`,
      retryable: isUndelivered,
      delivered: !isUndelivered,
    });
  }
  if (!board.isDraining) tellOwners(board, worker, slot, exit);
}

function tellOwners(board: Switchboard, worker: Worker, slot: Slot, exit: WorkerExit): void {
  const wanting = [...board.connections.values()].filter(
    ({ wantsSessionLost }) => wantsSessionLost,
  );
  if (wanting.length === 0) return;
  const pool = board.pools[worker.poolIndex]?.settings.id;
  const reason =
    slot.state === 'failed' ? 'failed' : exit.signal === null || exit.reason ? 'exit' : 'signal';
  const field = JSON.stringify(board.settings.sessionIdField);
  for (const { sessionId, owner } of board.sessions.ofWorker(worker)) {
    const connection = board.connections.get(owner);
    if (connection?.wantsSessionLost !== true) continue;
    const params = JSON.stringify({ sessionId, pool, reason });
    const session = `${field}:${JSON.stringify(sessionId)}`;
    answerLine(
      board,
      connection,
      `{"jsonrpc":"2.0","method":"stdio_bus/session_lost",${session},"params":${params}}\n`,
    );
  }
}

function describeExit({ exitCode, signal, reason }: WorkerExit): string {
  if (reason !== undefined) return reason;
  return signal === null ? `exited with code ${exitCode}` : `was ended by ${signal}`;
}
