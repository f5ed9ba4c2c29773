import { ReadStream } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ByteArena } from '../bus/byte-arena.ts';
import { FlushList } from '../bus/flush-list.ts';
import type { Log } from '../bus/log.ts';
import { OutputQueue } from '../bus/output-queue.ts';
import { OverlongLine } from '../bus/overlong-line.ts';
import { createEnvelopeScanner, type EnvelopeScanner } from '../envelope-scanner.ts';
import { createFrameDecoder, type FrameDecoder } from '../frame-decoder.ts';
import { type ScanFault, scanFaults } from '../scan-fault.ts';
import { responseLine, type Spelling } from './dialect.ts';
import { workerCodes } from './worker-codes.ts';

export interface FramePortOptions extends Spelling {
  readonly input: Readable;
  readonly output: Writable;
  readonly maxFrameBytes: number;
  /** So much may wait to be written before nothing more is read. */
  readonly maxOutputBytes: number;
  readonly log: Log;
}

export interface FramePortEvents {
  /** A frame came. `scanner` tells of it, and its bytes are valid, during the call only. */
  onFrame(kind: FrameKind, bytes: Buffer, start: number, end: number): void;
  /** A response came that is too long to be read. */
  onLostResponse(idJson: string): void;
  /** More must not be written now, or may be again. */
  onFull(isFull: boolean): void;
  /** Nothing comes any more. */
  onEnd(): void;
  /** Nothing can be written any more. */
  onBroken(error: Error): void;
}

export type FrameKind = 'request' | 'notification' | 'response';

/** An error as it goes into a response. */
export interface ErrorFacts {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

const sessionFaults: ReadonlySet<ScanFault | null> = new Set([
  'bad-session-id',
  'empty-session-id',
  'long-session-id',
]);

/**
 * A worker's end of the pipes to its bus: frames in, frames out. What is no frame is answered here.
 * While what was written is not read, nothing is read either: whoever sends has to wait.
 * Implements WRK-4 (lines that are no frames), WRK-6, WRK-9.
 */
export class FramePort {
  readonly scanner: EnvelopeScanner;
  readonly #options: FramePortOptions;
  readonly #events: FramePortEvents;
  readonly #decoder: FrameDecoder;
  readonly #output: OutputQueue;
  readonly #flushList = new FlushList();
  readonly #onRoom: (() => void)[] = [];
  readonly #onFlushed: (() => void)[] = [];
  #isFlushing = false;
  #hasEnded = false;
  #isClosed = false;
  #readBytes = 0;
  #overlong: OverlongLine | undefined;

