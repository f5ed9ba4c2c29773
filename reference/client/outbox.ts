import type { BusRequestError } from './bus-request-error.ts';
import type { FrameLink } from './frame-link.ts';

/** A line that waits to be written. */
export interface OutboxEntry {
  readonly line: string;
  readonly byteLength: number;
  /** The only connection that it may go to; undefined: any. */
  readonly link: FrameLink | undefined;
  onWritten(): void;
  onFailed(error: BusRequestError): void;
}

/** The lines that wait for a connection, or for room in it, in their order (AFF-2). */
export class Outbox {
  readonly #entries = new Set<OutboxEntry>();
  /** Bytes of all entries. */
  byteLength = 0;

  get size(): number {
    return this.#entries.size;
  }

  add(entry: OutboxEntry): void {
    this.#entries.add(entry);
    this.byteLength += entry.byteLength;
  }

  delete(entry: OutboxEntry): void {
    if (this.#entries.delete(entry)) this.byteLength -= entry.byteLength;
  }

  /** Writes what the connection takes. */
  writeTo(link: FrameLink): void {
    for (const entry of this.#entries) {
      if (!link.hasRoom) return;
      this.delete(entry);
      link.write(entry.line);
      entry.onWritten();
    }
  }

  /** Forgets what only this connection could have taken. */
  deleteBoundTo(link: FrameLink): void {
    for (const entry of this.#entries) if (entry.link === link) this.delete(entry);
  }

  fail(error: BusRequestError): void {
    for (const entry of this.#entries) {
      this.delete(entry);
      entry.onFailed(error);
    }
  }
}
