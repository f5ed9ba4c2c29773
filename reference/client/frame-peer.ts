import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Test } from 'tap';
import { createFrameConnection, type FrameConnection } from '../faults/frame-connection.ts';
import { until } from '../faults/process-table.ts';
import { type BusClient, type ConnectOptions, connect } from './connect.ts';

/** Connects again almost at once. */
export const soon = { minDelayMs: 5, maxDelayMs: 20 };

/** Something that a client takes for a bus, and that does what the test does. */
export interface Peer {
  readonly url: string;
  readonly sockets: Socket[];
  readonly server: Server;
  /** The connection of this number, from 0, when it is there. */
  connection(number: number): Promise<FrameConnection>;
}

export async function startPeer(t: Test, port = 0): Promise<Peer> {
  const sockets: Socket[] = [];
  const connections: FrameConnection[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    connections.push(createFrameConnection(socket, socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const { port: chosen } = server.address() as { port: number };
  return {
    url: `tcp://127.0.0.1:${chosen}`,
    sockets,
    server,
    connection: (number) => until(`connection ${number}`, () => connections[number]),
  };
}

export async function startClient(
  t: Test,
  url: string,
  options: ConnectOptions = { reconnect: soon },
): Promise<BusClient> {
  const client = await connect(url, options);
  t.teardown(() => client.destroy());
  return client;
}
