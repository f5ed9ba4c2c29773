import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { shortened } from '../finding.ts';
import { bytesMember, type History } from '../history/history.ts';
import { LineSplitter } from '../history/line-splitter.ts';
import type { Waiter } from '../scene/waiter.ts';
import { type ClientFrame, clientFrameFrom } from './client-frame.ts';

export interface RequestOptions {
  readonly sessionId?: string;
  readonly pool?: string;
  /** Default: a number of this connection's own. */
  readonly id?: number | string;
  /** The id as it is to be spelled, instead of `id`. */
  readonly idJson?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  /** Further members of the frame. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** A request that was sent. */
export interface Call {
  readonly idJson: string;
  /** Found in `params.mark`: unique in the scenario. */
  readonly mark: string;
  /** Waits for its response. */
  response(options?: WaitOptions): Promise<ClientFrame>;
}

export interface WaitOptions {
  readonly limitMs?: number;
  /** What is broken when it does not come; COR-1 for a response. */
  readonly requirement?: string;
}

export interface ClientOptions {
  readonly id: string;
  readonly input: Readable;
  readonly output: Writable;
  /** Present where it is a socket that can be reset. */
  readonly socket?: Socket;
  readonly history: History;
  readonly sessionIdField: string;
  readonly waiter: Waiter;
}

/** A client of the subject. What it sends and reads is in the history, byte by byte. */
export class Client {
  readonly id: string;
  /** The frames that have come, in order. */
  readonly received: ClientFrame[] = [];
  /** The requests that were sent by `request`. */
  readonly calls: Call[] = [];
  /** Whether nothing more will come. */
  hasEnded = false;
  /** Whether this side has closed or left. */
  isClosed = false;

  readonly #options: ClientOptions;
  readonly #splitter = new LineSplitter();
  /** How often each id was used by `request`. */
  readonly #uses = new Map<string, number>();
  #lastId = 0;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.id = options.id;
    const { input, output, history, waiter } = options;
    history.add({ kind: 'connection', connection: this.id, event: 'open' });
    input.on('data', (chunk: Buffer) => this.#read(chunk));
    const onEnd = (event: 'peer-end' | 'reset', error?: NodeJS.ErrnoException) => {
      if (this.hasEnded) return;
      this.hasEnded = true;
      this.#noteRest();
      const name = error?.code === undefined ? {} : { error: error.code };
      if (!this.isClosed) history.add({ kind: 'connection', connection: this.id, event, ...name });
      waiter.look();
    };
    input.once('end', () => onEnd('peer-end'));
    input.once('error', (error) => onEnd('reset', error));
    input.once('close', () => onEnd('peer-end'));
    // What ends a stream is seen at its reading side.
    output.on('error', () => {});
  }

  /** Whether it can be told anything, and can answer. */
  get isOpen(): boolean {
    return !this.isClosed && !this.hasEnded;
  }

  #read(chunk: Buffer): void {
    const { history, sessionIdField, waiter } = this.#options;
    const atUs = history.nowUs();
    for (const line of this.#splitter.push(chunk)) {
      const bytes = Buffer.concat([line, lineFeed]);
      history.add(
        { kind: 'client-bytes', connection: this.id, direction: 'received', ...bytesMember(bytes) },
        atUs,
      );
      this.received.push(clientFrameFrom(line, sessionIdField));
    }
    waiter.look();
  }

