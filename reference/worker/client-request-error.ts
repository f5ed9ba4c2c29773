import type { BusErrorName } from '../../schemas/generated/error.ts';
import { requestErrorFromResponse } from '../client/bus-request-error.ts';

/**
 * Why a request to a client got no result. The bus's own names; CLIENT_ERROR: the client answered
 * with an error. TIMEOUT: no answer within `timeoutMs`. ABORTED: a signal was aborted. CLOSED: nobody
 * is left to answer, since stdin has ended or the worker has. TOO_LARGE: the answer was.
 */
export type ClientRequestErrorName =
  | BusErrorName
  | 'UNKNOWN_BUS_ERROR'
  | 'CLIENT_ERROR'
  | 'TIMEOUT'
  | 'ABORTED'
  | 'CLOSED'
  | 'TOO_LARGE';

export interface ClientRequestErrorFacts {
  readonly name: ClientRequestErrorName;
  /** The code on the wire; undefined where nothing came. */
  readonly code?: number;
  /** Who failed it: the bus in place of the client, the client itself, or this side. */
  readonly source: 'bus' | 'client' | 'worker';
  readonly message: string;
  readonly retryable?: boolean;
  readonly data?: unknown;
  readonly cause?: unknown;
}

/**
 * What `context.request` rejects with. An error is no approval: where a question was asked, it was not
 * answered with yes. Serves COR-6.
 */
export class ClientRequestError extends Error {
  override readonly name: ClientRequestErrorName;
  readonly code: number | undefined;
  readonly source: 'bus' | 'client' | 'worker';
  /** Whether the same question may be asked again later. */
  readonly retryable: boolean;
  /** `error.data` as it came. */
  readonly data: unknown;

  constructor(facts: ClientRequestErrorFacts) {
    super(facts.message, facts.cause === undefined ? {} : { cause: facts.cause });
    this.name = facts.name;
    this.code = facts.code;
    this.source = facts.source;
    this.retryable = facts.retryable ?? false;
    this.data = facts.data;
  }
}

/** The error that an error response stands for. */
export function clientRequestErrorFrom(response: unknown): ClientRequestError {
  const { name, code, source, message, retryable, data } = requestErrorFromResponse(response);
  return new ClientRequestError({
    name: source === 'bus' ? (name as ClientRequestErrorName) : 'CLIENT_ERROR',
    code: code as number,
    source: source === 'bus' ? 'bus' : 'client',
    message,
    retryable,
    data,
  });
}
