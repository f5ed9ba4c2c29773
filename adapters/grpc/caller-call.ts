import type {
  Metadata,
  ServerDuplexStream,
  ServerUnaryCall,
  ServerWritableStream,
} from '@grpc/grpc-js';
import type { Trace } from '../../schemas/generated/ext.ts';
import type { AdapterCore } from '../core/adapter-core.ts';
import { busFailure, type Failure } from '../core/failure.ts';
import type { Caller } from '../core/identity.ts';

export type AnyCall = Pick<
  ServerUnaryCall<unknown, unknown> &
    ServerDuplexStream<unknown, unknown> &
    ServerWritableStream<unknown, unknown>,
  'metadata' | 'getAuthContext'
>;

/** What the metadata and the connection of a call say. */
export interface CallFacts {
  readonly caller: Caller | undefined;
  /** `x-session-id`. */
  readonly sessionId: string | undefined;
  readonly trace: Trace | undefined;
}

/** Whose call it is; or why it is not taken. */
export function factsOfCall(
  core: AdapterCore,
  call: AnyCall,
): { readonly facts: CallFacts; readonly failure?: never } | { readonly failure: Failure } {
  const { metadata } = call;
  const { caller, failure } = core.authenticator.authenticate({
    authorization: textOf(metadata, 'authorization'),
    certificate: call.getAuthContext().sslPeerCertificate,
  });
  if (failure !== undefined) return { failure };
  if (core.isDraining) return { failure: draining() };
  const traceparent = textOf(metadata, 'traceparent');
  const tracestate = textOf(metadata, 'tracestate');
  const trace =
    traceparent === undefined
      ? undefined
      : { traceparent, ...(tracestate === undefined ? {} : { tracestate }) };
  return { facts: { caller, sessionId: textOf(metadata, 'x-session-id'), trace } };
}

export function draining(): Failure {
  return busFailure({ name: 'DRAINING', message: 'the adapter is draining', retryable: true });
}

function textOf(metadata: Metadata, key: string): string | undefined {
  const [value] = metadata.get(key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
