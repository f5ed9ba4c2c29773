import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { Trace } from '../../schemas/generated/ext.ts';
import type { AdapterCore } from './adapter-core.ts';
import { busFailure, type Failure, refusal } from './failure.ts';
import type { Caller } from './identity.ts';
import type { OriginPolicy } from './origin-policy.ts';

/** What the headers and the connection of an HTTP request say. */
export interface WebFacts {
  readonly caller: Caller | undefined;
  /** `x-session-id`. */
  readonly sessionId: string | undefined;
  /** `x-pool`. */
  readonly pool: string | undefined;
  readonly trace: Trace | undefined;
}

export type WebFactsResult =
  | { readonly facts: WebFacts; readonly failure?: never }
  | { readonly facts?: never; readonly failure: Failure };

/**
 * Whose request it is; or why it is not taken. `authorization` stands in for the header where a
 * browser cannot set one.
 */
export function factsOfRequest(
  core: AdapterCore,
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  { origins, authorization }: { origins: OriginPolicy; authorization?: string | undefined },
): WebFactsResult {
  const problem = origins.check(headers);
  if (problem !== undefined) return { failure: refusal('PERMISSION_DENIED', problem) };
  const isVerified = socket instanceof TLSSocket && socket.authorized;
  const { caller, failure } = core.authenticator.authenticate({
    authorization: headers.authorization ?? authorization,
    certificate: isVerified ? socket.getPeerCertificate() : undefined,
  });
  if (failure !== undefined) return { failure };
  if (core.isDraining) return { failure: draining() };
  const { traceparent, tracestate } = headers;
  const trace =
    typeof traceparent !== 'string'
      ? undefined
      : { traceparent, ...(typeof tracestate === 'string' ? { tracestate } : {}) };
  const sessionId = textOf(headers['x-session-id']);
  return { facts: { caller, sessionId, pool: textOf(headers['x-pool']), trace } };
}

function textOf(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function draining(): Failure {
  return busFailure({ name: 'DRAINING', message: 'the adapter is draining', retryable: true });
}
