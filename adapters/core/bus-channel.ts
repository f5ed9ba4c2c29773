import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createEnvelopeScanner } from '../../reference/envelope-scanner.ts';
import { createFrameDecoder, type FrameDecoder } from '../../reference/frame-decoder.ts';
import type { ChannelSpans } from './channel-spans.ts';
import { busFailure, failureLine } from './failure.ts';
import type { FrameGuard } from './frame-guard.ts';
import type { Caller } from './identity.ts';
import { LineWriter } from './line-writer.ts';
import type { SessionOwners } from './session-owners.ts';

const lineFeed = Buffer.from('\n');

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
  /** Takes no frame any more: requests are answered with DRAINING; what is pending is finished. */
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
  #isAtBoundary = true;
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
        onLine: (bytes, start, end) => this.#check(bytes, start, end),
        onOverlong: () =>
          this.#refuse('null', {
            name: 'FRAME_TOO_LARGE',
            message: `line longer than ${options.maxFrameBytes} bytes`,
          }),
        onUnterminated: () =>
          this.#refuse('null', {
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
    const isPassed = caller === undefined && spans === undefined;
    if (isPassed && !(this.#isDraining && this.#isAtBoundary)) {
      this.#isAtBoundary = isLast;
      this.#writer.write(bytes);
      if (isLast) this.#writer.write(lineFeed);
      if (this.#isDraining && isLast) this.#writer.end();
    } else {
      this.#toBus.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      if (isLast) this.#toBus.write(lineFeed);
    }
    return this.#writer.hasRoom || this.#isDraining;
  }

  end(): void {
    this.#toBus.end();
    this.#writer.end();
  }

  drain(): void {
    if (this.#isDraining) return;
    this.#isDraining = true;
    if (this.#isAtBoundary) this.#writer.end();
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
      this.#writer.write(Buffer.concat([bytes.subarray(start, end), lineFeed]));
      return;
    }
    const additions = span && { traceparent: span.traceparent };
    const result = guard.check(bytes, { start, end }, caller, additions);
    if (span !== undefined) spans?.checked(span, result);
    if (result.kind === 'blank') return;
    if (result.kind === 'refused') {
      this.#emit(failureLine(result.idJson, result.failure));
    } else if (!this.#isDraining) {
      this.#writer.write(result.line);
    } else if (result.kind === 'request') {
      this.#refuse(result.idJson, {
        name: 'DRAINING',
        message: 'the adapter is draining',
        retryable: true,
      });
    }
  }

  #refuse(idJson: string, facts: Parameters<typeof busFailure>[0]): void {
    if (!this.#isClosed) this.#emit(failureLine(idJson, busFailure(facts)));
  }

  #emit(line: string): void {
    this.#options.events.onFrame(Buffer.from(line.slice(0, -1)));
  }

  #received(bytes: Buffer, start: number, end: number): void {
    if (this.#isClosed) return;
    const { caller, owners, events, spans } = this.#options;
    const scanner = this.#scanner;
    const isFollowed = spans?.hasOpen === true;
    if (caller !== undefined || isFollowed) {
      const kind = scanner.scan(bytes, start, end);
      const sessionId = scanner.sessionId();
      if (caller !== undefined && sessionId !== undefined) owners.touch(sessionId);
      if (isFollowed && kind === 'response') spans.answered({ bytes, start, end, scanner });
    }
    events.onFrame(Buffer.from(bytes.subarray(start, end)));
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