  #noteRest(): void {
    const { rest } = this.#splitter;
    if (rest.length === 0) return;
    this.#options.history.add({
      kind: 'client-bytes',
      connection: this.id,
      direction: 'received',
      ...bytesMember(rest),
    });
  }

  /** Whether every request of `request` has its response. */
  isAnswered(): boolean {
    const counts = new Map<string, number>();
    for (const { idJson, method } of this.received) {
      if (method === undefined && idJson !== undefined)
        counts.set(idJson, (counts.get(idJson) ?? 0) + 1);
    }
    for (const { idJson } of this.calls) {
      const left = (counts.get(idJson) ?? 0) - 1;
      if (left < 0) return false;
      counts.set(idJson, left);
    }
    return true;
  }

  /** Writes bytes as they are. False: the transport takes no more for now. */
  write(bytes: string | Buffer): boolean {
    const { history, output } = this.#options;
    const buffer = Buffer.from(bytes as string);
    history.add({
      kind: 'client-bytes',
      connection: this.id,
      direction: 'sent',
      ...bytesMember(buffer),
    });
    return output.write(buffer);
  }

  /** Writes one frame: an object in JSON, a string as it stands. */
  send(frame: object | string): boolean {
    return this.write(`${typeof frame === 'string' ? frame : JSON.stringify(frame)}\n`);
  }

  /** The line of a request with a mark of its own, and what waits for its response. */
  prepare(method: string, options: RequestOptions = {}): { line: string; call: Call } {
    const { sessionId, pool, id = ++this.#lastId, params = {}, members = {} } = options;
    const idJson = options.idJson ?? JSON.stringify(id);
    const mark = this.#options.waiter.nextMark();
    const frame = {
      method,
      ...(sessionId === undefined ? {} : { [this.#options.sessionIdField]: sessionId }),
      ...(pool === undefined ? {} : { pool }),
      ...members,
      params: { mark, ...params },
    };
    const line = `{"jsonrpc":"2.0","id":${idJson},${JSON.stringify(frame).slice(1)}`;
    const nth = this.#uses.get(idJson) ?? 0;
    this.#uses.set(idJson, nth + 1);
    const call: Call = { idJson, mark, response: (wait) => this.#responseTo(idJson, nth, wait) };
    this.calls.push(call);
    return { line, call };
  }

  request(method: string, options: RequestOptions = {}): Call {
    const { line, call } = this.prepare(method, options);
    this.send(line);
    return call;
  }

  /** Sends a request that a probe worker answers at once, and waits for the response. */
  echo(options: RequestOptions & WaitOptions = {}): Promise<ClientFrame> {
    return this.request('probe/echo', options).response(options);
  }

  /** Sends a notification. */
  notify(method: string, options: Omit<RequestOptions, 'id' | 'idJson'> = {}): string {
    const { sessionId, pool, params = {}, members = {} } = options;
    const mark = this.#options.waiter.nextMark();
    this.send({
      jsonrpc: '2.0',
      method,
      ...(sessionId === undefined ? {} : { [this.#options.sessionIdField]: sessionId }),
      ...(pool === undefined ? {} : { pool }),
      ...members,
      params: { mark, ...params },
    });
    return mark;
  }

  /** Waits for the nth response with this id, counted from 0. */
  #responseTo(idJson: string, nth: number, wait: WaitOptions = {}): Promise<ClientFrame> {
    const find = () =>
      this.received.filter((frame) => frame.method === undefined && frame.idJson === idJson)[nth];
    return this.#come(`the response to ${shortened(idJson, 60)} on ${this.id}`, find, {
      requirement: 'COR-1',
      ...wait,
    });
  }

  /** Waits for the first frame that fits, or the one at `from` or later. */
  frame(
    what: string,
    fits: (frame: ClientFrame) => boolean,
    wait: WaitOptions & { readonly from?: number } = {},
  ): Promise<ClientFrame> {
    const { from = 0, ...rest } = wait;
    const find = () => this.received.find((frame, index) => index >= from && fits(frame));
    return this.#come(what, find, rest);
  }

  /** Waits for the nth error response without an id, counted from 1. */
  refusal(nth = 1, wait: WaitOptions = {}): Promise<ClientFrame> {
    const isOne = (frame: ClientFrame) => frame.isError && frame.idJson === undefined;
    const find = () => this.received.filter(isOne)[nth - 1];
    return this.#come(`refusal number ${nth} on ${this.id}`, find, {
      requirement: 'FRM-4',
      ...wait,
    });
  }

  #come(
    what: string,
    find: () => ClientFrame | undefined,
    wait: WaitOptions,
  ): Promise<ClientFrame> {
    const isHopeless = () => this.hasEnded;
    return this.#options.waiter.until(what, find, { ...wait, isHopeless });
  }

  /** Waits for the end of what comes, orderly or not. */
  async ended(wait: WaitOptions = {}): Promise<void> {
    await this.#options.waiter.until(`the end of ${this.id}`, () => this.hasEnded, wait);
  }

  /** Closes the sending side only. */
  end(): void {
    this.#note('end');
    this.#options.output.end();
  }

  /** Leaves: closes both sides. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#note('close');
    this.#options.output.destroy();
    this.#options.input.destroy();
  }

  /** Leaves without a word, as a machine does that loses its network. */
  reset(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#options.history.add({ kind: 'fault', fault: 'cut', target: this.id });
    this.#note('close');
    const { socket, input, output } = this.#options;
    // Only TCP knows a reset; elsewhere the end is all that the other side can see.
    if (socket?.remoteFamily !== undefined) socket.resetAndDestroy();
    output.destroy();
    input.destroy();
  }

  /** Stops reading. */
  pause(): void {
    this.#options.history.add({ kind: 'fault', fault: 'stall', target: this.id });
    this.#options.input.pause();
  }

  resume(): void {
    this.#options.input.resume();
  }

  /** Waits until the transport takes more, or nobody is there to take it. */
  async drained(wait: WaitOptions = {}): Promise<void> {
    const { output, waiter } = this.#options;
    output.once('drain', () => waiter.look());
    await waiter.until(
      `room on ${this.id}`,
      () => !output.writableNeedDrain || this.hasEnded,
      wait,
    );
  }

  /** Bytes that were written and that the transport has not taken. */
  get unwrittenBytes(): number {
    return this.#options.output.writableLength;
  }

  #note(event: 'end' | 'close'): void {
    this.#options.history.add({ kind: 'connection', connection: this.id, event });
  }
}

const lineFeed = Buffer.from('\n');
