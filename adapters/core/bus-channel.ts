import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createEnvelopeScanner } from '../../reference/envelope-scanner.ts';
import { createFrameDecoder, type FrameDecoder } from '../../reference/frame-decoder.ts';
import type { ChannelSpans } from './channel-spans.ts';
import { busFailure, type Failure, failureLine } from './failure.ts';
import type { FrameGuard } from './frame-guard.ts';
import type { Caller } from './identity.ts';
import { LineWriter } from './line-writer.ts';
import type { SessionOwners } from './session-owners.ts';

const lineFeed = Buffer.from('\n');
const firstOfNull = 0x6e;

export interface BusChannelEvents {
  /** A frame from the bus, LF excluded; the bytes are the receiver's to keep. Blank ones too. */
  onFrame(frame: Buffer): void;
  /** There is room again, after `write` said that there was none. */
  onRoom(): void;
  /** It is gone; `cause` undefined: the bus has ended it after everything. Called once. */
  onClose(cause: Error | undefined): void;
}

export interface BusChannelOptions {
  /** A connection of a BusLink, for this channel alone. */
  readonly stream: Duplex;
  /** Undefined: bytes pass as they are, unchecked. */
  readonly caller: Caller | undefined;
  readonly guard: FrameGuard;
  readonly owners: SessionOwners;
  readonly sessionIdField: string;
  readonly maxFrameBytes: number;
  /** The longest frame from the bus, in bytes. A longer one ends the channel. */
  readonly maxReceivedBytes: number;
  /** Undefined: nothing is traced. */
  readonly spans: ChannelSpans | undefined;
  readonly events: BusChannelEvents;
}

/** A connection to the bus for one caller: a bidirectional stream of frames. */
export interface BusChannel {
  /**
   * Takes a frame, or with `isLast` false a part of one; an LF inside ends a frame as well. False: wait
   * for `onRoom` before the next. What is refused is answered by an error frame.
   */
  write(bytes: Uint8Array, isLast?: boolean): boolean;
  /** The caller sends no more; the bus ends the channel once all is answered (COR-8). */
  end(): void;
  /** New requests are answered with DRAINING; what is pending is finished, and ends it (DRN-1). */
  drain(): void;
  /** Reads no more from the bus until `resume`: what comes then waits there. */
  pause(): void;
  resume(): void;
  /** Ends it at once. */
  destroy(): void;
}

/** Opens a channel on a connection. Serves AFF-2, COR-8, FLW-1, FLW-3. */
export function createBusChannel(options: BusChannelOptions): BusChannel {
  return new Channel(options);
}

class Channel implements BusChannel {
  readonly #options: BusChannelOptions;
  readonly #writer: LineWriter;
  readonly #toBus: FrameDecoder;
  readonly #scanner;
  /** Requests whose response has not come from the bus. */
  #pending = 0;
  #isAtBoundary = true;
  /** Whether the bytes at hand have gone to the bus as they are. */
  #isPassed = false;
  #isDraining = false;
  #isClosed = false;