  /** Begins to read. Throws a RangeError where a limit or `sessionIdField` cannot be one. */
  constructor(options: FramePortOptions, events: FramePortEvents) {
    const { input, output, maxFrameBytes, maxOutputBytes, sessionIdField } = options;
    this.#options = options;
    this.#events = events;
    this.scanner = createEnvelopeScanner({ sessionIdField });
    this.#decoder = createFrameDecoder(
      { maxFrameBytes },
      {
        onLine: (bytes, start, end) => this.#takeLine(bytes, start, end),
        onOverlong: () => {
          this.#overlong = new OverlongLine();
        },
        onDiscarded: (bytes, start, end) => this.#overlong?.read(bytes, start, end),
        onDiscardedEnd: () => this.#takeOverlong(),
        onUnterminated: () => this.#refuse('null', undefined, 'unexpected-end'),
      },
    );
    this.#output = new OutputQueue({
      arena: new ByteArena(),
      flushList: this.#flushList,
      sink: output,
      maxBytes: maxOutputBytes,
      onFull: (isFull) => this.#full(isFull),
      onEmpty: () => callAll(this.#onFlushed),
    });
    output.once('error', (error) => this.#broken(error));
    output.once('close', () => this.#broken(new Error('the output was closed')));
    // What may still come of it matters to nobody.
    output.on('error', () => {});
    input.on('data', this.#onData);
    input.once('end', this.#onEnd).once('close', this.#onEnd).on('error', this.#onEnd);
  }

  /** Whether as much waits to be written as may. */
  get isFull(): boolean {
    return this.#output.isFull;
  }

  /** Whether nothing comes any more. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Writes a line, LF included, after all others. */
  send(line: string): void {
    this.#output.pushLine(line);
    this.#flushSoon();
  }

  /** Writes a frame without its LF; the bytes must stay as they are. */
  sendBytes(bytes: Buffer): void {
    this.#output.push(bytes, 0, bytes.length);
    this.#flushSoon();
  }

  /** Answers a request with an error. */
  refuse(to: { idJson: string; sessionId: string | undefined }, error: ErrorFacts): void {
    this.send(responseLine(this.#options, to, `"error":${JSON.stringify(error)}`));
  }

  /** Resolves when more may be written; at once where that is so, or will never be. */
  room(): Promise<void> {
    if (!this.isFull || this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => this.#onRoom.push(resolve));
  }

  /** Resolves when everything was given to the system, or can never be. */
  flushed(): Promise<void> {
    if (this.#output.queuedBytes === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onFlushed.push(resolve));
  }

  /** Resolves when all that is in the input by now has been read. Serves WRK-7. */
  async allRead(): Promise<void> {
    for (;;) {
      await this.room();
      const { input } = this.#options;
      // The system reads a file for us in its own time: only its end tells.
      const isFile = input instanceof ReadStream;
      const readBytes = this.#readBytes;
      // In one of two turns of the loop, at the latest, the system is asked for what there is.
      for (let turn = 0; turn < 3; turn++) await nextTurn();
      if (this.#hasEnded || this.#isClosed) return;
      if (!isFile && !this.isFull && this.#readBytes === readBytes) return;
    }
  }

  /** Reads and writes no more; what was not written yet is forgotten. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { input } = this.#options;
    input.off('data', this.#onData).off('end', this.#onEnd).off('close', this.#onEnd);
    input.pause();
    this.#output.close();
    callAll(this.#onRoom);
    callAll(this.#onFlushed);
  }

  readonly #onData = (chunk: Buffer | string): void => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    this.#readBytes += bytes.length;
    this.#decoder.write(bytes);
  };

  readonly #onEnd = (): void => {
    if (this.#hasEnded || this.#isClosed) return;
    this.#hasEnded = true;
    this.#decoder.end();
    this.#events.onEnd();
  };

  #broken(error: Error): void {
    if (this.#isClosed) return;
    this.close();
    this.#events.onBroken(error);
  }

  #full(isFull: boolean): void {
    if (isFull) this.#options.input.pause();
    else if (!this.#isClosed) this.#options.input.resume();
    this.#events.onFull(isFull);
    if (!isFull) callAll(this.#onRoom);
  }

  /** Many frames of one turn are written together. */
  #flushSoon(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    setImmediate(() => {
      this.#isFlushing = false;
      this.#flushList.flush();
    });
  }

  #takeLine(bytes: Buffer, start: number, end: number): void {
    if (this.#isClosed) return;
    const { scanner } = this;
    const kind = scanner.scan(bytes, start, end);
    if (kind === 'blank') return;
    if (kind !== 'refused') {
      this.#events.onFrame(kind, bytes, start, end);
      return;
    }
    const { fault } = scanner;
    const sessionId = sessionFaults.has(fault) ? undefined : scanner.sessionId();
    this.#refuse(scanner.idJson(), sessionId, fault as ScanFault);
  }

  #refuse(idJson: string, sessionId: string | undefined, fault: ScanFault): void {
    const { code, message } = scanFaults[fault];
    this.#options.log.warn({ fault, line: this.#decoder.lineNumber }, 'a line that is no frame');
    this.refuse({ idJson, sessionId: sessionId || undefined }, { code, message });
  }

  #takeOverlong(): void {
    const { hasMethod, idJson = 'null' } = this.#overlong ?? {};
    this.#overlong = undefined;
    const message = `the line is longer than ${this.#options.maxFrameBytes} bytes`;
    this.#options.log.warn({ id: idJson }, message);
    if (!hasMethod && idJson !== 'null') this.#events.onLostResponse(idJson);
    else {
      this.refuse({ idJson, sessionId: undefined }, { code: workerCodes.invalidRequest, message });
    }
  }
}

function callAll(calls: (() => void)[]): void {
  for (const call of calls.splice(0)) call();
}
