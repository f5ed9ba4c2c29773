import { isIPv6 } from 'node:net';

/** Where a bus is reached. */
export type ListenAddress =
  | { readonly transport: 'tcp'; readonly host: string; readonly port: number }
  | { readonly transport: 'unix'; readonly path: string }
  | { readonly transport: 'stdio' };

/**
 * A TCP address from `HOST:PORT`, `[IPV6]:PORT`, `:PORT` or `PORT`; without a host it is the loopback
 * address. Throws a RangeError in words. Implements CFG-5, SEC-2.
 */
export function tcpAddress(text: string): ListenAddress {
  const match = /^(?:(?:\[(?<ipv6>[^\]]+)\]|(?<name>[^:[\]]*)):)?(?<port>\d{1,6})$/.exec(text);
  if (!match?.groups) {
    throw new RangeError(
      `"${text}" is no HOST:PORT (an IPv6 address goes in brackets: [::1]:9000)`,
    );
  }
  const { ipv6, name, port } = match.groups as { ipv6?: string; name?: string; port: string };
  if (ipv6 !== undefined && !isIPv6(ipv6)) throw new RangeError(`[${ipv6}] is no IPv6 address`);
  if (Number(port) > 65_535) throw new RangeError(`port ${port} is out of range: 0 to 65535`);
  return { transport: 'tcp', host: ipv6 ?? (name || '127.0.0.1'), port: Number(port) };
}

/** A Unix socket's address. Throws a RangeError in words where the path cannot be one. */
export function unixAddress(path: string): ListenAddress {
  if (path === '' || path.includes('\0')) throw new RangeError('a socket has a path');
  const longest = process.platform === 'darwin' ? 103 : 107;
  const byteLength = Buffer.byteLength(path);
  if (byteLength > longest) {
    throw new RangeError(
      `the path of a socket has at most ${longest} bytes, this has ${byteLength}`,
    );
  }
  return { transport: 'unix', path };
}
