import { type BusRequestError, clientError } from './bus-request-error.ts';
import type { FrameLink } from './frame-link.ts';
import { Outbox, type OutboxEntry } from './outbox.ts';

export interface SenderOptions {
  /** Bytes that may wait. */
  readonly maxWaitingBytes: number;
  /** Whether lines wait for a connection; else they fail with NOT_CONNECTED. */
  readonly waitsForConnection: boolean;
}

/**
 * Puts lines on the connection of the moment, in their order, each once: at once where it takes them,
 * else when it does. Implements AFF-2; serves FLW-3.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #outbox = new Outbox();
  #link: FrameLink | undefined;
  #longestUnanswered = 0;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  get link(): FrameLink | undefined {
    return this.#link;
  }

  /** Lines that wait. */
  get size(): number {
    return this.#outbox.size;
  }

  /** Bytes of the longest line on this connection that no answer will come to. */
  get longestUnanswered(): number {
    return this.#longestUnanswered;
  }

  noteUnanswered(byteLength: number): void {
    this.#longestUnanswered = Math.max(this.#longestUnanswered, byteLength);
  }

  /** Sends a line; calls one of its functions, now or later, unless it is deleted before. */
  send(entry: OutboxEntry): void {
    const { maxWaitingBytes, waitsForConnection } = this.#options;
    const link = this.#link;
    if (link === undefined && !waitsForConnection) {
      entry.onFailed(clientError('NOT_CONNECTED', 'there is no connection to the bus'));
    } else if (link?.hasRoom && this.#outbox.size === 0) {
      link.write(entry.line);
      entry.onWritten();
    } else if (this.#outbox.byteLength + entry.byteLength > maxWaitingBytes) {
      const message = `more than ${maxWaitingBytes} bytes wait to be sent`;
      entry.onFailed(clientError('QUEUE_FULL', message));
    } else this.#outbox.add(entry);
  }

  /** Sends a line on this connection, the present one, or never; beyond the bound, which is not there for answers. */
  sendOn(link: FrameLink, line: string, onWritten: () => void): void {
    const byteLength = Buffer.byteLength(line);
    this.#outbox.add({
      line,
      byteLength,
      link,
      onWritten: () => {
        this.noteUnanswered(byteLength);
        onWritten();
      },
      onFailed: () => {},
    });
    this.#outbox.writeTo(link);
  }

  delete(entry: OutboxEntry): void {
    this.#outbox.delete(entry);
  }

  attach(link: FrameLink): void {
    this.#link = link;
    this.#longestUnanswered = 0;
  }

  /** Writes what waits, as far as the connection takes it. */
  advance(): void {
    if (this.#link !== undefined) this.#outbox.writeTo(this.#link);
  }

  /** The connection is gone. */
  detach(cause: unknown): void {
    const link = this.#link;
    this.#link = undefined;
    if (link !== undefined) this.#outbox.deleteBoundTo(link);
    if (this.#options.waitsForConnection) return;
    this.#outbox.fail(clientError('NOT_CONNECTED', 'the connection is gone', { cause }));
  }

  fail(error: BusRequestError): void {
    this.#outbox.fail(error);
  }
}
