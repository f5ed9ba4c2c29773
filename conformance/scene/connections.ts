import { connect, type Socket } from 'node:net';
import type { Transport } from '../../schemas/generated/bus-subject.ts';
import type { AdapterFront } from '../adapter/adapter-front.ts';
import { Client } from '../client/client.ts';
import { HarnessError } from '../harness-error.ts';
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
  /** What clients connect to instead of the subject itself. */
  readonly front: AdapterFront | undefined;
}

type ClientStreams = Pick<ConstructorParameters<typeof Client>[0], 'input' | 'output' | 'socket'>;

/** The clients of a scene. */
export class Connections {
  readonly clients: Client[] = [];
  /** How long clients waited for an adapter to start, in milliseconds: not the subject's time. */
  adapterMs = 0;
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
    const socket = await this.#openFor(at);
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

  /** Whether the subject itself can be connected to at this moment; it is closed again at once. */
  async isReachable(): Promise<boolean> {
    const socket = await openSocket(this.#address());
    if (socket instanceof Error) return false;
    socket.destroy();
    return true;
  }

  tryToOpen(): Promise<Socket | Error> {
    return this.#openFor(this.#address());
  }

  #address(): SocketAddress {
    const { host, port, socket: path } = this.#options.launcher.places;
    return this.#options.transport === 'tcp' ? { host, port } : { path };
  }

  /** A connection of a client, through the adapter where there is one. Throws HarnessError. */
  async #openFor(at: SocketAddress): Promise<Socket | Error> {
    const { front } = this.#options;
    if (front === undefined || !('port' in at)) return openSocket(at);
    // An adapter does not start where no bus is, and takes its time.
    if (!front.has(at)) {
      const socket = await openSocket(at);
      if (socket instanceof Error) return socket;
      socket.destroy();
    }
    try {
      const startedMs = performance.now();
      const bridge = await front.bridgeTo(at);
      this.adapterMs += performance.now() - startedMs;
      const socket = await openSocket(bridge);
      if (socket instanceof Error) throw new HarnessError(`the adapter: ${socket.message}`);
      return socket;
    } catch (error) {
      const direct = await openSocket(at);
      if (direct instanceof Error) {
        front.forget(at);
        return direct;
      }
      direct.destroy();
      throw error;
    }
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
