import { connect, type Socket } from 'node:net';
import type { Transport } from '../../schemas/generated/bus-subject.ts';
import { Client } from '../client/client.ts';
import type { History } from '../history/history.ts';
import type { Launcher } from './launcher.ts';
import type { Waiter } from './waiter.ts';

/** Where a bus listens. */
export type SocketAddress =
  | { readonly host: string; readonly port: number }
  | { readonly path: string };

export interface ConnectionsOptions {
  readonly transport: Transport;
  readonly launcher: Launcher;
  readonly sessionIdField: string;
  readonly history: History;
  readonly waiter: Waiter;
}

type ClientStreams = Pick<ConstructorParameters<typeof Client>[0], 'input' | 'output' | 'socket'>;

/** The clients of a scene. */
export class Connections {
  readonly clients: Client[] = [];
  readonly #options: ConnectionsOptions;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  /** A new connection; one that is refused is recorded. Throws what the system says. */
  async connect(): Promise<Client> {
    const socket = await this.tryToOpen();
    if (!(socket instanceof Error)) return this.clientOn(socket);
    this.#options.history.add({
      kind: 'connection',
      connection: `c${this.clients.length + 1}`,
      event: 'refused',
      error: (socket as NodeJS.ErrnoException).code ?? socket.message,
    });
    throw socket;
  }

  /** A connection to an address other than the scene's own. Throws what the system says. */
  async connectTo(at: SocketAddress): Promise<Client> {
    const socket = await openSocket(at);
    if (socket instanceof Error) throw socket;
    return this.clientOn(socket);
  }

  /** The client on the subject's stdin and stdout. */
  addStdioClient(): Client {
    const { stdin, stdout } = this.#options.launcher.subject;
    return this.#add({ input: stdout, output: stdin });
  }

  clientOn(socket: Socket): Client {
    return this.#add({ input: socket, output: socket, socket });
  }

  /** Whether a connection can be made at this moment; it is closed again at once. */
  async isReachable(): Promise<boolean> {
    const socket = await this.tryToOpen();
    if (socket instanceof Error) return false;
    socket.destroy();
    return true;
  }

  tryToOpen(): Promise<Socket | Error> {
    const { host, port, socket: path } = this.#options.launcher.places;
    return openSocket(this.#options.transport === 'tcp' ? { host, port } : { path });
  }

  #add(streams: ClientStreams): Client {
    const { history, waiter, sessionIdField } = this.#options;
    const id = `c${this.clients.length + 1}`;
    const client = new Client({ id, ...streams, history, sessionIdField, waiter });
    this.clients.push(client);
    return client;
  }
}

function openSocket(at: SocketAddress): Promise<Socket | Error> {
  const socket = connect({ ...at, allowHalfOpen: true, noDelay: true });
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', resolve);
  });
}
