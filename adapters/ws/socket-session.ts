import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { waitingClock } from '../../reference/client/waiting-clock.ts';
import type { AdapterCore } from '../core/adapter-core.ts';
import type { BusChannel, BusChannelEvents } from '../core/bus-channel.ts';
import { busFailure, failureLine } from '../core/failure.ts';
import { ReaderPatience } from '../core/reader-patience.ts';
import { transportStatus } from '../core/transport-status.ts';
import { type Heartbeat, startHeartbeat } from './heartbeat.ts';
import { frameFromMessage } from './message-frame.ts';
import { MessageWriter } from './message-writer.ts';

export interface SocketSessionOptions {
  readonly core: AdapterCore;
  readonly pingIntervalMs: number;
  readonly pingTimeoutMs: number;
  readonly onEnd: (session: SocketSession) => void;
}

const goingAway = 1001;
/** The code of a close because of a message over the limit. */
export const tooBig = 1009;
/** Milliseconds that a client may take to answer a close. */
const closeMs = 1000;

/**
 * A WebSocket with a connection to the bus of its own: a message is a frame, and a frame a message.
 * Each side is read as fast as the other takes it. Serves AFF-2, COR-7, FLW-1, FLW-3.
 */
export class SocketSession implements BusChannelEvents {
  readonly #options: SocketSessionOptions;
  #channel: BusChannel | undefined;
  #webSocket: WebSocket | undefined;
  #writer: MessageWriter | undefined;
  #heartbeat: Heartbeat | undefined;
  #patience: ReaderPatience | undefined;
  /** Responses come as the client writes: text by default. */
  #isBinary = false;
  #hasEnded = false;
  #closing: { code: number; reason: string } | undefined;

  constructor(options: SocketSessionOptions) {
    this.#options = options;
  }

  /** Begins, once the bus is connected and the connection is upgraded. */
  open(channel: BusChannel, webSocket: WebSocket, socket: Duplex): void {
    const { pingIntervalMs: intervalMs, pingTimeoutMs: timeoutMs } = this.#options;
    this.#channel = channel;
    this.#webSocket = webSocket;
    const writer = new MessageWriter(webSocket, socket);
    this.#writer = writer;
    const heartbeat = startHeartbeat({
      clock: waitingClock,
      intervalMs,
      timeoutMs,
      ping: () => webSocket.ping(),
      isStalled: () => webSocket.isPaused || !writer.hasRoom,
      onDead: () => webSocket.terminate(),
    });
    this.#heartbeat = heartbeat;
    const patience = new ReaderPatience({
      clock: waitingClock,
      timeoutMs: this.#options.core.link.backpressureTimeoutMs,
      queuedBytes: () => socket.writableLength,
      onLost: () => webSocket.terminate(),
    });
    this.#patience = patience;
    webSocket.on('message', (data, isBinary) => this.#received(data, isBinary));
    webSocket.on('pong', () => heartbeat.heard());
    webSocket.on('ping', () => heartbeat.heard());
    // What follows an error is the close.
    webSocket.on('error', () => {});
    webSocket.once('close', () => this.#end());
    socket.on('drain', () => {
      patience.end();
      channel.resume();
    });
    if (this.#closing !== undefined) this.#close(this.#closing);
  }

  onFrame(frame: Buffer): void {
    if (this.#writer?.write(frame, this.#isBinary) !== false) return;
    this.#channel?.pause();
    this.#patience?.begin();
  }

  onRoom(): void {
    this.#webSocket?.resume();
  }

  /** The connection to the bus has ended. */
  onClose(cause: Error | undefined): void {
    if (this.#hasEnded) return;
    if (cause === undefined && this.#options.core.isDraining) {
      this.#close({ code: goingAway, reason: 'the adapter is draining' });
      return;
    }
    const message = `the bus has ended the connection${cause === undefined ? '' : `: ${cause.message}`}`;
    const failure = busFailure({ name: 'UNAVAILABLE', message, retryable: true });
    this.#close({ code: transportStatus(failure).webSocketClose, reason: message });
  }

  /** Ends it: what was written goes out, and the client is told. */
  endNow(): void {
    this.#close({ code: goingAway, reason: 'the adapter is draining' });
  }

  /** A message over the limit ends the connection; the client is told why before. Serves FRM-6. */
  tellTooBig(): void {
    const { maxFrameBytes } = this.#options.core;
    const message = `the message is longer than ${maxFrameBytes} bytes`;
    const line = failureLine('null', busFailure({ name: 'FRAME_TOO_LARGE', message }));
    this.onFrame(Buffer.from(line.slice(0, -1)));
  }

  destroy(): void {
    this.#webSocket?.terminate();
    this.#end();
  }

  #received(data: RawData, isBinary: boolean): void {
    this.#heartbeat?.heard();
    this.#isBinary = isBinary;
    if (this.#channel?.write(frameFromMessage(data)) === false) this.#webSocket?.pause();
  }

  #close(closing: { code: number; reason: string }): void {
    this.#closing ??= closing;
    const webSocket = this.#webSocket;
    if (webSocket === undefined || webSocket.readyState !== webSocket.OPEN) return;
    const { code, reason } = this.#closing;
    webSocket.close(code, Buffer.from(reason).subarray(0, 120).toString());
    // Its answer is to be read, also where the bus had no room.
    webSocket.resume();
    const cancel = waitingClock.after(closeMs, () => webSocket.terminate());
    webSocket.once('close', cancel);
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#heartbeat?.stop();
    this.#patience?.end();
    this.#channel?.destroy();
    this.#options.onEnd(this);
  }
}
