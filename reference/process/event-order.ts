import type { OutputStream, ReadResult } from '../../schemas/generated/process.ts';

/** An event as it came, or as a read has told it. */
export type PushedEvent =
  | {
      readonly type: 'output';
      readonly seq: number;
      readonly stream: OutputStream;
      /** Base64. */
      readonly chunk: string;
    }
  | {
      readonly type: 'exited';
      readonly seq: number;
      readonly exitCode: number;
      /** Absent or null: an older executor, which has to be asked (PRC-5). */
      readonly sandboxDenied?: boolean | null | undefined;
    }
  | {
      readonly type: 'closed';
      /** Absent in the oldest executors: after all others. */
      readonly seq?: number | undefined;
    };

/** An event in its place. */
export type OrderedEvent =
  | Extract<PushedEvent, { type: 'output' }>
  | {
      readonly type: 'exited';
      readonly seq: number;
      /** -1 where it is unknown. */
      readonly exitCode: number;
      readonly sandboxDenied: boolean;
    }
  | { readonly type: 'closed'; readonly seq: number };

type Numbered = PushedEvent & { readonly seq: number };

interface BegunRead {
  readonly lowestHeld: number | undefined;
  readonly hasExit: boolean;
  /** Whether more may have been missed since. */
  isRenewed: boolean;
}

export interface EventOrderOptions {
  /** Bytes of events that are held back at most; what is dropped beyond is read later. */
  readonly maxHeldBytes: number;
  /** Whether it reads all the time, instead of taking what is pushed. */
  readonly isReadMode?: boolean;
}

/**
 * Puts the events of one process into their order, each once, and says when `process/read` has to help:
 * where a number is missing, where some may have been missed, and for the verdict of an exit that came
 * without one. It does no I/O: whoever drives it gives it what came (`push`, `answer`, `suspect`), takes
 * what is due (`take`), and reads where `beginRead` says so. Implements PRC-5, PRC-6.
 */
export class EventOrder {
  /** The number of the last event that was taken; 0 at first. */
  last = 0;
  isClosed = false;
  /** Why the executor lost the process, as the last answer has it. */
  failure: string | null = null;
  /** Whether events are missing that nobody can tell any more. */
  isLost = false;
  readonly #options: EventOrderOptions;
  readonly #held = new Map<number, Numbered>();
  #heldBytes = 0;
  /** Reads until an answer has no chunks: nobody knows what was missed. */
  #isSuspicious: boolean;
  /** What was known when the read was begun that is under way. */
  #begun: BegunRead | undefined;
  /** The exit that was told, or its number is known. */
  #hasExit = false;
  /** What an answer has told about the exit. */
  #verdict: boolean | undefined;

  constructor(options: EventOrderOptions) {
    this.#options = options;
    this.#isSuspicious = options.isReadMode === true;
  }

