import { answerLine, failPending } from './answers.ts';
import type { Connection } from './connection.ts';
import type { Session } from './session-table.ts';
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
  for (const pending of worker.pending.values().sort((a, b) => a.busId - b.busId)) {
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

/**
 * A session is about to get its next worker. Where the end of the lost one is still under way, it is
 * over for this session: nothing of the old worker may follow a frame of the new one. Implements EXT-4.
 */
export function leaveLostWorker(board: Switchboard, session: Session): void {
  const { worker, sessionId, owner } = session;
  if (worker.hasExited) return;
  const left = worker.pending.values().filter((pending) => pending.session === session);
  for (const pending of left.sort((a, b) => a.busId - b.busId)) {
    const isUndelivered = board.correlator.isUndelivered(pending);
    failPending(board, pending, {
      name: 'WORKER_LOST',
      message: `worker ${worker.name} is ending`,
      retryable: isUndelivered,
      delivered: !isUndelivered,
    });
  }
  const connection = board.connections.get(owner);
  if (board.isDraining || connection?.wantsSessionLost !== true) return;
  answerSessionLost(board, connection, { sessionId, worker, reason: 'exit' });
}

function tellOwners(board: Switchboard, worker: Worker, slot: Slot, exit: WorkerExit): void {
  const wanting = [...board.connections.values()].filter(
    ({ wantsSessionLost }) => wantsSessionLost,
  );
  if (wanting.length === 0) return;
  const reason =
    slot.state === 'failed' ? 'failed' : exit.signal === null || exit.reason ? 'exit' : 'signal';
  for (const { sessionId, owner } of board.sessions.ofWorker(worker)) {
    const connection = board.connections.get(owner);
    if (connection?.wantsSessionLost !== true) continue;
    answerSessionLost(board, connection, { sessionId, worker, reason });
  }
}

function answerSessionLost(
  board: Switchboard,
  connection: Connection,
  { sessionId, worker, reason }: { sessionId: string; worker: Worker; reason: string },
): void {
  const pool = board.pools[worker.poolIndex]?.settings.id;
  const params = JSON.stringify({ sessionId, pool, reason });
  const session = `${JSON.stringify(board.settings.sessionIdField)}:${JSON.stringify(sessionId)}`;
  answerLine(
    board,
    connection,
    `{"jsonrpc":"2.0","method":"stdio_bus/session_lost",${session},"params":${params}}\n`,
  );
}

function describeExit({ exitCode, signal, reason }: WorkerExit): string {
  if (reason !== undefined) return reason;
  return signal === null ? `exited with code ${exitCode}` : `was ended by ${signal}`;
}
