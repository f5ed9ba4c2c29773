import type { BusErrorName } from '../../schemas/generated/error.ts';
import { validateBusErrorName } from '../../schemas/generated/error.validate.ts';
import { busErrorCodes } from '../bus/bus-error.ts';

/**
 * What can fail on this side, before or without an answer. The list is closed. TIMEOUT: no answer
 * within `timeoutMs`. ABORTED: the signal was aborted. CLOSED: this client or bus was closed.
 * NOT_CONNECTED: there is no connection to send it on. CONNECTION_LOST: the connection ended before
 * the answer came. QUEUE_FULL: too much waits to be sent already.
 */
export type ClientErrorName =
  | 'TIMEOUT'
  | 'ABORTED'
  | 'CLOSED'
  | 'NOT_CONNECTED'
  | 'CONNECTION_LOST'
  | 'QUEUE_FULL';

/**
 * Names the failure of a request. An error of a worker is WORKER_ERROR, whatever its code;
 * UNKNOWN_BUS_ERROR is one of a newer bus: go by `retryable` and `delivered`.
 */
export type BusRequestErrorName =
  | BusErrorName
  | ClientErrorName
  | 'WORKER_ERROR'
  | 'UNKNOWN_BUS_ERROR';

export interface BusRequestErrorFacts {
  readonly name: BusRequestErrorName;
  readonly code: number | ClientErrorName;
  readonly source: 'bus' | 'worker' | 'client';
  readonly message: string;
  readonly retryable: boolean;
  readonly delivered: boolean;
  readonly data?: unknown;
  readonly cause?: unknown;
}

/**
 * Why a request got no result. Everything that rejects a request, a notification or a connection is
 * of this class, save mistakes in the arguments (TypeError, RangeError). Implements EXT-6, RST-1.
 */
export class BusRequestError extends Error {
  override readonly name: BusRequestErrorName;
  /** The code on the wire; the name again where nothing came over the wire. */
  readonly code: number | ClientErrorName;
  /** Who failed it: the bus in place of the worker, the worker itself, or this side. */
  readonly source: 'bus' | 'worker' | 'client';
  /** Whether the same request may succeed if it is sent again, perhaps later, and does no harm. */
  readonly retryable: boolean;
  /** Whether the worker may have seen the request, and may have acted on it. */
  readonly delivered: boolean;
  /** `error.data` as it came; undefined where there is none. */
  readonly data: unknown;

  constructor(facts: BusRequestErrorFacts) {
    super(facts.message, facts.cause === undefined ? {} : { cause: facts.cause });
    this.name = facts.name;
    this.code = facts.code;
    this.source = facts.source;
    this.retryable = facts.retryable;
    this.delivered = facts.delivered;
    this.data = facts.data;
  }
}

/** A worker that is overloaded asks for the same request again, later (spec/errors.md). */
const workerOverloaded = -32001;

/** The error that an error response stands for; of anything, since a worker may write anything. */
export function requestErrorFromResponse(error: unknown): BusRequestError {
  const { code, message, data } = (error ?? {}) as Record<string, unknown>;
  const facts = {
    code: typeof code === 'number' ? code : -32603,
    message: typeof message === 'string' ? message : 'an error without a message',
    data: data ?? (typeof code === 'number' ? undefined : error),
  };
  if (isBusData(data)) {
    const { name: given, retryable, delivered } = data;
    const name = validateBusErrorName(given) ? given : 'UNKNOWN_BUS_ERROR';
    return new BusRequestError({ ...facts, name, source: 'bus', retryable, delivered });
  }
  return new BusRequestError({
    ...facts,
    name: 'WORKER_ERROR',
    source: 'worker',
    retryable: code === workerOverloaded,
    delivered: true,
  });
}

function isBusData(
  data: unknown,
): data is { name?: unknown; retryable: boolean; delivered: boolean } {
  if (typeof data !== 'object' || data === null) return false;
  const { source, retryable, delivered } = data as Record<string, unknown>;
  return source === 'bus' && typeof retryable === 'boolean' && typeof delivered === 'boolean';
}

/** A failure on this side: retryable where the request was certainly not sent, save for CLOSED. */
export function clientError(
  name: ClientErrorName,
  message: string,
  { delivered = false, cause }: { delivered?: boolean; cause?: unknown } = {},
): BusRequestError {
  return new BusRequestError({
    name,
    code: name,
    source: 'client',
    message,
    retryable: !delivered && name !== 'CLOSED',
    delivered,
    cause,
  });
}

/** A frame that is too long for the bus, or a response that is too long for this side. */
export function tooLargeError(message: string, delivered: boolean): BusRequestError {
  const code = busErrorCodes.FRAME_TOO_LARGE;
  return new BusRequestError({
    name: 'FRAME_TOO_LARGE',
    code,
    source: 'client',
    message,
    retryable: false,
    delivered,
  });
}
