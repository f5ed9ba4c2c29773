import { once } from 'node:events';
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2';
import { type PeerAddress, textOfAddress } from './address.ts';
import { dial, reasonOf } from './dial.ts';
import { createGrpcReader, grpcMessageFrom } from './grpc-message.ts';
import type { WireRequest } from './socket-wire.ts';
import { type Wire, WireError } from './wire.ts';

const method = '/stdiobus.v1.Bus/Session';

/**
 * Frames over the gRPC stream Bus.Session, on Node's own HTTP/2: a library would hide when the
 * settings came, and put its own time on top. The stream is opened together with the connection,
 * as HTTP/2 allows, so that it costs no round trip of its own.
 */
export async function openGrpcWire(
  address: PeerAddress,
  { clock, events, options }: WireRequest,
): Promise<Wire> {
  const socket = await dial(address, clock, { ...options, alpn: ['h2'] });
  clock.enter('settings');
  const isTls = address.transport === 'grpc-tls';
  const place = address.host.includes(':') ? `[${address.host}]` : address.host;
  const session = connect(`${isTls ? 'https' : 'http'}://${place}:${address.port}`, {
    createConnection: () => socket,
  });
  let reason = 'the connection was closed';
  session.on('error', (error) => {
    reason = reasonOf(error);
  });
  const stream = session.request({
    ':method': 'POST',
    ':path': method,
    'content-type': 'application/grpc+proto',
    te: 'trailers',
    ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
  });
  stream.on('error', (error) => {
    reason = reasonOf(error);
  });
  session.once('remoteSettings', () => clock.enter('authorise'));
  stream.once('response', () => clock.enter('initialise'));
  for (const kind of ['response', 'trailers'] as const) {
    stream.on(kind, (headers: IncomingHttpHeaders) => {
      reason = refusalIn(headers) ?? reason;
    });
  }
  const read = createGrpcReader();
  stream.on('data', (bytes: Buffer) => events.onArrival(() => read(bytes)));
  // A refusal ends the peer's direction only.
  stream.on('end', () => stream.close());
  stream.on('close', () => {
    events.onClose(`${textOfAddress(address)}: ${reason}`);
    session.destroy();
  });
  if (session.destroyed) throw new WireError(`${textOfAddress(address)}: ${reason}`);
  return {
    encode: (json) => grpcMessageFrom(Buffer.from(json)),
    write: (bytes) => void stream.write(bytes),
    close: () => closeSession(session),
  };
}

function closeSession(session: ClientHttp2Session): void {
  session.destroy();
  void once(session, 'close').catch(() => {});
}

function refusalIn(headers: IncomingHttpHeaders): string | undefined {
  const { ':status': http, 'grpc-status': status, 'grpc-message': message } = headers;
  if (status === '16' || status === '7') return `the token was refused (${text(message)})`;
  if (status !== undefined && status !== '0') return `gRPC status ${status}: ${text(message)}`;
  if (http !== undefined && String(http) !== '200') return `no gRPC service there (HTTP ${http})`;
  return undefined;
}

function text(message: string | string[] | undefined): string {
  return decodeURIComponent(String(message ?? 'no reason given'));
}
