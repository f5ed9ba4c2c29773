import type { PeerCertificate } from 'node:tls';
import { type Failure, refusal } from './failure.ts';
import { type Caller, callerFrom, subjectFromCertificate } from './identity.ts';
import type { TokenFile } from './token-file.ts';

/** What a connection or a call shows of its maker. */
export interface Credentials {
  /** The value of `authorization`, as in `Bearer TOKEN`. */
  readonly authorization?: string | undefined;
  /** The client's certificate, where TLS has verified it. */
  readonly certificate?: Pick<PeerCertificate, 'subject' | 'subjectaltname'> | undefined;
}

/** `caller` undefined: nobody is asked who he is. */
export type Authentication =
  | { readonly caller: Caller | undefined; readonly failure?: never }
  | { readonly caller?: never; readonly failure: Failure };

/** Finds out who calls. */
export interface Authenticator {
  /** Whether callers have to show who they are. */
  readonly isRequired: boolean;
  /** Never throws; a failure is UNAUTHENTICATED. */
  authenticate(credentials: Credentials): Authentication;
  close(): void;
}

export interface AuthenticatorOptions {
  readonly tokens: TokenFile | undefined;
  /** Whether TLS asks clients for a certificate, and verifies it. */
  readonly hasClientCertificates: boolean;
  /** The name of the adapter in `_ext.identity`. */
  readonly assertedBy: string;
}

/** With both, a certificate and a token are needed, and the token says who it is. */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { tokens, hasClientCertificates, assertedBy } = options;
  const fail = (message: string): Authentication => ({
    failure: refusal('UNAUTHENTICATED', message),
  });
  return {
    isRequired: tokens !== undefined || hasClientCertificates,
    authenticate({ authorization, certificate }) {
      const subjectId = certificate === undefined ? undefined : subjectFromCertificate(certificate);
      if (hasClientCertificates && subjectId === undefined) {
        return fail('a client certificate with a name in it is needed');
      }
      if (tokens !== undefined) {
        const token = /^Bearer +([^\s]+)$/i.exec(authorization ?? '')?.[1];
        if (token === undefined) return fail('a bearer token is needed');
        const subject = tokens.subjectOf(token);
        if (subject === undefined) return fail('the bearer token is not known');
        return { caller: callerFrom('token', subject, assertedBy) };
      }
      if (subjectId === undefined || !hasClientCertificates) return { caller: undefined };
      return { caller: callerFrom('certificate', { subjectId }, assertedBy) };
    },
    close: () => tokens?.close(),
  };
}
