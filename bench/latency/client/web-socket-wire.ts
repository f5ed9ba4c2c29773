import { once } from 'node:events';
import { WebSocket } from 'ws';
import { type PeerAddress, textOfAddress } from './address.ts';
import { dial, reasonOf } from './dial.ts';
import type { WireRequest } from './socket-wire.ts';
import { type Wire, WireError } from './wire.ts';

/** Frames as messages of a WebSocket. */
export async function openWebSocketWire(
  address: PeerAddress,
  { clock, events, options }: WireRequest,
): Promise<Wire> {
  const socket = await dial(address, clock, options);
  clock.enter('upgrade');
  const { host, port, path, transport } = address;
  const place = host.includes(':') ? `[${host}]` : host;
  // The socket is secure already where it has to be.
  const webSocket = new WebSocket(`ws://${place}:${port}${path}`, {
    createConnection: () => socket,
    perMessageDeflate: false,
    headers: options.token === undefined ? {} : { authorization: `Bearer ${options.token}` },
  });
  webSocket.on('unexpected-response', (_, response) => {
    webSocket.emit('error', new Error(refusal(response.statusCode ?? 0)));
    socket.destroy();
  });
  await once(webSocket, 'open').catch((error) => {
    throw new WireError(`${textOfAddress({ ...address, transport })}: ${reasonOf(error)}`);
  });
  let reason = 'the connection was closed';
  webSocket.on('message', (data: Buffer) => events.onArrival(() => [String(data)]));
  webSocket.on('error', (error) => {
    reason = reasonOf(error);
  });
  webSocket.on('close', (code, text) => events.onClose(`${reason}: ${code} ${text}`));
  return {
    encode: (json) => Buffer.from(json),
    write: (bytes) => webSocket.send(bytes, { binary: false }),
    close: () => webSocket.terminate(),
  };
}

function refusal(status: number): string {
  if (status === 401 || status === 403) return `the token was refused (HTTP ${status})`;
  return `no WebSocket there (HTTP ${status})`;
}
