import { createServer, type Server, type Socket } from 'node:net';
import type { History } from '../history/history.ts';
import { type Hello, Probe } from './probe.ts';

export interface ProbeHubOptions {
  /** Path of the control socket; short, since the system allows about 100 bytes. */
  readonly path: string;
  readonly history: History;
  readonly sessionIdField: string;
  readonly onNews: () => void;
}

/** Where probe workers report: gives each its place (pool, slot, incarnation) as it comes. */
export class ProbeHub {
  readonly probes: Probe[] = [];
  readonly #options: ProbeHubOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(options: ProbeHubOptions) {
    this.#options = options;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#options.path, resolve);
    });
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    let probe: Probe | undefined;
    let rest: string[] = [];
    socket.setEncoding('utf8').on('data', (text: unknown) => {
      const lines = String(text).split('\n');
      if (lines.length === 1) {
        rest.push(lines[0] as string);
        return;
      }
      lines[0] = rest.join('') + lines[0];
      rest = [lines.pop() as string];
      for (const line of lines) {
        const report = JSON.parse(line);
        if (report.tell === 'hello') probe = this.#welcome(report, socket);
        else probe?.take(report);
      }
    });
    socket.on('error', () => {});
    socket.once('close', () => {
      this.#sockets.delete(socket);
      probe?.exited();
    });
  }

  #welcome(hello: Hello, socket: Socket): Probe {
    const { history, sessionIdField, onNews } = this.#options;
    const probe = new Probe({
      hello,
      ...this.#placeIn(hello.pool),
      socket,
      history,
      sessionIdField,
      onNews,
    });
    this.probes.push(probe);
    onNews();
    return probe;
  }

  /** The first slot of the pool that nobody is in, and the next incarnation there. */
  #placeIn(pool: string): { slot: number; incarnation: number } {
    const inPool = this.probes.filter((probe) => probe.pool === pool);
    const taken = new Set(inPool.filter((probe) => !probe.hasExited).map(({ slot }) => slot));
    let slot = 0;
    while (taken.has(slot)) slot++;
    return { slot, incarnation: inPool.filter((probe) => probe.slot === slot).length + 1 };
  }
}
