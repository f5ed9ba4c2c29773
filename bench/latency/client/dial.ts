import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { PhaseClock } from '../measure/phase-clock.ts';
import { type PeerAddress, textOfAddress } from './address.ts';
import { WireError, type WireOptions } from './wire.ts';

/** Connects a socket, and notes when what was done. Rejects with a WireError. */
export async function dial(
  address: PeerAddress,
  clock: PhaseClock,
  options: WireOptions & { readonly alpn?: readonly string[] },
): Promise<Socket | TLSSocket> {
  try {
    const socket = await connected(address, clock, options);
    if (!address.transport.endsWith('-tls')) return socket;
    clock.enter('tls');
    return await secured(socket, address, options);
  } catch (error) {
    throw new WireError(`${textOfAddress(address)}: ${reasonOf(error)}`, { cause: error });
  }
}

async function connected(address: PeerAddress, clock: PhaseClock, { isLink }: WireOptions) {
  const { transport, host, port, path } = address;
  const isName = transport !== 'unix' && isIP(host) === 0;
  clock.enter(isName ? 'dns' : 'connect');
  const socket = connect(transport === 'unix' ? { path } : { host, port, noDelay: true });
  if (isName) socket.once('lookup', () => clock.enter('connect'));
  await once(socket, 'connect');
  if (isLink) await announced(socket);
  return socket;
}

/** The link's one byte. What follows it is left for the protocol. */
async function announced(socket: Socket): Promise<void> {
  while (socket.read(1) === null) {
    if (socket.readableEnded || socket.destroyed) throw new Error('closed by the delay link');
    await once(socket, 'readable');
  }
}

async function secured(
  socket: Socket,
  { host }: PeerAddress,
  options: WireOptions & { readonly alpn?: readonly string[] },
): Promise<TLSSocket> {
  const servername = options.serverName ?? (isIP(host) === 0 ? host : undefined);
  const secure = connectTls({
    socket,
    ...(servername === undefined ? {} : { servername }),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    ...(options.alpn === undefined ? {} : { ALPNProtocols: [...options.alpn] }),
  });
  await once(secure, 'secureConnect');
  return secure;
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ENOENT: 'there is no such file or socket',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name cannot be looked up',
  ECONNRESET: 'the connection was cut',
  EACCES: 'not permitted',
  ETIMEDOUT: 'no answer',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted; give its CA with --ca FILE',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted; give its CA with --ca FILE',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted; give its CA with --ca FILE',
};

/** An error in a few words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return words[String(code)] ?? String(message).split('\n')[0] ?? 'unknown';
}
