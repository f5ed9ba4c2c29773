import type { FrameSink } from '../frame-decoder.ts';
import type { ScanFault } from '../scan-fault.ts';
import { failPending, utf8Text } from './answers.ts';
import { type ErrorFacts, errorLine } from './bus-error.ts';
import type { Connection } from './connection.ts';
import type { Pending } from './correlator.ts';
import { OverlongLine } from './overlong-line.ts';
import { tickOf } from './session-table.ts';
import type { Switchboard } from './switchboard.ts';
import type { Worker } from './worker.ts';
import { maxWorkerRequests } from './worker-requests.ts';

/** Faults of members that do not matter in a response: it goes to whoever asked. */
const harmlessInResponse: ReadonlySet<ScanFault> = new Set([
  'bad-session-id',
  'empty-session-id',
  'long-session-id',
  'bad-pool',
  'empty-pool',
]);

/**
 * What becomes of the lines that a worker writes: responses to whoever asked, the rest to the owner
 * of its session, and what is no frame to nobody.
 * Implements COR-1, COR-5, COR-6, AFF-2, AFF-8, RST-6, RST-7.
 */
export function workerFrames(board: Switchboard, worker: Worker): FrameSink {
  let overlong: OverlongLine | undefined;
  return {
    onLine: (bytes, start, end) => takeLine(board, worker, bytes, start, end),
    onOverlong: () => {
      overlong = new OverlongLine();
      dropOutput(board, worker, `a line of more than ${board.settings.maxFrameBytes} bytes`);
    },
    onDiscarded: (bytes, start, end) => overlong?.read(bytes, start, end),
    onDiscardedEnd: () => {
      if (overlong !== undefined) answerOverlong(board, worker, overlong);
      overlong = undefined;
    },
    onUnterminated: () => board.counters.drop('half-line'),
  };
}

function takeLine(
  board: Switchboard,
  worker: Worker,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  const { scanner } = board;
  switch (scanner.scan(bytes, start, end)) {
    case 'response':
      takeResponse(board, worker, bytes, start, end);
      break;
    case 'notification':
      takeNotification(board, worker, bytes, start, end);
      break;
    case 'request':
      takeRequest(board, worker, bytes, start, end);
      break;
    case 'refused':
      takeRefused(board, worker, bytes, start, end);
      break;
    case 'blank':
      break;
  }
}

function takeResponse(
  board: Switchboard,
  worker: Worker,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  const { idStart, idEnd } = board.scanner;
  const pending = idStart < 0 ? undefined : findPending(board, worker, bytes, idStart, idEnd);
  if (pending === undefined) {
    board.counters.drop('unmatched-response');
    return;
  }
  board.correlator.close(pending);
  const { connection, clientId, session } = pending;
  if (session !== undefined) session.usedAt = tickOf(board.chunkClock.nowMs());
  if (!connection.takesFrame()) return;
  const { output } = connection;
  const before = output.stagedBytes;
  output.pushReplaced(bytes, { start, end, valueStart: idStart, valueEnd: idEnd }, clientId);
  connection.holdBack(worker);
  board.counters.frameOut(worker.poolIndex, output.stagedBytes - before);
}

/** The request with the id at [start, end): read digit by digit, whatever its spelling otherwise. */
function findPending(
  board: Switchboard,
  worker: Worker,
  bytes: Buffer,
  start: number,
  end: number,
): Pending | undefined {
  let id = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - 0x30;
    if (digit < 0 || digit > 9)
      return pendingOf(board, worker, bytes.toString('latin1', start, end));
    id = id * 10 + digit;
  }
  return board.correlator.find(worker, id);
}

/** The request whose id a worker spelled in another way: `1.0`, `1e1`. */
function pendingOf(board: Switchboard, worker: Worker, idJson: string): Pending | undefined {
  return idJson.startsWith('"') ? undefined : board.correlator.find(worker, Number(idJson));
}

/** The connection that owns the worker's session, where it can be given a frame. */
function ownerOf(board: Switchboard, worker: Worker): Connection | undefined {
  const session = board.sessions.findFor(board.scanner);
  if (session === undefined || session.worker !== worker) return undefined;
  session.usedAt = tickOf(board.chunkClock.nowMs());
  return board.connections.get(session.owner);
}

