import { connect, type Socket } from 'node:net';
import { connectOptions } from '../../testing/bus-process.ts';
import { linesOf } from '../faults/frame-connection.ts';
import { type FrameOrder, FrameSequence } from './frame-sequence.ts';
import type { Ledger } from './ledger.ts';
import { checkReceipt, type Receipt, type SoakSession } from './soak-session.ts';

/** After so long a request without a response is taken for lost. */
const responseDeadlineMs = 30_000;

interface SoakFrame {
  readonly id?: string | number | null;
  readonly method?: string;
  readonly sessionId?: string;
  readonly order?: FrameOrder;
  readonly params?: { readonly secret?: string; readonly answerAfterMs?: number };
  readonly result?: Receipt & { readonly connection: string; readonly answer?: string };
  readonly error?: {
    readonly message: string;
    readonly data?: { readonly source: string; readonly name: string; readonly delivered: boolean };
  };
}

interface Asked {
  readonly session: SoakSession;
  readonly number: number;
  readonly atMs: number;
}

export interface SoakConnectionOptions {
  readonly address: string;
  /** Unique in the soak. */
  readonly name: string;
  readonly sessions: ReadonlyMap<string, SoakSession>;
  readonly ledger: Ledger;
}

/** One connection of a client: what it has asked, and a judgement on everything that comes. */
export class SoakConnection {
  readonly name: string;
  isOpen = false;
  readonly #options: SoakConnectionOptions;
  readonly #socket: Socket;
  readonly #asked = new Map<string, Asked>();
  /** By session, the frames of its workers. */
  readonly #sequences = new Map<string, FrameSequence>();
  #nextId = 1;
  /** Errors with the id null that are due: one for each bad line. */
  #badLines = 0;
  /** Whether the client has given the bus a reason to end the connection. */
  #mayEnd = false;
  #isHalfClosed = false;
  #isDraining = false;

