import type { BusErrorCode, BusErrorData, BusErrorName } from '../../schemas/generated/error.ts';

/** The code of each error of the bus, one for one. */
export const busErrorCodes: Readonly<Record<BusErrorName, BusErrorCode>> = {
  PARSE_ERROR: -32700,
  INVALID_REQUEST: -32600,
  INVALID_PARAMS: -32602,
  WORKER_LOST: -32050,
  UNAVAILABLE: -32051,
  DRAINING: -32052,
  UNKNOWN_POOL: -32053,
  OVERLOADED: -32054,
  FRAME_TOO_LARGE: -32055,
  DEADLINE_EXCEEDED: -32056,
};

export interface ErrorFacts {
  readonly name: BusErrorName;
  readonly message: string;
  /** Whether the same frame may be sent again, with a chance and without harm. */
  readonly retryable?: boolean;
  /** Whether the receiver may have seen the request. */
  readonly delivered?: boolean;
  /** Further members of `data`. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** An error response as a line, LF included; `idJson` is the id in its own spelling, or `null`. */
export function errorLine(idJson: string, facts: ErrorFacts): string {
  const { name, message, retryable = false, delivered = false, details } = facts;
  const data: BusErrorData = { source: 'bus', name, retryable, delivered, ...details };
  const error = JSON.stringify({ code: busErrorCodes[name], message, data });
  return `{"jsonrpc":"2.0","id":${idJson},"error":${error}}\n`;
}
