import { isIP } from 'node:net';
import { AdapterSetupError, isLoopback } from './listen-security.ts';

/** The headers of a request that say which page has sent it, and to whom. */
export interface OriginHeaders {
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
}

/** Which web pages may call. */
export interface OriginPolicy {
  /** Why a request is refused, in words; undefined where it may pass. Without `origin`: no page sent it. */
  check(headers: OriginHeaders): string | undefined;
}

export interface OriginPolicyOptions {
  /** Origins as browsers send them, such as `https://app.example`; `*` for all. None by default. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Whether everybody who reaches this address may call: then a page must not reach it by a name. */
  readonly isOpenLoopback: boolean;
}

/**
 * Makes the policy. No page may call unless its origin is allowed: a browser would else lend any page
 * its way to an adapter on this machine, and its certificate. Throws an AdapterSetupError for what is
 * no origin.
 */
export function createOriginPolicy(options: OriginPolicyOptions): OriginPolicy {
  const { allowedOrigins = [], isOpenLoopback } = options;
  const allowed = new Set(allowedOrigins.map(checkedOrigin));
  // Most requests call it by the name that the one before has used.
  let knownHost: string | undefined;
  return {
    check({ origin, host }) {
      if (origin !== undefined) {
        return allowed.has('*') || allowed.has(origin)
          ? undefined
          : 'pages of this origin may not call: --allow-origin names those that may';
      }
      // A page whose name was made to point here sends no origin with some requests.
      if (!isOpenLoopback || host === undefined || host === knownHost) return undefined;
      if (!isLoopbackHost(host)) return 'this address is called by another name than localhost';
      knownHost = host;
      return undefined;
    },
  };
}

function checkedOrigin(text: string): string {
  if (text === '*') return text;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // Origins of schemes that are not the web's, such as an extension's, are "null" in URL.
  if (url !== undefined && (url.origin === text || url.origin === 'null')) return text;
  throw new AdapterSetupError(
    `--allow-origin: "${text}" is no origin, such as https://app.example`,
  );
}

function isLoopbackHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return isLoopback(name) || isIP(name) === 4 || name.endsWith('.localhost');
}
