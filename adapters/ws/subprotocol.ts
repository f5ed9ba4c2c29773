/** What a client offers that has to offer something, as a browser with a token. */
export const subprotocol = 'stdio-bus.v1';

/** Offered as well, it carries a bearer token in base64url, since a browser can set no header. */
const bearerPrefix = 'stdio-bus.bearer.';

/** The subprotocols that a client with this token offers where it cannot set headers. */
export function subprotocolsWithToken(token: string): string[] {
  return [subprotocol, `${bearerPrefix}${Buffer.from(token).toString('base64url')}`];
}

/** The value of an `authorization` header that the offered subprotocols stand for. */
export function authorizationFrom(offered: string | undefined): string | undefined {
  for (const each of (offered ?? '').split(',')) {
    const name = each.trim();
    if (!name.startsWith(bearerPrefix)) continue;
    return `Bearer ${Buffer.from(name.slice(bearerPrefix.length), 'base64url')}`;
  }
  return undefined;
}
