import { Metadata, status } from '@grpc/grpc-js';
import type { Failure } from '../core/failure.ts';
import { retryPushbackMs, transportStatus } from '../core/transport-status.ts';

/** The trailing metadata with the JSON-RPC error. */
export const errorKey = 'stdio-bus-error-bin';

/** Many clients take 8 KiB of metadata in all, and base64 makes it a third longer. */
const longestErrorBytes = 4096;
const longestMessage = 1000;

/** What a call ends with, instead of a response. */
export interface GrpcError {
  readonly code: number;
  readonly details: string;
  readonly metadata: Metadata;
}

/** The status of a failure, with the JSON-RPC error in the trailing metadata. */
export function grpcError(failure: Failure): GrpcError {
  const metadata = new Metadata();
  metadata.set(errorKey, errorJson(failure));
  const pushbackMs = retryPushbackMs(failure);
  if (pushbackMs !== undefined) metadata.set('grpc-retry-pushback-ms', String(pushbackMs));
  return {
    code: status[transportStatus(failure).grpc],
    details: details(failure.message),
    metadata,
  };
}

/** Without its `data`, where that is too long for metadata. */
function errorJson({ code, message, data }: Failure): Buffer {
  const whole = Buffer.from(JSON.stringify({ code, message, data }));
  if (whole.length <= longestErrorBytes) return whole;
  return Buffer.from(JSON.stringify({ code, message: details(message), isCut: true }));
}

/** What the library can write into a header: it throws at half a surrogate pair. */
function details(message: string): string {
  return message
    .slice(0, longestMessage)
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}