function takeNotification(
  board: Switchboard,
  worker: Worker,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  const owner = ownerOf(board, worker);
  if (owner === undefined) board.counters.drop('no-owner');
  else if (owner.takesFrame()) giveFrame(board, worker, owner, bytes, start, end);
}

function takeRequest(
  board: Switchboard,
  worker: Worker,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  const { scanner } = board;
  const idJson = bytes.toString('latin1', scanner.idStart, scanner.idEnd);
  const sessionId = scanner.sessionId();
  const owner = ownerOf(board, worker);
  const refusal = refusalOf(owner, sessionId);
  if (refusal !== undefined) refuseWorker(board, worker, idJson, refusal);
  else if (
    owner?.workerRequests.add({ worker, sessionId: sessionId as string, idJson }) === false
  ) {
    refuseWorker(board, worker, idJson, {
      name: 'INVALID_REQUEST',
      message: 'a request with this id and session is not answered yet',
    });
  } else if (owner?.takesFrame()) giveFrame(board, worker, owner, bytes, start, end);
}

function refusalOf(
  owner: Connection | undefined,
  sessionId: string | undefined,
): ErrorFacts | undefined {
  if (sessionId === undefined) {
    return { name: 'INVALID_REQUEST', message: 'a request to a client names its session' };
  }
  if (owner === undefined || owner.isHalfClosed) {
    return { name: 'UNAVAILABLE', message: 'the session has no owner', retryable: true };
  }
  if (owner.workerRequests.size >= maxWorkerRequests) {
    return { name: 'OVERLOADED', message: 'the client has too many to answer', retryable: true };
  }
  return undefined;
}

function giveFrame(
  board: Switchboard,
  worker: Worker,
  owner: Connection,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  owner.output.push(bytes, start, end);
  owner.holdBack(worker);
  board.counters.frameOut(worker.poolIndex, end - start + 1);
}

/** Answers a worker that asked a client; `idJson` has one character for each byte. */
export function refuseWorker(
  board: Switchboard,
  worker: Worker,
  idJson: string,
  facts: ErrorFacts,
): void {
  board.counters.error(facts.name);
  if (worker.isLive) worker.output.pushLine(errorLine(utf8Text(idJson), facts));
}

/** A line that is no frame: to nobody; but if it was a response, its request gets an error. */
function takeRefused(
  board: Switchboard,
  worker: Worker,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  const { scanner } = board;
  const { fault, idStart, idEnd } = scanner;
  const isRequest = scanner.method() !== undefined;
  if (fault !== null && harmlessInResponse.has(fault) && !isRequest && idStart >= 0) {
    takeResponse(board, worker, bytes, start, end);
    return;
  }
  dropOutput(board, worker, fault ?? 'no frame');
  if (idStart < 0) return;
  if (isRequest) {
    const idJson = bytes.toString('latin1', idStart, idEnd);
    refuseWorker(board, worker, idJson, { name: 'INVALID_REQUEST', message: `no frame: ${fault}` });
    return;
  }
  const pending = findPending(board, worker, bytes, idStart, idEnd);
  if (pending === undefined) return;
  failPending(board, pending, {
    name: 'WORKER_LOST',
    message: `worker ${worker.name} answered with a line that is no frame`,
    delivered: true,
  });
}

function answerOverlong(board: Switchboard, worker: Worker, line: OverlongLine): void {
  if (line.idJson === undefined) return;
  const { maxFrameBytes } = board.settings;
  if (line.hasMethod) {
    const message = `the request was longer than ${maxFrameBytes} bytes`;
    refuseWorker(board, worker, line.idJson, { name: 'FRAME_TOO_LARGE', message });
    return;
  }
  const pending = pendingOf(board, worker, line.idJson);
  if (pending === undefined) return;
  failPending(board, pending, {
    name: 'FRAME_TOO_LARGE',
    message: `the response was longer than ${maxFrameBytes} bytes`,
    delivered: true,
  });
}

function dropOutput(board: Switchboard, worker: Worker, what: string): void {
  board.counters.drop('not-a-frame');
  board.log.warn({ worker: worker.name, what }, 'output of a worker that is no frame was dropped');
}
