import type { Duplex } from 'node:stream';
import { createFrameDecoder } from '../frame-decoder.ts';

/** So many characters are gathered at most before they are written. */
const longestBatch = 64 * 1024;

export interface FrameLinkEvents {
  /** A whole line; the bytes are valid during the call only. */
  onLine(bytes: Buffer, start: number, end: number): void;
  /** A line longer than `maxReceivedBytes` begins, goes on (not held), and has ended. */
  onOverlong(): void;
  onDiscarded(bytes: Buffer, start: number, end: number): void;
  onDiscardedEnd(): void;
  /** It takes lines again. */
  onRoom(): void;
  /** It is gone, orderly or not. Called once. */
  onClose(cause: Error | undefined): void;
}

/**
 * One connection to a bus: lines out, lines in. What is written in one turn of the event loop goes
 * out in one system call. Serves FRM-3, FLW-4.
 */
export class FrameLink {
  readonly #stream: Duplex;
  readonly #events: FrameLinkEvents;
  #batch = '';
  #isFull = false;
  #isClosed = false;

  constructor(stream: Duplex, maxReceivedBytes: number, events: FrameLinkEvents) {
    this.#stream = stream;
    this.#events = events;
    const ifOpen =
      <Args extends unknown[]>(call: (...args: Args) => void) =>
      (...args: Args) => {
        if (!this.#isClosed) call(...args);
      };
    const decoder = createFrameDecoder(
      { maxFrameBytes: maxReceivedBytes },
      {
        onLine: ifOpen((bytes, start, end) => events.onLine(bytes, start, end)),
        onOverlong: ifOpen(() => events.onOverlong()),
        onDiscarded: ifOpen((bytes, start, end) => events.onDiscarded(bytes, start, end)),
        onDiscardedEnd: ifOpen(() => events.onDiscardedEnd()),
        // Half a frame is none.
        onUnterminated: () => {},
      },
    );
    stream.on('data', (chunk: Buffer) => decoder.write(chunk));
    stream.on('drain', () => {
      this.#isFull = false;
      if (!this.#isClosed) events.onRoom();
    });
    stream.once('end', () => this.#close(undefined));
    stream.on('error', (error: Error) => this.#close(error));
    stream.once('close', () => this.#close(undefined));
  }

  /** False while the stream asks to wait; then `onRoom` follows. */
  get hasRoom(): boolean {
    return !this.#isFull && !this.#isClosed;
  }

  /** Writes a line, its LF included. It is taken also where there is no room. */
  write(line: string): void {
    if (this.#isClosed) return;
    if (this.#batch === '') queueMicrotask(() => this.#flush());
    this.#batch += line;
    if (this.#batch.length >= longestBatch) this.#flush();
  }

  /** Closes the sending side; the bus ends the connection once it has answered everything. */
  end(): void {
    this.#flush();
    this.#stream.end();
  }

  /** Ends it at once. */
  destroy(): void {
    this.#close(undefined);
  }

  #flush(): void {
    if (this.#batch === '' || this.#isClosed) return;
    const batch = this.#batch;
    this.#batch = '';
    if (!this.#stream.write(batch)) this.#isFull = true;
  }

  #close(cause: Error | undefined): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stream.destroy();
    this.#events.onClose(cause);
  }
}
