import type { IncomingMessage } from 'node:http';
import { waitingClock } from '../../reference/client/waiting-clock.ts';
import { busFailure, type Failure } from '../core/failure.ts';

/** Milliseconds for a body that is read whole. */
const bodyTimeoutMs = 60_000;

/** Reads a body whole, and calls once; not at all where the request was cut off. */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  onBody: (body: Buffer | undefined, failure: Failure | undefined) => void,
): void {
  const tooLarge = () =>
    busFailure({ name: 'FRAME_TOO_LARGE', message: `the frame is longer than ${maxBytes} bytes` });
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    onBody(undefined, tooLarge());
    return;
  }
  let parts: Buffer[] = [];
  let byteLength = 0;
  let hasEnded = false;
  const end = (body: Buffer | undefined, failure: Failure | undefined) => {
    if (hasEnded) return;
    hasEnded = true;
    parts = [];
    cancel();
    if (failure !== undefined) request.pause();
    onBody(body, failure);
  };
  const cancel = waitingClock.after(bodyTimeoutMs, () => {
    const message = 'the body did not come in time';
    end(undefined, busFailure({ name: 'DEADLINE_EXCEEDED', message }));
  });
  request.on('data', (chunk: Buffer) => {
    byteLength += chunk.length;
    if (byteLength > maxBytes) end(undefined, tooLarge());
    else if (!hasEnded) parts.push(chunk);
  });
  request.once('end', () => {
    end(parts.length === 1 ? parts[0] : Buffer.concat(parts), undefined);
  });
  request.once('close', cancel);
}
