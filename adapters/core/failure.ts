import { busErrorCodes, type ErrorFacts } from '../../reference/bus/bus-error.ts';
import { BusRequestError } from '../../reference/client/bus-request-error.ts';

/** What an adapter itself refuses, besides the errors of a bus. The list is closed. */
export type AdapterErrorName = 'UNAUTHENTICATED' | 'PERMISSION_DENIED';

/**
 * Why a call got no result: the JSON-RPC error of a worker or a bus, or of the adapter in the place of
 * the bus. `name` is that of spec/errors.md; WORKER_ERROR for whatever a worker says.
 */
export interface Failure {
  readonly name: string;
  readonly code: number;
  readonly message: string;
  readonly retryable: boolean;
  readonly delivered: boolean;
  /** `error.data`; undefined where there is none. */
  readonly data?: unknown;
}

/** A failure of the adapter, in the form of the bus's own errors. */
export function busFailure(facts: ErrorFacts): Failure {
  const { name, message, retryable = false, delivered = false } = facts;
  const data = { source: 'bus', name, retryable, delivered, ...facts.details };
  return { name, code: busErrorCodes[name], message, retryable, delivered, data };
}

/** Nothing was sent: the same request may succeed later. */
export function unavailable(message: string): Failure {
  return busFailure({ name: 'UNAVAILABLE', message, retryable: true });
}

/** Too much waits already. */
export function overloaded(message: string): Failure {
  return busFailure({ name: 'OVERLOADED', message, retryable: true });
}

/** As a JSON-RPC error it is an INVALID_REQUEST; the transport's status says more. */
export function refusal(name: AdapterErrorName, message: string): Failure {
  return { ...busFailure({ name: 'INVALID_REQUEST', message }), name };
}

/** What a link or a client failed with. A mistake in the program is thrown again. */
export function failureFromError(error: unknown): Failure {
  if (!(error instanceof BusRequestError)) throw error;
  const { name, code, message, retryable, delivered, data } = error;
  if (typeof code === 'number') return { name, code, message, retryable, delivered, data };
  switch (error.name) {
    case 'TIMEOUT':
      return busFailure({ name: 'DEADLINE_EXCEEDED', message, retryable: !delivered, delivered });
    case 'QUEUE_FULL':
      return busFailure({ name: 'OVERLOADED', message, retryable: true });
    case 'CONNECTION_LOST':
      return busFailure({ name: 'WORKER_LOST', message, retryable: !delivered, delivered });
    default:
      return busFailure({ name: 'UNAVAILABLE', message, retryable: true });
  }
}

/** The error response that says a failure, LF included; `idJson` is the id as it was spelled. */
export function failureLine(idJson: string, { code, message, data }: Failure): string {
  const error = JSON.stringify({ code, message, data });
  return `{"jsonrpc":"2.0","id":${idJson},"error":${error}}\n`;
}
