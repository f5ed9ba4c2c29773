import { requestErrorFromResponse } from '../../reference/client/bus-request-error.ts';
import { type Failure, failureFromError } from './failure.ts';
import { findMembers } from './frame-members.ts';

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

/** The answer that a response is; `frame` has been scanned, and is one. */
export function answerFrom(frame: Buffer): Answer {
  const span = { start: 0, end: frame.length };
  const members = findMembers(frame, span, ['result', 'error'])?.values;
  const result = members?.get('result');
  if (result !== undefined) return { frame, result: frame.subarray(result.start, result.end) };
  const error = members?.get('error');
  const value: unknown =
    error === undefined ? undefined : JSON.parse(frame.toString('utf8', error.start, error.end));
  return { frame, failure: failureFromError(requestErrorFromResponse(value)) };
}
