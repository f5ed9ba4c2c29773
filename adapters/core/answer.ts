import { requestErrorFromResponse } from '../../reference/client/bus-request-error.ts';
import type { EnvelopeScanner } from '../../reference/envelope-scanner.ts';
import { type Failure, failureFromError } from './failure.ts';

/** What came of a request: a response of the worker or the bus, or why there was none. */
export type Answer =
  | {
      readonly failure?: never;
      /** The response, LF excluded, with the caller's id. */
      readonly frame: Buffer;
      /** The bytes of its `result`. */
      readonly result: Buffer;
    }
  | { readonly failure: Failure /** Undefined where no response came. */; readonly frame?: Buffer };

/** Where a response is in the bytes that a scanner has read last, and that it found to be one. */
export interface ScannedResponse {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly scanner: EnvelopeScanner;
}

/** The answer that a response is, with this id in the place of its own. Keeps none of its bytes. */
export function answerFrom(response: ScannedResponse, idJson: string): Answer {
  const { bytes, start, end, scanner } = response;
  const { idStart, idEnd, outcomeStart, outcomeEnd, hasError } = scanner;
  const idLength = Buffer.byteLength(idJson);
  const frame = Buffer.allocUnsafe(end - start - (idEnd - idStart) + idLength);
  const idAt = bytes.copy(frame, 0, start, idStart);
  frame.write(idJson, idAt);
  bytes.copy(frame, idAt + idLength, idEnd, end);
  // What stands behind the id has moved.
  const moved = (outcomeStart > idStart ? idAt + idLength - idEnd : -start) | 0;
  const [from, to] = [outcomeStart + moved, outcomeEnd + moved];
  if (!hasError) return { frame, result: frame.subarray(from, to) };
  const error: unknown = JSON.parse(frame.toString('utf8', from, to));
  return { frame, failure: failureFromError(requestErrorFromResponse(error)) };
}
