import { type ServiceError, status } from '@grpc/grpc-js';
import {
  BusRequestError,
  clientError,
  requestErrorFromResponse,
  tooLargeError,
} from '../../reference/client/bus-request-error.ts';
import { errorKey } from './grpc-failure.ts';

/**
 * The error of a call as the other clients of a bus have it: the JSON-RPC error where there is one,
 * else what the status says of the connection.
 */
export function callError(error: ServiceError): BusRequestError {
  const [kept] = error.metadata?.get(errorKey) ?? [];
  if (kept !== undefined) return requestErrorFromResponse(JSON.parse(kept.toString()));
  const message = error.details || error.message;
  switch (error.code) {
    case status.DEADLINE_EXCEEDED:
      return clientError('TIMEOUT', message, { delivered: true, cause: error });
    case status.CANCELLED:
      return clientError('ABORTED', message, { delivered: true, cause: error });
    case status.RESOURCE_EXHAUSTED:
      return tooLargeError(message, false);
    case status.UNAVAILABLE:
      return clientError('CONNECTION_LOST', message, { delivered: true, cause: error });
    default:
      return new BusRequestError({
        name: 'UNKNOWN_BUS_ERROR',
        code: -32603,
        source: 'bus',
        message,
        retryable: false,
        delivered: true,
        cause: error,
      });
  }
}
