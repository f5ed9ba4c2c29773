import type { Duplex } from 'node:stream';
import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import type { StatsResult } from '../../schemas/generated/bus-methods.ts';
import { BusEnd } from './bus-end.ts';
import { type BusParts, busParts } from './bus-parts.ts';
import { ByteArena } from './byte-arena.ts';
import { ChunkClock } from './chunk-clock.ts';
import type { Connection } from './connection.ts';
import { startExpiry } from './expiry.ts';
import { FlushList } from './flush-list.ts';
import { rateLimited } from './log.ts';
import { statsOf } from './own-methods.ts';
import type { BusSettings } from './settings.ts';
import type { StartFailure } from './start-failure.ts';
import type { Switchboard } from './switchboard.ts';
import { refuseWorker } from './worker-frames.ts';
import { Workforce } from './workforce.ts';

export type { BusParts, StartFailure };

/**
 * A bus without listeners: it owns the workers, and routes between them and whatever connections it
 * is given. Put together here from its parts; `BusParts` names those that can be replaced.
 */
export class Bus {
  readonly board: Switchboard;
  readonly #parts: BusParts;
  readonly #workforce: Workforce;
  readonly #end: BusEnd;
  #lastConnection = 0;

  constructor(config: BusConfig, parts: Partial<BusParts> = {}) {
    this.#parts = busParts(parts);
    this.board = createBoard(this.#parts.settingsFromConfig(config), this.#parts);
    const { board } = this;
    this.#workforce = new Workforce({
      board,
      parts: this.#parts,
      onChunk: () => this.#afterChunk(),
      onEmpty: () => this.#end.advance(),
    });
    const { createDrain } = this.#parts;
    this.#end = new BusEnd({ board, workforce: this.#workforce, createDrain });
  }

  /** Starts every worker. Resolves with those that could not be started: then all are ended. CFG-3. */
  async start(): Promise<StartFailure[]> {
    const failures = await this.#workforce.start();
    if (failures.length > 0) await this.destroy();
    else this.#end.onEnd(startExpiry(this.board, () => this.#afterChunk()));
    return failures;
  }

  /** Takes a client's connection; during a drain too, where its requests are refused. After it: closes it. */
  connect(stream: Duplex): Connection {
    const { arena, flushList, connections, counters, clock, settings } = this.board;
    const { maxFrameBytes, maxQueueBytes, backpressureTimeoutMs } = settings;
    const { clientFrames, createConnection, onProgress } = this.#parts;
    const connection = createConnection({
      number: ++this.#lastConnection,
      stream,
      arena,
      flushList,
      clock,
      maxFrameBytes,
      maxQueueBytes,
      backpressureTimeoutMs,
      parts: this.#parts,
      sink: (self) => clientFrames(this.board, self),
      events: {
        onChunk: () => this.#afterChunk(),
        onEnd: (self) => this.#answerWorkersFor(self),
        onEmpty: () => this.#end.advance(),
        onClose: (self, reason) => this.#connectionClosed(self, reason),
        ...(onProgress && { onProgress }),
      },
    });
    connections.set(connection.number, connection);
    counters.clientConnects++;
    if (this.#end.hasEnded) connection.close('the bus has ended');
    return connection;
  }

  stats(): StatsResult {
    return statsOf(this.board);
  }

  /**
   * Accepts nothing new, finishes what is pending, ends the workers, then the connections. Resolves
   * when all of it has ended, at the latest about a second after the timeout, by default
   * `drain_timeout_sec`. Implements DRN-1, DRN-2, DRN-3.
   */
  drain(timeoutMs: number = this.board.settings.drainTimeoutMs): Promise<void> {
    return this.#end.drain(timeoutMs);
  }

  /** Ends everything at once. Implements DRN-4. */
  destroy(): Promise<void> {
    return this.#end.destroy();
  }

  /** What was staged while a chunk was taken is written now, together. */
  #afterChunk(): void {
    this.board.chunkClock.endChunk();
    this.board.flushList.flush();
    this.#end.advance();
  }

  #connectionClosed(connection: Connection, reason: string): void {
    const { connections, counters, correlator, log } = this.board;
    connections.delete(connection.number);
    counters.clientDisconnects++;
    for (const worker of this.#workforce.running()) worker.forget(connection.number);
    for (const pending of connection.pending.values()) correlator.close(pending);
    this.#answerWorkersFor(connection);
    if (reason !== 'closed')
      log.info({ connection: connection.number, reason }, 'connection closed');
    this.#end.advance();
  }

  /** A client cannot answer any more what workers have asked it. Implements COR-6. */
  #answerWorkersFor(connection: Connection): void {
    for (const { worker, idJson } of connection.workerRequests.takeAll()) {
      refuseWorker(this.board, worker, idJson, {
        name: 'UNAVAILABLE',
        message: 'the owner of the session has left',
        delivered: true,
      });
    }
    this.board.flushList.flush();
  }
}

/** What the parts of a bus share; the pools have no slots yet. */
function createBoard(settings: BusSettings, parts: BusParts): Switchboard {
  const { clock, log, counters, sessions, extensions } = parts;
  const pools = settings.pools.map((pool, index) => parts.createPool(index, pool));
  return {
    settings,
    clock,
    chunkClock: new ChunkClock(clock),
    log: rateLimited(log, () => clock.nowMs()),
    counters,
    arena: new ByteArena(),
    flushList: new FlushList(),
    scanner: parts.createScanner(settings),
    pools,
    sessions,
    correlator: parts.createCorrelator(settings),
    router: parts.createRouter({ settings, pools, sessions }),
    connections: new Map(),
    isDraining: false,
    extensions,
  };
}