  /** Begins the read that is due; undefined where none is, or one is under way. */
  beginRead(): { readonly afterSeq: number } | undefined {
    if (this.isClosed || this.isLost || this.#begun !== undefined) return undefined;
    if (!this.#isSuspicious && (this.#held.size === 0 || this.#canTake())) return undefined;
    this.#begun = { lowestHeld: this.#lowestHeld(), hasExit: this.#hasExit, isRenewed: false };
    return { afterSeq: this.last };
  }

  /** An event came. */
  push(event: PushedEvent): void {
    const { seq } = event;
    if (seq === undefined) {
      this.suspect();
      return;
    }
    if (seq <= this.last || this.#held.has(seq)) return;
    this.#hold(event as Numbered);
    if (this.#heldBytes <= this.#options.maxHeldBytes || this.#canTake()) return;
    this.#dropHeld();
  }

  /** Events may have been missed. */
  suspect(): void {
    this.#isSuspicious = true;
    if (this.#begun !== undefined) this.#begun.isRenewed = true;
  }

  /** The events that are next, in their order. */
  take(): OrderedEvent[] {
    const taken: OrderedEvent[] = [];
    for (;;) {
      const event = this.#held.get(this.last + 1);
      if (event === undefined || !this.#canTake()) return taken;
      this.#held.delete(event.seq);
      this.#heldBytes -= lengthOf(event);
      this.last = event.seq;
      if (event.type === 'closed') this.isClosed = true;
      taken.push(this.#settled(event));
    }
  }

  /** The answer to the read that was begun; `take` follows. */
  answer(result: ReadResult): void {
    const { chunks, nextSeq, exited, closed } = result;
    const begun = this.#begun;
    this.#begun = undefined;
    if (this.isClosed) return;
    this.failure = result.failure ?? null;
    if (exited || begun?.hasExit) this.#verdict ??= result.sandboxDenied ?? false;
    for (const { seq, stream, chunk } of chunks) {
      if (seq > this.last && !this.#held.has(seq)) {
        this.#hold({ type: 'output', seq, stream, chunk });
      }
    }
    const isWhole = chunks.length === 0;
    if (isWhole && !begun?.isRenewed) this.#isSuspicious = this.#options.isReadMode === true;
    // It was told of what this answer does not know: reading again would never end.
    if (isWhole && begun?.lowestHeld !== undefined && nextSeq <= begun.lowestHeld) {
      this.isLost = true;
    }
    this.#explain(result, closed && isWhole);
  }

  /** What the numbers tell that were in no chunk: the exit's, and the closing's. */
  #explain({ nextSeq, exited, exitCode }: ReadResult, isEnd: boolean): void {
    const closing = isEnd ? this.#closingSeq(nextSeq, exited) : undefined;
    const missing: number[] = [];
    for (let seq = this.last + 1; seq < (closing ?? nextSeq); seq++) {
      if (this.#held.has(seq)) continue;
      missing.push(seq);
      if (missing.length > 1) break;
    }
    const [seq] = missing;
    if (seq !== undefined) {
      if (missing.length > 1 || !exited || this.#hasExit) {
        this.isLost = true;
        return;
      }
      const sandboxDenied = this.#verdict ?? false;
      this.#hold({ type: 'exited', seq, exitCode: exitCode ?? -1, sandboxDenied });
    }
    if (closing !== undefined && !this.#held.has(closing)) {
      this.#hold({ type: 'closed', seq: closing });
    }
  }

  /** The oldest executors do not number the closing: it follows on all others then. */
  #closingSeq(nextSeq: number, exited: boolean): number {
    let lastTold = this.last;
    for (const [seq, { type }] of this.#held)
      if (type !== 'closed') lastTold = Math.max(lastTold, seq);
    const missesExit = exited && !this.#hasExit;
    return Math.max(nextSeq - 1, lastTold + (missesExit ? 2 : 1));
  }

  #lowestHeld(): number | undefined {
    let lowest: number | undefined;
    for (const seq of this.#held.keys()) if (lowest === undefined || seq < lowest) lowest = seq;
    return lowest;
  }

  #hold(event: Numbered): void {
    if (event.type === 'exited') this.#hasExit = true;
    this.#held.set(event.seq, event);
    this.#heldBytes += lengthOf(event);
  }

  #dropHeld(): void {
    for (const { type } of this.#held.values()) if (type === 'exited') this.#hasExit = false;
    this.#held.clear();
    this.#heldBytes = 0;
    this.suspect();
  }

  /** Whether what comes next is here, with all that it has to tell. */
  #canTake(): boolean {
    const event = this.#held.get(this.last + 1);
    if (event?.type !== 'exited') return event !== undefined;
    return typeof event.sandboxDenied === 'boolean' || this.#verdict !== undefined;
  }

  #settled(event: Numbered): OrderedEvent {
    if (event.type !== 'exited') return event;
    const sandboxDenied = event.sandboxDenied ?? this.#verdict ?? false;
    return { ...event, sandboxDenied };
  }
}

function lengthOf(event: PushedEvent): number {
  return (event.type === 'output' ? event.chunk.length : 0) + 64;
}
