import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';
import { SoakConnection } from './soak-connection.ts';
import { createSoakSession, type SoakSession } from './soak-session.ts';

/** Requests that a client has under way at once, at most. */
const maxPending = 24;

const badLines = [
  'x',
  '{"jsonrpc":"2.0","id":1,"method":"soak",}',
  '[{"jsonrpc":"2.0","id":1,"method":"soak"}]',
  '{"id":{},"method":"soak"}',
  '{"result":1}',
  '\u0000\u0001',
  '{"jsonrpc":"2.0","method":"soak"} {"jsonrpc":"2.0","method":"soak"}',
  `{"method":"soak","params":"${'x'.repeat(300_000)}"}`,
];

export interface SoakClientOptions {
  readonly name: string;
  readonly address: string;
  readonly pools: readonly string[];
  readonly sessionCount: number;
  readonly random: Random;
  readonly ledger: Ledger;
  /** Resolves after the time, or at once when the load is to end. */
  readonly wait: (ms: number) => Promise<void>;
  readonly isOver: () => boolean;
}

/** A client that lives as long as the soak, over many connections. */
export class SoakClient {
  readonly #options: SoakClientOptions;
  readonly #sessions = new Map<string, SoakSession>();
  readonly #list: SoakSession[];
  #connection: SoakConnection | undefined;
  /** Connections that have closed their sending side and still get what is pending. */
  readonly #leaving = new Set<SoakConnection>();
  #connections = 0;

  constructor(options: SoakClientOptions) {
    this.#options = options;
    for (let n = 0; n < options.sessionCount; n += 1) {
      const id = `${options.name}/s${n}`;
      const pool = options.pools[n % options.pools.length] as string;
      this.#sessions.set(id, createSoakSession(id, pool));
    }
    this.#list = [...this.#sessions.values()];
  }

  /** Puts load on the bus until the soak is over. */
  async run(): Promise<void> {
    const { random, isOver, wait } = this.#options;
    while (!isOver()) {
      const connection = await this.#open();
      if (connection === undefined) continue;
      connection.checkDeadlines();
      for (const each of this.#leaving) each.checkDeadlines();
      if (random.chance(0.01)) await this.#disturb(connection);
      else this.#ask(connection);
      await wait(random.integer(0, 80));
    }
  }

  /** Whether each of its connections has got all that was due to it. */
  get isQuiet(): boolean {
    return [...this.#leaving, this.#connection].every((each) => each?.isQuiet ?? true);
  }

  /** Reports what has waited too long. */
  checkDeadlines(): void {
    for (const each of [...this.#leaving, this.#connection]) each?.checkDeadlines();
  }

  /** Sends one last request, which takes a while. */
  async askLast(delayMs: number): Promise<void> {
    const connection = await this.#open();
    connection?.request(this.#list[0] as SoakSession, { delayMs });
    connection?.expectDrain();
  }

  leave(): void {
    for (const each of [...this.#leaving, this.#connection]) each?.leave('destroy');
  }

  async #open(): Promise<SoakConnection | undefined> {
    if (this.#connection?.isOpen) return this.#connection;
    const { name, address, ledger } = this.#options;
    this.#connections += 1;
    ledger.count(this.#connections === 1 ? 'connects' : 'reconnects');
    const connection = new SoakConnection({
      address,
      name: `${name}#${this.#connections}`,
      sessions: this.#sessions,
      ledger,
    });
    if (!(await connection.opened())) {
      ledger.violation(`${connection.name} was refused`);
      await this.#options.wait(1000);
      return undefined;
    }
    this.#connection = connection;
    return connection;
  }

  #ask(connection: SoakConnection): void {
    const { random } = this.#options;
    const burst = random.integer(1, 6);
    for (let n = 0; n < burst && connection.pendingCount < maxPending; n += 1) {
      const session = random.pick(this.#list) as SoakSession;
      if (random.chance(0.1)) connection.notify(session);
      connection.request(session, this.#paramsOf());
    }
  }

  #paramsOf(): object {
    const { random } = this.#options;
    const kind = random.next();
    if (kind < 0.5) return {};
    if (kind < 0.65) return { notes: random.integer(1, 20) };
    if (kind < 0.8) return { delayMs: random.integer(1, 200) };
    if (kind < 0.9) return { answerAfterMs: random.integer(0, 50) };
    if (kind < 0.95) return { size: random.integer(1, 100_000) };
    if (kind < 0.98) return { blob: 'x'.repeat(random.integer(1, 100_000)) };
    return kind < 0.99 ? { garbage: true } : { tooLarge: 300_000 };
  }

  async #disturb(connection: SoakConnection): Promise<void> {
    const { random, wait, ledger } = this.#options;
    const kind = random.next();
    if (kind < 0.4) {
      for (let n = random.integer(1, 20); n > 0; n -= 1) {
        connection.writeBadLine(random.pick(badLines) as string);
      }
      return;
    }
    if (kind < 0.6) {
      ledger.count('client stalls');
      await connection.stall(random.integer(50, 2000), wait);
      return;
    }
    ledger.count('disconnects');
    this.#connection = undefined;
    if (kind < 0.75) connection.leave('destroy');
    else if (kind < 0.9) {
      connection.writeHalfLine();
      connection.leave('reset');
    } else {
      this.#leaving.add(connection);
      void connection.closed().then(() => this.#leaving.delete(connection));
      connection.halfClose();
    }
  }
}
