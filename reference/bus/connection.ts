import type { Duplex } from 'node:stream';
import type { FrameDecoder, FrameSink } from '../frame-decoder.ts';
import type { BusParts } from './bus-parts.ts';
import type { ByteArena } from './byte-arena.ts';
import type { Clock } from './clock.ts';
import type { FlushList } from './flush-list.ts';
import type { OutputQueue } from './output-queue.ts';
import { PendingTable } from './pending-table.ts';
import type { Worker } from './worker.ts';
import { WorkerRequests } from './worker-requests.ts';

export interface ConnectionEvents {
  /** A chunk was taken: the lines in it have been reported to `sink`. */
  onChunk(connection: Connection): void;
  /** The system has taken a part of what was to be written. */
  onProgress?(output: OutputQueue): void;
  /** It sends nothing any more, but still reads (COR-8). */
  onEnd(connection: Connection): void;
  /** Everything that was for it has been given to the system. */
  onEmpty(connection: Connection): void;
  /** It is gone. Called once, whatever happened. */
  onClose(connection: Connection, reason: string): void;
}

export interface ConnectionOptions {
  readonly number: number;
  readonly stream: Duplex;
  readonly arena: ByteArena;
  readonly flushList: FlushList;
  readonly clock: Clock;
  readonly maxFrameBytes: number;
  readonly maxQueueBytes: number;
  readonly backpressureTimeoutMs: number;
  readonly events: ConnectionEvents;
  readonly parts: Pick<BusParts, 'createDecoder' | 'createOutput'>;
  /** Takes the lines that it sends. */
  readonly sink: (connection: Connection) => FrameSink;
}

/** How long a client that was told the end may keep its connection open. */
const farewellMs = 1000;

/**
 * A client's connection: a stream in each direction, what is pending for it, and what waits to be
 * written. It stops reading while much waits (FLW-3), and is closed where its queue stays full or
 * overflows (FLW-1). Implements COR-8.
 */
export class Connection {
  /** Unique in the bus, from 1. */
  readonly number: number;
  readonly output: OutputQueue;
  readonly decoder: FrameDecoder;
  /** Its requests that are pending, by their ids. */
  readonly pending = new PendingTable();
  /** What workers have asked it. */
  readonly workerRequests = new WorkerRequests();
  /** Whether it has asked to be told of lost sessions (EXT-4). */
  wantsSessionLost = false;
  isClosed = false;
  /** Whether it has ended its sending side. */
  isHalfClosed = false;
  readonly #options: ConnectionOptions;
  /** Why reading is paused: its own queue, or workers that are behind. */
  #pauses = 0;
  #isQueueLong = false;
  /** Workers that nobody else hears, and that wait until this client has read. */
  readonly #heldBack = new Set<Worker>();
  #cancelFullTimer: (() => void) | undefined;

  constructor(options: ConnectionOptions) {
    const { stream, arena, maxFrameBytes, maxQueueBytes, events, parts } = options;
    this.#options = options;
    this.number = options.number;
    this.decoder = parts.createDecoder({ maxFrameBytes }, options.sink(this));
    this.output = parts.createOutput({
      arena,
      flushList: options.flushList,
      sink: stream,
      maxBytes: maxQueueBytes,
      onFull: (isFull) => this.#onFull(isFull),
      onProgress: () => {
        this.#onProgress();
        events.onProgress?.(this.output);
      },
      onEmpty: () => this.#onEmpty(),
    });
    stream.on('data', (chunk: Buffer) => {
      this.decoder.write(chunk);
      events.onChunk(this);
      this.checkQueue();
    });
    stream.once('end', () => this.#onEnd());
    stream.on('error', (error: NodeJS.ErrnoException) => this.close(error.code ?? error.message));
    stream.once('close', () => this.close('closed'));
  }

  /** Whether one more frame can be taken; closes the connection where it cannot. */
  takesFrame(): boolean {
    if (this.isClosed) return false;
    if (!this.output.isFull) return true;
    this.close('its queue is full');
    return false;
  }

  /**
   * Lets a worker wait while much is queued, where that delays nobody else; the client has as long
   * as with a full queue.
   */
  holdBack(worker: Worker): void {
    if (this.output.queuedBytes < this.#options.maxQueueBytes / 2) return;
    if (!worker.hasOnly(this.number) || this.#heldBack.has(worker)) return;
    this.#heldBack.add(worker);
    worker.pauseOutput();
    this.#startFullTimer();
  }

  /** Stops reading while its queue is long, so that it is slowed by the transport. */
  checkQueue(): void {
    const isLong = this.output.queuedBytes > this.#options.maxQueueBytes / 4;
    if (isLong === this.#isQueueLong) return;
    this.#isQueueLong = isLong;
    if (isLong) this.pause();
    else this.resume();
  }

  pause(): void {
    if (this.#pauses++ === 0) this.#options.stream.pause();
  }

  resume(): void {
    if (--this.#pauses === 0 && !this.isClosed) this.#options.stream.resume();
  }

  /** Ends it once everything is written, where nothing will follow any more. */
  endIfDone(): void {
    if (this.isHalfClosed && this.pending.size === 0 && this.output.queuedBytes === 0) this.end();
  }

  /** Ends the sending side; what was flushed is still written. */
  end(): void {
    if (!this.isClosed) this.#options.stream.end();
  }

  /**
   * Ends it for good. A client that does not close its side has a moment, since what it has not read
   * yet would be lost; it keeps no process alive. One within this process needs no more than the end.
   */
  letGo(): void {
    const { stream, clock } = this.#options;
    this.end();
    if (!canUnref(stream)) return;
    stream.unref();
    clock.after(farewellMs, () => this.close('the bus has ended'));
  }

  /** Ends it at once. */
  close(reason: string): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#stopFullTimer();
    this.#releaseWorkers();
    this.output.close();
    this.#options.stream.destroy();
    this.#options.events.onClose(this, reason);
  }

  #onEnd(): void {
    if (this.isClosed) return;
    this.isHalfClosed = true;
    this.decoder.end();
    this.#options.events.onEnd(this);
    this.#options.events.onChunk(this);
    this.endIfDone();
  }

  #onEmpty(): void {
    this.#options.events.onEmpty(this);
    this.endIfDone();
  }

  #onProgress(): void {
    this.#options.events.onProgress?.(this.output);
    this.checkQueue();
    if (this.#heldBack.size === 0) return;
    if (this.output.queuedBytes < this.#options.maxQueueBytes / 4) this.#releaseWorkers();
  }

  #releaseWorkers(): void {
    for (const worker of this.#heldBack) worker.resumeOutput();
    this.#heldBack.clear();
    if (!this.output.isFull) this.#stopFullTimer();
  }

  #onFull(isFull: boolean): void {
    if (isFull) this.#startFullTimer();
    else if (this.#heldBack.size === 0) this.#stopFullTimer();
  }

  #startFullTimer(): void {
    const { clock, backpressureTimeoutMs } = this.#options;
    this.#cancelFullTimer ??= clock.after(backpressureTimeoutMs, () =>
      this.close('its queue stayed full'),
    );
  }

  #stopFullTimer(): void {
    this.#cancelFullTimer?.();
    this.#cancelFullTimer = undefined;
  }
}

/** Whether it is a stream of the system: these keep a process alive. */
function canUnref(stream: Duplex): stream is Duplex & { unref(): void } {
  return 'unref' in stream;
}
