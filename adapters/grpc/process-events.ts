import type { ReadResult } from '../../schemas/generated/process.ts';
import type { Answer } from '../core/exchange.ts';
import { busFailure, type Failure } from '../core/failure.ts';
import type { ProcessEvent } from './messages.ts';
import { readResponseFrom } from './process-messages.ts';

/** No more events are held back; what is dropped then is read later. */
const maxHeldBytes = 1_048_576;

export interface ProcessEventsOptions {
  readonly processId: string;
  readonly afterSeq: number;
  /** Sends `process/read` with `waitMs` 0. */
  readonly read: (afterSeq: number, onAnswer: (answer: Answer) => void) => void;
  /** Gets every event once and in order. False: no more until `resume`. */
  readonly onEvent: (event: ProcessEvent) => boolean;
  /** Nothing follows; undefined after `closed`. */
  readonly onEnd: (failure: Failure | undefined) => void;
}

/**
 * The events of a process, from notifications and, where one was missed, from `process/read`.
 * Implements PRC-5, PRC-6.
 */
export class ProcessEvents {
  readonly #options: ProcessEventsOptions;
  readonly #held = new Map<number, ProcessEvent>();
  #heldBytes = 0;
  /** The number of the last event that was delivered. */
  #last: number;
  #hasExited = false;
  #hasEnded = false;
  #isReading = false;
  #isPaused = false;
  /** Something was dropped, or a gap was seen, while it could not be read. */
  #isBehind = false;
  /** The exit that waits for its verdict. */
  #needsVerdict = false;

  constructor(options: ProcessEventsOptions) {
    this.#options = options;
    this.#last = options.afterSeq;
  }

  /** Reads what there is already; where there is no such process yet, it waits for it. */
  begin(): void {
    this.#read();
  }

  /** An event came from the worker. */
  add(event: ProcessEvent): void {
    if (this.#hasEnded || event.seq <= this.#last || this.#held.has(event.seq)) return;
    if (this.#isPaused && event.seq > this.#last) {
      this.#isBehind = true;
      return;
    }
    this.#hold(event);
    this.#advance();
    if (this.#held.size > 0 && !this.#needsVerdict) this.#read();
  }

  /** The receiver takes events again. */
  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#advance();
    if (!this.#isPaused && (this.#isBehind || this.#held.size > 0)) this.#read();
  }

  #hold(event: ProcessEvent): void {
    this.#held.set(event.seq, event);
    this.#heldBytes += event.output?.chunk.length ?? 0;
    if (this.#heldBytes <= maxHeldBytes) return;
    this.#held.clear();
    this.#heldBytes = 0;
    this.#isBehind = true;
  }

  /** Delivers what follows on the last one without a gap. */
  #advance(): void {
    for (;;) {
      const event = this.#held.get(this.#last + 1);
      if (event === undefined || this.#isPaused || this.#hasEnded) return;
      if (event.exited !== undefined && event.exited.sandboxDenied === undefined) {
        if (!this.#needsVerdict) {
          this.#needsVerdict = true;
          this.#read();
        }
        return;
      }
      this.#deliver(event);
    }
  }

  #deliver(event: ProcessEvent): void {
    this.#held.delete(event.seq);
    this.#heldBytes -= event.output?.chunk.length ?? 0;
    this.#last = event.seq;
    if (event.exited !== undefined) this.#hasExited = true;
    this.#isPaused = !this.#options.onEvent(event);
    if (event.closed !== undefined) this.#end(undefined);
  }

  #read(): void {
    if (this.#isReading || this.#hasEnded) return;
    this.#isReading = true;
    this.#isBehind = false;
    const afterSeq = this.#last;
    this.#options.read(afterSeq, (answer) => {
      this.#isReading = false;
      if (this.#hasEnded) return;
      if (answer.failure !== undefined) this.#readFailed(answer.failure);
      else this.#merge(JSON.parse(answer.result.toString()) as ReadResult);
    });
  }

  #readFailed(failure: Failure): void {
    // There is no such process: not yet, where nothing was seen of it.
    const isUnknown = failure.name === 'WORKER_ERROR' && failure.code === -32600;
    if (isUnknown && this.#last === 0 && this.#held.size === 0) return;
    this.#end(failure);
  }

  #merge(result: ReadResult): void {
    const { chunks, nextSeq, exited, exitCode, closed, failure, sandboxDenied } =
      readResponseFrom(result);
    const { processId } = this.#options;
    if (failure !== undefined) {
      this.#end(lost(`the worker has lost the process: ${failure}`));
      return;
    }
    this.#verdict(sandboxDenied ?? false);
    for (const { seq, stream, chunk } of chunks) {
      if (seq > this.#last && !this.#held.has(seq)) {
        this.#held.set(seq, { processId, seq, output: { stream, chunk } });
        this.#heldBytes += chunk.length;
      }
    }
    if (chunks.length === 0 && closed && nextSeq - 1 > this.#last) {
      this.#held.set(nextSeq - 1, { processId, seq: nextSeq - 1, closed: {} });
    }
    const missing = this.#missingBelow(nextSeq);
    const knowsExit = this.#hasExited || [...this.#held.values()].some((each) => each.exited);
    const [seq] = missing;
    if (missing.length > 1 || (seq !== undefined && (!exited || knowsExit))) {
      this.#end(lost(`events ${missing.join(', ')} of process ${processId} are lost`));
      return;
    }
    if (seq !== undefined) {
      const facts = { exitCode: exitCode ?? -1, sandboxDenied: sandboxDenied ?? false };
      this.#held.set(seq, { processId, seq, exited: facts });
    }
    this.#advance();
    const hasGap = this.#held.size > 0 && !this.#needsVerdict;
    if (!this.#isPaused && (chunks.length > 0 || hasGap || this.#isBehind)) this.#read();
    else if (this.#isPaused) this.#isBehind = true;
  }

  /** The exit that waited has its verdict. */
  #verdict(sandboxDenied: boolean): void {
    if (!this.#needsVerdict) return;
    this.#needsVerdict = false;
    const event = this.#held.get(this.#last + 1);
    if (event?.exited === undefined) return;
    this.#held.set(event.seq, { ...event, exited: { ...event.exited, sandboxDenied } });
  }

  #missingBelow(nextSeq: number): number[] {
    const missing: number[] = [];
    for (let seq = this.#last + 1; seq < nextSeq; seq++) {
      if (!this.#held.has(seq)) missing.push(seq);
    }
    return missing;
  }

  #end(failure: Failure | undefined): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#held.clear();
    this.#options.onEnd(failure);
  }
}

function lost(message: string): Failure {
  const failure = busFailure({ name: 'WORKER_LOST', message, delivered: true });
  return {
    ...failure,
    name: 'WORKER_ERROR',
    code: -32010,
    data: { source: 'worker', name: 'OUTPUT_LOST' },
  };
}
