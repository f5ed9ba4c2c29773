import type { Log } from '../bus/log.ts';
import { OverlongLine } from '../bus/overlong-line.ts';
import type { EnvelopeScanner } from '../envelope-scanner.ts';
import { requestErrorFromResponse, tooLargeError } from './bus-request-error.ts';
import type { FrameLinkEvents } from './frame-link.ts';
import type { ReceivedNotification } from './notification-stream.ts';
import type { PendingRequests } from './pending-requests.ts';
import type { ReceivedWorkerRequest } from './worker-questions.ts';

export interface ReceivedFramesOptions {
  readonly sessionIdField: string;
  /** Made for `sessionIdField`. */
  readonly scanner: EnvelopeScanner;
  readonly pending: PendingRequests;
  readonly log: Log;
  /** Bytes of the longest frame on this connection that no answer comes to. */
  readonly longestUnanswered: () => number;
  readonly onNotification: (notification: ReceivedNotification, byteLength: number) => void;
  /** `idJson` is the id in its own spelling. */
  readonly onWorkerRequest: (
    idJson: string,
    request: Omit<ReceivedWorkerRequest, 'signal'>,
  ) => void;
  /** A session has lost its worker. */
  readonly onSessionLost: (sessionId: string) => void;
}

type Received = Omit<FrameLinkEvents, 'onRoom' | 'onClose'>;
type Frame = Readonly<Record<string, unknown>>;

/**
 * What becomes of the lines that a bus sends. A late answer to what was given up is dropped; a line
 * that is no frame is logged, and costs nothing else. Implements COR-6, FRM-2; serves COR-1.
 */
export function createReceivedFrames(options: ReceivedFramesOptions): Received {
  const { sessionIdField, scanner, pending, log } = options;
  let overlong: OverlongLine | undefined;

  const onLine = (bytes: Buffer, start: number, end: number) => {
    const frame = parsed(bytes, start, end);
    if (frame === undefined) {
      if (scanner.scan(bytes, start, end) !== 'blank') log.warn({}, 'a line that is no frame');
      return;
    }
    if (typeof frame.method !== 'string') {
      takeResponse(options, frame);
      return;
    }
    const sessionId = frame[sessionIdField];
    const message = {
      method: frame.method,
      sessionId: typeof sessionId === 'string' ? sessionId : undefined,
      params: frame.params,
      frame,
    };
    if (frame.id !== undefined) {
      if (scanner.scan(bytes, start, end) === 'request') {
        options.onWorkerRequest(scanner.idJson(), message);
      } else log.warn({ fault: scanner.fault }, 'a worker request that is no frame');
      return;
    }
    if (message.method === 'stdio_bus/session_lost' && message.sessionId !== undefined) {
      options.onSessionLost(message.sessionId);
    }
    options.onNotification(message, end - start);
  };

  return {
    onLine,
    onOverlong: () => {
      overlong = new OverlongLine();
    },
    onDiscarded: (bytes, start, end) => overlong?.read(bytes, start, end),
    onDiscardedEnd: () => {
      const { hasMethod, idJson } = overlong ?? {};
      overlong = undefined;
      log.warn({ id: idJson }, 'a frame longer than maxReceivedBytes was dropped');
      if (hasMethod || idJson === undefined) return;
      pending
        .take(Number(idJson))
        ?.reject(tooLargeError('the response is longer than maxReceivedBytes', true));
    },
  };
}

function parsed(bytes: Buffer, start: number, end: number): Frame | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8', start, end));
    return typeof value === 'object' && value !== null ? (value as Frame) : undefined;
  } catch {
    return undefined;
  }
}

function takeResponse(options: ReceivedFramesOptions, frame: Frame): void {
  const { pending, log, longestUnanswered, onSessionLost } = options;
  if (frame.error === undefined) {
    pending.take(frame.id)?.resolve(frame.result);
    return;
  }
  const error = requestErrorFromResponse(frame.error);
  const request =
    frame.id === null && error.name === 'FRAME_TOO_LARGE'
      ? pending.takeLongestWritten(longestUnanswered())
      : pending.take(frame.id);
  if (request === undefined) {
    if (frame.id === null) log.warn({ error: error.message }, 'the bus refused a line');
    return;
  }
  if (error.name === 'WORKER_LOST' && request.sessionId !== undefined) {
    onSessionLost(request.sessionId);
  }
  request.reject(error);
}
