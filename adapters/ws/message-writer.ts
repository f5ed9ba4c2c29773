import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/**
 * Writes frames as messages: those of one turn of the event loop in one system call. `socket` is what
 * is below the WebSocket: it says whether there is room.
 */
export class MessageWriter {
  readonly #webSocket: WebSocket;
  readonly #socket: Duplex;
  #isCorked = false;

  constructor(webSocket: WebSocket, socket: Duplex) {
    this.#webSocket = webSocket;
    this.#socket = socket;
  }

  /** False while the socket asks to wait; then it emits `drain`. */
  get hasRoom(): boolean {
    return !this.#socket.writableNeedDrain;
  }

  /** The bytes are not the caller's any more: they may be masked where they are. False: no room. */
  write(frame: Buffer, isBinary: boolean): boolean {
    if (!this.#isCorked) {
      this.#isCorked = true;
      this.#socket.cork();
      queueMicrotask(() => {
        this.#isCorked = false;
        this.#socket.uncork();
      });
    }
    this.#webSocket.send(frame, { binary: isBinary });
    return this.hasRoom;
  }
}