  constructor(options: BusChannelOptions) {
    this.#options = options;
    const { stream, events, sessionIdField } = options;
    this.#writer = new LineWriter(stream);
    this.#scanner = createEnvelopeScanner({ sessionIdField });
    this.#toBus = createFrameDecoder(
      { maxFrameBytes: options.maxFrameBytes },
      {
        onLine: (bytes, start, end) => {
          if (this.#isPassed) this.#count(bytes, start, end);
          else this.#check(bytes, start, end);
        },
        onOverlong: () =>
          this.#refuseLine({
            name: 'FRAME_TOO_LARGE',
            message: `line longer than ${options.maxFrameBytes} bytes`,
          }),
        onUnterminated: () =>
          this.#refuseLine({
            name: 'PARSE_ERROR',
            message: 'the stream ended within a line',
          }),
      },
    );
    const fromBus = createFrameDecoder(
      { maxFrameBytes: options.maxReceivedBytes },
      {
        onLine: (bytes, start, end) => this.#received(bytes, start, end),
        onOverlong: () =>
          this.#close(new Error('a frame of the bus is longer than the adapter reads')),
        onUnterminated: () => {},
      },
    );
    stream.on('data', (chunk: Buffer) => {
      if (!this.#isClosed) fromBus.write(chunk);
    });
    stream.on('drain', () => {
      if (!this.#isClosed) events.onRoom();
    });
    stream.once('end', () => this.#close(undefined));
    stream.on('error', (error: Error) => this.#close(error));
    stream.once('close', () => this.#close(undefined));
  }

  write(bytes: Uint8Array, isLast = true): boolean {
    if (this.#isClosed) return true;
    const { caller, spans } = this.#options;
    const isUnchecked = caller === undefined && spans === undefined;
    this.#isPassed = isUnchecked && !(this.#isDraining && this.#isAtBoundary);
    this.#isAtBoundary = isLast;
    if (this.#isPassed) {
      this.#writer.write(bytes);
      if (isLast) this.#writer.write(lineFeed);
    }
    this.#toBus.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (isLast) this.#toBus.write(lineFeed);
    this.#endWhenDone();
    return this.#writer.hasRoom;
  }

  end(): void {
    this.#toBus.end();
    this.#writer.end();
  }

  drain(): void {
    if (this.#isDraining) return;
    this.#isDraining = true;
    this.#endWhenDone();
  }

  pause(): void {
    this.#options.stream.pause();
  }

  resume(): void {
    this.#options.stream.resume();
  }

  destroy(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { stream, events, spans } = this.#options;
    this.#writer.flush();
    cut(stream);
    spans?.close();
    events.onClose(undefined);
  }

  #check(bytes: Buffer, start: number, end: number): void {
    const { caller, guard, spans } = this.#options;
    if (this.#isClosed) return;
    const span = this.#isDraining ? undefined : spans?.begin(bytes, { start, end });
    if (caller === undefined && span === undefined && !this.#isDraining) {
      this.#count(bytes, start, end);
      this.#writer.write(Buffer.concat([bytes.subarray(start, end), lineFeed]));
      return;
    }
    const additions = span && { traceparent: span.traceparent };
    const result = guard.check(bytes, { start, end }, caller, additions);
    if (span !== undefined) spans?.checked(span, result);
    if (result.kind === 'blank') return;
    if (result.kind === 'refused') {
      this.#refuse(result.idJson, result.failure);
    } else if (result.kind === 'request' && this.#isDraining) {
      const message = 'the adapter is draining';
      this.#refuse(result.idJson, busFailure({ name: 'DRAINING', message, retryable: true }));
    } else {
      if (result.kind === 'request') this.#pending += 1;
      this.#writer.write(result.line);
    }
  }

  /** Of a line that goes to the bus unchecked: what is wrong with it, the bus says under its id. */
  #count(bytes: Buffer, start: number, end: number): void {
    const kind = this.#scanner.scan(bytes, start, end);
    const isRefused = kind === 'refused' && this.#scanner.idStart >= 0;
    if (kind === 'request' || isRefused) this.#pending += 1;
  }

  /** What has gone to the bus, the bus answers. */
  #refuseLine(facts: Parameters<typeof busFailure>[0]): void {
    if (!this.#isPassed && !this.#isClosed) this.#refuse('null', busFailure(facts));
  }

  #refuse(idJson: string, failure: Failure): void {
    this.#options.events.onFrame(Buffer.from(failureLine(idJson, failure).slice(0, -1)));
  }

  /** Until then, the caller may still have to answer a worker's request. */
  #endWhenDone(): void {
    if (this.#isDraining && this.#pending === 0 && this.#isAtBoundary) this.#writer.end();
  }

  #received(bytes: Buffer, start: number, end: number): void {
    if (this.#isClosed) return;
    const { caller, owners, events, spans } = this.#options;
    const scanner = this.#scanner;
    if (caller !== undefined || this.#pending > 0) {
      const kind = scanner.scan(bytes, start, end);
      const sessionId = caller && scanner.sessionId();
      if (sessionId !== undefined) owners.touch(sessionId);
      // An error of the bus may have the id null: it answers no request.
      if (kind === 'response' && bytes[scanner.idStart] !== firstOfNull) {
        this.#pending -= 1;
        if (spans?.hasOpen === true) spans.answered({ bytes, start, end, scanner });
      }
    }
    events.onFrame(Buffer.from(bytes.subarray(start, end)));
    this.#endWhenDone();
  }

  #close(cause: Error | undefined): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#options.stream.destroy();
    this.#options.spans?.close();
    this.#options.events.onClose(cause);
  }
}

/** A bus takes a mere end as a half-close, and would finish what nobody waits for. */
function cut(stream: Duplex): void {
  if (!(stream instanceof Socket) || stream.remotePort === undefined) stream.destroy();
  else if (stream.writableEnded && !stream.writableFinished && stream.writableLength === 0) {
    // While its side is being closed, the system refuses to reset a connection.
    stream.once('finish', () => stream.resetAndDestroy());
  } else stream.resetAndDestroy();
}
