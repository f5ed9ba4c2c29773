import type { IncomingMessage } from 'node:http';
import { busFailure, type Failure } from '../core/failure.ts';
import type { Deadlines } from './deadlines.ts';

/** Milliseconds for a body that is read whole. */
export const bodyTimeoutMs = 60_000;

export interface BodyLimits {
  readonly maxBytes: number;
  readonly deadlines: Deadlines;
}

/** Reads a body whole, and calls once; not at all where the request was cut off. */
export function readBody(
  request: IncomingMessage,
  { maxBytes, deadlines }: BodyLimits,
  onBody: (body: Buffer | undefined, failure: Failure | undefined) => void,
): void {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    onBody(undefined, tooLarge(maxBytes));
    return;
  }
  let parts: Buffer[] = [];
  let byteLength = 0;
  let hasEnded = false;
  const end = (body: Buffer | undefined, failure: Failure | undefined) => {
    if (hasEnded) return;
    hasEnded = true;
    parts = [];
    deadlines.cancel(onLate);
    if (failure !== undefined) request.pause();
    onBody(body, failure);
  };
  const onLate = () => {
    const message = 'the body did not come in time';
    end(undefined, busFailure({ name: 'DEADLINE_EXCEEDED', message }));
  };
  deadlines.start(onLate);
  request.on('data', (chunk: Buffer) => {
    byteLength += chunk.length;
    if (byteLength > maxBytes) end(undefined, tooLarge(maxBytes));
    else if (!hasEnded) parts.push(chunk);
  });
  request.on('end', () => {
    end(parts.length === 1 ? parts[0] : Buffer.concat(parts), undefined);
  });
  request.on('close', () => {
    hasEnded = true;
    parts = [];
    deadlines.cancel(onLate);
  });
}

function tooLarge(maxBytes: number): Failure {
  const message = `the frame is longer than ${maxBytes} bytes`;
  return busFailure({ name: 'FRAME_TOO_LARGE', message });
}
