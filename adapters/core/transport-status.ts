import type { Failure } from './failure.ts';

/** The name of a gRPC status code. */
export type GrpcStatusName =
  | 'INVALID_ARGUMENT'
  | 'UNAVAILABLE'
  | 'UNKNOWN'
  | 'NOT_FOUND'
  | 'RESOURCE_EXHAUSTED'
  | 'DEADLINE_EXCEEDED'
  | 'UNIMPLEMENTED'
  | 'INTERNAL'
  | 'UNAUTHENTICATED'
  | 'PERMISSION_DENIED';

/** What a failure is called in each transport. */
export interface TransportStatus {
  readonly grpc: GrpcStatusName;
  readonly http: number;
  /** The code that a WebSocket is closed with, where this ends the connection. */
  readonly webSocketClose: number;
}

interface StatusRow extends TransportStatus {
  /** A name of spec/errors.md, or the code of a worker's error. */
  readonly error: string | number;
  /** Where both kinds differ. */
  readonly delivered?: boolean;
}

/** The table of spec/errors.md, "Other transports"; a test holds the two together. */
export const statusRows: readonly StatusRow[] = [
  { error: 'PARSE_ERROR', grpc: 'INVALID_ARGUMENT', http: 400, webSocketClose: 1007 },
  { error: 'INVALID_REQUEST', grpc: 'INVALID_ARGUMENT', http: 400, webSocketClose: 1008 },
  { error: 'INVALID_PARAMS', grpc: 'INVALID_ARGUMENT', http: 400, webSocketClose: 1008 },
  {
    error: 'WORKER_LOST',
    delivered: false,
    grpc: 'UNAVAILABLE',
    http: 503,
    webSocketClose: 1013,
  },
  { error: 'WORKER_LOST', delivered: true, grpc: 'UNKNOWN', http: 502, webSocketClose: 1011 },
  { error: 'UNAVAILABLE', grpc: 'UNAVAILABLE', http: 503, webSocketClose: 1013 },
  { error: 'DRAINING', grpc: 'UNAVAILABLE', http: 503, webSocketClose: 1012 },
  { error: 'UNKNOWN_POOL', grpc: 'NOT_FOUND', http: 404, webSocketClose: 1008 },
  { error: 'OVERLOADED', grpc: 'RESOURCE_EXHAUSTED', http: 429, webSocketClose: 1013 },
  {
    error: 'FRAME_TOO_LARGE',
    delivered: false,
    grpc: 'RESOURCE_EXHAUSTED',
    http: 413,
    webSocketClose: 1009,
  },
  {
    error: 'FRAME_TOO_LARGE',
    delivered: true,
    grpc: 'RESOURCE_EXHAUSTED',
    http: 502,
    webSocketClose: 1011,
  },
  { error: 'DEADLINE_EXCEEDED', grpc: 'DEADLINE_EXCEEDED', http: 504, webSocketClose: 1011 },
  { error: 'UNAUTHENTICATED', grpc: 'UNAUTHENTICATED', http: 401, webSocketClose: 1008 },
  { error: 'PERMISSION_DENIED', grpc: 'PERMISSION_DENIED', http: 403, webSocketClose: 1008 },
  { error: -32601, grpc: 'UNIMPLEMENTED', http: 501, webSocketClose: 1011 },
  { error: -32602, grpc: 'INVALID_ARGUMENT', http: 400, webSocketClose: 1011 },
  { error: -32603, grpc: 'INTERNAL', http: 500, webSocketClose: 1011 },
  { error: -32001, grpc: 'RESOURCE_EXHAUSTED', http: 429, webSocketClose: 1011 },
];

const anyOther: TransportStatus = { grpc: 'UNKNOWN', http: 500, webSocketClose: 1011 };

/** The status of a failure in each transport (spec/errors.md, "Other transports"). */
export function transportStatus({ name, code, delivered }: Failure): TransportStatus {
  const key = name === 'WORKER_ERROR' ? code : name;
  const row = statusRows.find(
    (each) => each.error === key && (each.delivered ?? delivered) === delivered,
  );
  return row ?? anyOther;
}

/**
 * Milliseconds after which the same call may be made again; -1: never; undefined: the transport's own
 * way of retrying holds. Given as `grpc-retry-pushback-ms` and `Retry-After`.
 */
export function retryPushbackMs({ name, retryable }: Failure): number | undefined {
  if (name !== 'DRAINING') return undefined;
  return retryable ? 1000 : -1;
}
