import { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { Heartbeat } from './heartbeat.ts';
import { frameFromMessage } from './message-frame.ts';
import { MessageWriter } from './message-writer.ts';

const lineFeed = 0x0a;
const oneLineFeed = Buffer.from('\n');
/** Bytes that wait to be read before the peer is made to wait. */
const readAheadBytes = 262_144;
const normalClosure = 1000;
/** Milliseconds for the peer to answer a close. */
const closeMs = 1000;

export interface WebSocketDuplexOptions {
  /** What is below the WebSocket. */
  readonly socket: Duplex;
  readonly heartbeat: Heartbeat;
  /** What stands at the beginning of each line and is not sent, if it does. */
  readonly omitted: { readonly prefix: Buffer; readonly instead: Buffer } | undefined;
}

/**
 * A WebSocket as a stream of lines, for whatever reads and writes those: a line is a message. It may be
 * written in any pieces.
 */
export class WebSocketDuplex extends Duplex {
  readonly #webSocket: WebSocket;
  readonly #options: WebSocketDuplexOptions;
  readonly #writer: MessageWriter;
  #begun: Buffer[] = [];
  #onRoom: (() => void) | undefined;

  constructor(webSocket: WebSocket, options: WebSocketDuplexOptions) {
    super({ readableHighWaterMark: readAheadBytes });
    this.#webSocket = webSocket;
    this.#options = options;
    this.#writer = new MessageWriter(webSocket, options.socket);
    options.socket.on('drain', () => this.#takeMore());
    webSocket.on('message', (data) => this.#received(data));
    webSocket.on('error', (error) => this.destroy(error));
    webSocket.once('close', (code, reason) => this.#closed(code, String(reason)));
  }

  override _read(): void {
    this.#webSocket.resume();
  }

  override _write(chunk: Buffer, _encoding: string, onTaken: () => void): void {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      this.#begun.push(chunk.subarray(start, end));
      const [only] = this.#begun;
      const line = this.#begun.length === 1 ? (only as Buffer) : Buffer.concat(this.#begun);
      this.#begun = [];
      this.#writer.write(this.#asSent(line), false);
      start = end + 1;
    }
    if (start < chunk.length) this.#begun.push(chunk.subarray(start));
    if (this.#writer.hasRoom) onTaken();
    else this.#onRoom = onTaken;
  }

  override _final(onDone: () => void): void {
    this.#webSocket.close(normalClosure);
    const timer = setTimeout(() => this.#webSocket.terminate(), closeMs);
    this.#webSocket.once('close', () => clearTimeout(timer));
    onDone();
  }

  override _destroy(error: Error | null, onDone: (error: Error | null) => void): void {
    this.#options.heartbeat.stop();
    this.#webSocket.terminate();
    this.#takeMore();
    onDone(error);
  }

  #asSent(line: Buffer): Buffer {
    const { omitted } = this.#options;
    if (omitted === undefined) return line;
    const { prefix, instead } = omitted;
    if (!line.subarray(0, prefix.length).equals(prefix)) return line;
    return Buffer.concat([instead, line.subarray(prefix.length)]);
  }

  #received(data: RawData): void {
    this.#options.heartbeat.heard();
    const line = Buffer.concat([frameFromMessage(data), oneLineFeed]);
    if (!this.push(line)) this.#webSocket.pause();
  }

  #takeMore(): void {
    const onRoom = this.#onRoom;
    this.#onRoom = undefined;
    onRoom?.();
  }

  #closed(code: number, reason: string): void {
    this.#options.heartbeat.stop();
    if (code === normalClosure) this.push(null);
    else {
      const why = reason === '' ? '' : `: ${reason}`;
      this.destroy(new Error(`the WebSocket was closed with ${code}${why}`));
    }
  }
}
