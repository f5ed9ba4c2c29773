import { randomBytes } from 'node:crypto';
import type { Clock } from '../../reference/bus/clock.ts';
import type { Exchange, SessionFrame } from '../core/exchange.ts';
import { busFailure, type Failure } from '../core/failure.ts';

/** An event of a session, numbered from 1. */
export interface SessionEvent {
  readonly seq: number;
  /** `gap`: what came here was missed by the adapter itself; `frame` then says why, in JSON. */
  readonly kind: SessionFrame['kind'] | 'gap';
  /** LF excluded. */
  readonly frame: Buffer;
}

/** The last events of a session, for readers that come and go. */
export interface SessionEvents {
  /** Part of each event's id: numbers of another ring mean nothing in this one. */
  readonly ring: string;
  /** The number of the first event that is still there, or that of the next. */
  readonly firstSeq: number;
  readonly lastSeq: number;
  at(seq: number): SessionEvent;
  /** Calls when there is more to read, until the result is called. */
  read(onMore: () => void): () => void;
}

export interface SessionEventsTableOptions {
  readonly exchange: Exchange;
  readonly clock: Clock;
  /** Bytes of events that are kept for one session, and for all. */
  readonly maxSessionBytes: number;
  readonly maxBytes: number;
  /** Sessions whose events are kept. */
  readonly maxSessions: number;
  /** Milliseconds that they are kept for after the last reader has left. */
  readonly retainMs: number;
}

/**
 * The sessions whose events are read, or were a moment ago. Memory is bounded: the oldest events of a
 * session go first, and whoever wanted them is told.
 */
export class SessionEventsTable {
  readonly #options: SessionEventsTableOptions;
  readonly #rings = new Map<string, Ring>();
  readonly #endings = new Map<string, () => void>();
  #bytes = 0;

  constructor(options: SessionEventsTableOptions) {
    this.#options = options;
  }

  /** The events of a session, from now on where nobody has read them before. */
  open(sessionId: string): SessionEvents | { readonly failure: Failure } {
    const { maxSessions, clock, retainMs } = this.#options;
    const known = this.#rings.get(sessionId);
    if (known !== undefined) return known;
    if (this.#rings.size >= maxSessions) {
      const message = `the events of ${this.#rings.size} sessions are kept already`;
      return { failure: busFailure({ name: 'OVERLOADED', message, retryable: true }) };
    }
    let cancelEnd = () => {};
    let hasEnded = false;
    const ring = new Ring({
      onGrown: (bytes) => this.#grown(ring, bytes),
      onReaders(count) {
        cancelEnd();
        if (count === 0 && !hasEnded) cancelEnd = clock.after(retainMs, end);
      },
    });
    const watch = () =>
      this.#options.exchange.watch(sessionId, {
        get takesRequests() {
          return ring.hasReaders;
        },
        onFrame: ({ kind, frame }) => ring.push(kind, frame),
        onLost({ message }) {
          ring.push('gap', Buffer.from(JSON.stringify({ reason: message })));
          leave = watch();
        },
      });
    let leave = watch();
    const end = () => {
      hasEnded = true;
      cancelEnd();
      leave();
      this.#rings.delete(sessionId);
      this.#endings.delete(sessionId);
      this.#bytes -= ring.bytes;
    };
    this.#rings.set(sessionId, ring);
    this.#endings.set(sessionId, end);
    cancelEnd = clock.after(retainMs, end);
    return ring;
  }

  close(): void {
    for (const end of [...this.#endings.values()]) end();
  }

  #grown(ring: Ring, bytes: number): void {
    this.#bytes += bytes;
    const { maxSessionBytes, maxBytes } = this.#options;
    while ((ring.bytes > maxSessionBytes || this.#bytes > maxBytes) && ring.bytes > 0) {
      this.#bytes -= ring.dropFirst();
    }
  }
}

interface RingOptions {
  readonly onGrown: (bytes: number) => void;
  readonly onReaders: (count: number) => void;
}

class Ring implements SessionEvents {
  readonly ring = randomBytes(4).toString('hex');
  readonly #options: RingOptions;
  readonly #readers = new Set<() => void>();
  #events: SessionEvent[] = [];
  /** Index of the first event that is kept. */
  #first = 0;
  firstSeq = 1;
  lastSeq = 0;
  bytes = 0;

  constructor(options: RingOptions) {
    this.#options = options;
  }

  get hasReaders(): boolean {
    return this.#readers.size > 0;
  }

  at(seq: number): SessionEvent {
    return this.#events[this.#first + seq - this.firstSeq] as SessionEvent;
  }

  read(onMore: () => void): () => void {
    const reader = () => onMore();
    this.#readers.add(reader);
    this.#options.onReaders(this.#readers.size);
    return () => {
      if (this.#readers.delete(reader)) this.#options.onReaders(this.#readers.size);
    };
  }

  push(kind: SessionEvent['kind'], frame: Buffer): void {
    this.lastSeq += 1;
    this.#events.push({ seq: this.lastSeq, kind, frame });
    this.bytes += frame.length;
    // Whoever keeps up gets it, also where it is too long to be kept.
    for (const reader of [...this.#readers]) reader();
    this.#options.onGrown(frame.length);
  }

  /** Forgets the first event; its bytes. */
  dropFirst(): number {
    const { length } = this.at(this.firstSeq).frame;
    this.firstSeq += 1;
    this.#first += 1;
    this.bytes -= length;
    if (this.#first * 2 >= this.#events.length) {
      this.#events.splice(0, this.#first);
      this.#first = 0;
    }
    return length;
  }
}
