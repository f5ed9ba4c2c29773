import type { FrameSink } from '../frame-decoder.ts';
import { scanFaults } from '../scan-fault.ts';
import { answerError } from './answers.ts';
import { clientIdFrom } from './client-id.ts';
import type { Connection } from './connection.ts';
import { answerOwnMethod } from './own-methods.ts';
import { tickOf } from './session-table.ts';
import type { Switchboard } from './switchboard.ts';
import { leaveLostWorker } from './worker-loss.ts';

const ownPrefix = Buffer.from('stdio_bus/');

/**
 * What becomes of the lines that a client sends: refused, answered by the bus, or given to a worker.
 * Implements FRM-4, FRM-5, FRM-6, FRM-8, COR-3, COR-4, COR-6, DRN-1, FLW-2.
 */
export function clientFrames(board: Switchboard, connection: Connection): FrameSink {
  return {
    onLine: (bytes, start, end) => takeLine(board, connection, bytes, start, end),
    onOverlong: () => {
      board.counters.routingErrors++;
      const { maxFrameBytes } = board.settings;
      answerError(board, connection, 'null', {
        name: 'FRAME_TOO_LARGE',
        message: `the line is longer than ${maxFrameBytes} bytes`,
      });
    },
    onUnterminated: () => {
      board.counters.routingErrors++;
      answerError(board, connection, 'null', {
        name: 'PARSE_ERROR',
        message: 'the stream ended within a line',
      });
    },
  };
}

function takeLine(
  board: Switchboard,
  connection: Connection,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  if (connection.isClosed) return;
  const { scanner } = board;
  switch (scanner.scan(bytes, start, end)) {
    case 'request':
      takeRequest(board, connection, bytes, start, end);
      break;
    case 'notification':
      takeNotification(board, connection, bytes, start, end);
      break;
    case 'response':
      takeResponse(board, connection, bytes, start, end);
      break;
    case 'refused':
      refuseLine(board, connection);
      break;
    case 'blank':
      break;
  }
}

function refuseLine(board: Switchboard, connection: Connection): void {
  const { scanner, counters } = board;
  if (scanner.fault === null) return;
  const { code, message } = scanFaults[scanner.fault];
  counters.routingErrors++;
  answerError(board, connection, scanner.idJson(), {
    name: code === -32700 ? 'PARSE_ERROR' : 'INVALID_REQUEST',
    message: `${message} (byte ${scanner.faultOffset})`,
  });
}

function takeRequest(
  board: Switchboard,
  connection: Connection,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  const { scanner, correlator, counters } = board;
  const { idStart, idEnd } = scanner;
  const clientId = clientIdFrom(bytes, idStart, idEnd);
  if (correlator.isPending(connection, clientId)) {
    counters.routingErrors++;
    answerError(board, connection, scanner.idJson(), {
      name: 'INVALID_REQUEST',
      message: 'a request with this id is still pending on this connection',
    });
    return;
  }
  if (
    scanner.methodStartsWith(ownPrefix) &&
    answerOwnMethod(board, connection, bytes, start, end)
  ) {
    return;
  }
  if (board.isDraining) {
    answerError(board, connection, scanner.idJson(), {
      name: 'DRAINING',
      message: 'the bus is draining',
      retryable: true,
    });
    return;
  }
  const route = board.router.route(scanner, 'request');
  const { worker, refusal } = route;
  if (worker === undefined) {
    counters.routingErrors++;
    if (refusal !== undefined) answerError(board, connection, scanner.idJson(), refusal);
    return;
  }
  if (worker.output.isFull) {
    answerError(board, connection, scanner.idJson(), {
      name: 'OVERLOADED',
      message: `the queue of worker ${worker.name} is full`,
      retryable: true,
    });
    return;
  }
  if (route.session !== undefined && route.session.worker !== worker)
    leaveLostWorker(board, route.session);
  const nowMs = board.chunkClock.nowMs();
  const session = board.router.bind(route, connection.number, nowMs);
  const pending = correlator.open(connection, clientId, worker, session, nowMs);
  const span = { start, end, valueStart: idStart, valueEnd: idEnd };
  worker.output.pushReplaced(bytes, span, pending.busId);
  worker.heardBy(connection.number);
  worker.congestion.staged(worker.output.queuedBytes, connection);
  counters.frameIn(worker.poolIndex, worker.output.stagedBytes - pending.position);
}

function takeNotification(
  board: Switchboard,
  connection: Connection,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  const { scanner, counters } = board;
  if (scanner.methodStartsWith(ownPrefix) && isOwnMethod(scanner.method())) {
    counters.drop('own-notification');
    return;
  }
  const route = board.router.route(scanner, 'notification');
  const { worker } = route;
  if (worker === undefined) {
    counters.drop('unroutable-notification');
    return;
  }
  if (worker.output.isFull) {
    counters.drop('queue-full');
    return;
  }
  if (route.session !== undefined && route.session.worker !== worker) {
    leaveLostWorker(board, route.session);
  }
  board.router.bind(route, connection.number, board.chunkClock.nowMs());
  worker.output.push(bytes, start, end);
  worker.heardBy(connection.number);
  worker.congestion.staged(worker.output.queuedBytes, connection);
  counters.frameIn(worker.poolIndex, end - start + 1);
}

function isOwnMethod(method: string | undefined): boolean {
  return method === 'stdio_bus/hello' || method === 'stdio_bus/stats';
}

/** The answer to what a worker asked: it goes back to the worker that asked, as it is. */
function takeResponse(
  board: Switchboard,
  connection: Connection,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  const { scanner, counters } = board;
  const idJson =
    scanner.idStart < 0 ? 'null' : bytes.toString('latin1', scanner.idStart, scanner.idEnd);
  const request = connection.workerRequests.take(idJson, scanner.sessionId());
  const session = request && board.sessions.find(request.sessionId);
  if (session !== undefined) session.usedAt = tickOf(board.chunkClock.nowMs());
  if (request === undefined || !request.worker.isLive) {
    counters.drop('unmatched-response');
    return;
  }
  request.worker.output.push(bytes, start, end);
  counters.frameIn(request.worker.poolIndex, end - start + 1);
}