  constructor(options: SoakConnectionOptions) {
    this.#options = options;
    this.name = options.name;
    this.#socket = connect(connectOptions(options.address));
    this.#socket.setNoDelay(true);
    linesOf(this.#socket, (line) => this.#receive(line));
    this.#socket.on('end', () => this.#socket.end());
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => this.#onClose());
  }

  get pendingCount(): number {
    return this.#asked.size;
  }

  /** Resolves when it is open; false where it was refused. */
  opened(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#socket.once('connect', () => {
        this.isOpen = true;
        resolve(true);
      });
      this.#socket.once('close', () => resolve(false));
    });
  }

  /** Resolves when it is closed, from whichever side. */
  closed(): Promise<void> {
    if (this.#socket.closed) return Promise.resolve();
    return new Promise((resolve) => this.#socket.once('close', () => resolve()));
  }

  request(session: SoakSession, params: object): void {
    const number = session.nextNumber++;
    // Ids of other connections, in other spellings: each has to come back as it is.
    const id = this.#nextId % 2 === 0 ? `"\\u0069${this.#nextId}"` : `${this.#nextId}.0`;
    this.#asked.set(id, { session, number, atMs: performance.now() });
    this.#nextId += 1;
    this.#write(this.#frame(session, number, params, `"id":${id},`));
    this.#options.ledger.count('requests');
  }

  notify(session: SoakSession): void {
    this.#write(this.#frame(session, session.nextNumber++, {}, ''));
    this.#options.ledger.count('notifications');
  }

  /** Writes a line that is to be answered with an error without an id. */
  writeBadLine(line: string): void {
    this.#badLines += 1;
    this.#write(`${line}\n`);
    this.#options.ledger.count('bad lines');
  }

  /** Writes bytes that nobody need answer; the connection is of no further use. */
  writeHalfLine(): void {
    this.#write('{"jsonrpc":"2.0","id":1,"meth');
  }

  /** Does not read for a while. */
  async stall(ms: number, wait: (ms: number) => Promise<void>): Promise<void> {
    this.#mayEnd = true;
    this.#socket.pause();
    await wait(ms);
    this.#socket.resume();
  }

  leave(how: 'destroy' | 'reset'): void {
    this.#mayEnd = true;
    this.#asked.clear();
    if (how === 'reset' && this.#options.address.includes(':')) this.#socket.resetAndDestroy();
    else this.#socket.destroy();
  }

  /** Closes the sending side: everything that is pending still comes, then the end (COR-8). */
  halfClose(): void {
    this.#isHalfClosed = true;
    this.#socket.end();
  }

  /** The bus is about to drain: it answers what is pending, and ends the connection. */
  expectDrain(): void {
    this.#mayEnd = false;
    this.#isDraining = true;
  }

  /** Whether everything that is due has come. */
  get isQuiet(): boolean {
    return this.#asked.size === 0 && this.#badLines === 0;
  }

  /** Reports requests that have waited too long, once each. */
  checkDeadlines(): void {
    const limitMs = performance.now() - responseDeadlineMs;
    for (const [id, { session, number, atMs }] of this.#asked) {
      if (atMs > limitMs) break;
      this.#asked.delete(id);
      this.#violation(`request ${number} of ${session.id} got no response`);
    }
  }

  #frame(session: SoakSession, number: number, params: object, id: string): string {
    const text = JSON.stringify({ connection: this.name, number, ...params });
    const route = `"sessionId":"${session.id}","pool":"${session.pool}"`;
    return `{"jsonrpc":"2.0",${id}"method":"soak",${route},"params":${text}}\n`;
  }

  #write(text: string): void {
    if (this.#socket.writable) this.#socket.write(text);
  }

  #receive(line: string): void {
    let frame: SoakFrame;
    try {
      frame = JSON.parse(line);
    } catch {
      this.#violation(`got a line that is no JSON: ${line.slice(0, 100)}`);
      return;
    }
    if (frame.order !== undefined) this.#checkSession(frame, frame.order);
    if (frame.method === undefined) this.#receiveResponse(frame, line);
    else if (frame.id !== undefined) this.#answerQuestion(frame);
    else this.#options.ledger.count('notes');
  }

  #checkSession(frame: SoakFrame, order: FrameOrder): void {
    const { sessionId = '' } = frame;
    const session = this.#options.sessions.get(sessionId);
    if (session === undefined) {
      this.#violation(`got a frame of the session ${sessionId}`);
      return;
    }
    const sequence = this.#sequences.get(sessionId) ?? new FrameSequence();
    this.#sequences.set(sessionId, sequence);
    // After its half-close, another connection may have become the owner.
    const isAlone = order.only === this.name && !this.#isHalfClosed;
    const number = frame.result?.number;
    const faults = [
      sequence.take(order, isAlone, session.nextNumber),
      number === undefined ? undefined : sequence.answered(number),
    ];
    for (const fault of faults) {
      if (fault !== undefined) this.#violation(`${sessionId}: ${fault}`);
    }
  }

  #answerQuestion({ id, sessionId = '', params, order }: SoakFrame): void {
    this.#options.ledger.count('questions');
    const result = { secret: params?.secret };
    setTimeout(() => {
      // A worker that has been replaced waits for nothing.
      const isLost = this.#sequences.get(sessionId)?.worker !== order?.worker;
      if (isLost || this.#isHalfClosed) return;
      this.#write(`${JSON.stringify({ jsonrpc: '2.0', id, sessionId, result })}\n`);
    }, params?.answerAfterMs);
  }

  #receiveResponse(frame: SoakFrame, line: string): void {
    const { ledger } = this.#options;
    if (frame.id === null) {
      this.#badLines -= 1;
      if (this.#badLines < 0) this.#violation(`got an error for no line: ${line.slice(0, 200)}`);
      return;
    }
    // In the spelling of the request: it stands where the bus or the worker has put it.
    const id = /"id":("(?:[^"\\]|\\.)*"|[^,}]+)/.exec(line)?.[1] ?? '';
    const asked = this.#asked.get(id);
    if (asked === undefined) {
      this.#violation(`got a response for nothing it has asked: ${line.slice(0, 200)}`);
      return;
    }
    this.#asked.delete(id);
    ledger.count('responses');
    if (frame.error !== undefined) this.#receiveError(frame, asked);
    else if (frame.result !== undefined) this.#receiveResult(frame.result, asked);
  }

  #receiveError({ error }: SoakFrame, { session, number }: Asked): void {
    const { data, message } = error as NonNullable<SoakFrame['error']>;
    if (data?.source !== 'bus') this.#violation(`got an error of nobody: ${message}`);
    this.#options.ledger.error(data?.name ?? 'none');
    if (this.#isDraining && data?.name === 'DRAINING') {
      this.#violation(`request ${number} of ${session.id} was not finished in the drain`);
    }
    if (data?.delivered === false) session.undelivered.add(number);
  }

  #receiveResult(result: NonNullable<SoakFrame['result']>, { session, number }: Asked): void {
    if (result.connection !== this.name || result.number !== number) {
      this.#violation(`got the response to ${result.connection}, request ${result.number}`);
    }
    if (result.answer !== undefined) this.#options.ledger.count(`answers ${result.answer}`);
    if (result.answer === 'wrong') this.#violation('its answer went to another worker');
    checkReceipt(session, result, this.#options.ledger);
  }

  #onClose(): void {
    if ((this.#isHalfClosed || this.#isDraining) && !this.#mayEnd && this.#asked.size > 0) {
      this.#violation(`was closed with ${this.#asked.size} requests pending`);
    }
    const wasExpected = this.#mayEnd || this.#isHalfClosed || this.#isDraining || !this.isOpen;
    this.isOpen = false;
    this.#asked.clear();
    this.#badLines = 0;
    if (!wasExpected) this.#violation('was closed by the bus for no reason');
  }

  #violation(text: string): void {
    this.#options.ledger.violation(`${this.name} ${text}`);
  }
}
