import type { Writable } from 'node:stream';
import type { WriteStatus } from '../../schemas/generated/process.ts';

export interface StdinLimits {
  readonly maxStdinBytes: number;
  readonly rememberedWrites: number;
}

interface WaitingWrite {
  readonly bytes: Buffer;
  readonly writeId: string | undefined;
  readonly status: Promise<WriteStatus>;
  readonly settle: (status: WriteStatus) => void;
}

/**
 * What is written to the stdin of one process: in order, each `writeId` once, and no more at a time than
 * may wait. Implements `process/write` of spec/process.md.
 */
export class StdinWrites {
  readonly #stdin: Writable | undefined;
  readonly #limits: StdinLimits;
  /** In the order in which they were accepted: the oldest is forgotten first. */
  readonly #accepted = new Set<string>();
  readonly #waitingById = new Map<string, WaitingWrite>();
  #waiting: WaitingWrite[] = [];

  /** Without a stream, stdin was not piped. */
  constructor(stdin: Writable | undefined, limits: StdinLimits) {
    this.#stdin = stdin;
    this.#limits = limits;
    // Whoever closes it tells so by its end: what waits is answered, and nothing else is due.
    stdin?.on('error', () => this.close());
    stdin?.once('close', () => this.close());
  }

  /** Writes, or waits for room. */
  write(bytes: Buffer, writeId?: string): WriteStatus | Promise<WriteStatus> {
    if (writeId !== undefined) {
      if (this.#accepted.has(writeId)) return 'accepted';
      const waiting = this.#waitingById.get(writeId);
      if (waiting !== undefined) return waiting.status;
    }
    if (!this.#isOpen) return 'stdinClosed';
    if (this.#waiting.length === 0 && this.#hasRoom) {
      this.#put(bytes, writeId);
      return 'accepted';
    }
    return this.#wait(bytes, writeId).status;
  }

  /** Nothing can be written any more. */
  close(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingById.clear();
    for (const { settle } of waiting) settle('stdinClosed');
  }

  get #isOpen(): boolean {
    return this.#stdin?.writable === true;
  }

  get #hasRoom(): boolean {
    return (this.#stdin?.writableLength ?? 0) < this.#limits.maxStdinBytes;
  }

  #wait(bytes: Buffer, writeId: string | undefined): WaitingWrite {
    let settle: (status: WriteStatus) => void = () => {};
    const status = new Promise<WriteStatus>((resolve) => {
      settle = resolve;
    });
    const waiting = { bytes, writeId, status, settle };
    this.#waiting.push(waiting);
    if (writeId !== undefined) this.#waitingById.set(writeId, waiting);
    return waiting;
  }

  #put(bytes: Buffer, writeId: string | undefined): void {
    this.#stdin?.write(bytes, () => this.#advance());
    if (writeId === undefined) return;
    this.#accepted.add(writeId);
    if (this.#accepted.size <= this.#limits.rememberedWrites) return;
    for (const oldest of this.#accepted) {
      this.#accepted.delete(oldest);
      break;
    }
  }

  #advance(): void {
    let count = 0;
    for (const { bytes, writeId, settle } of this.#waiting) {
      if (!this.#isOpen || !this.#hasRoom) break;
      count++;
      if (writeId !== undefined) this.#waitingById.delete(writeId);
      this.#put(bytes, writeId);
      settle('accepted');
    }
    this.#waiting.splice(0, count);
  }
}
