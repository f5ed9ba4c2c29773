import { statSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import type { StatsResult } from '../../schemas/generated/bus-methods.ts';
import { createEnvelopeScanner } from '../envelope-scanner.ts';
import { failPending } from './answers.ts';
import { ByteArena } from './byte-arena.ts';
import { clientFrames } from './client-frames.ts';
import { type Clock, systemClock } from './clock.ts';
import { Connection } from './connection.ts';
import { Correlator } from './correlator.ts';
import { Counters } from './counters.ts';
import { Drain } from './drain.ts';
import { FlushList } from './flush-list.ts';
import { type Log, rateLimited, silentLog } from './log.ts';
import type { OutputQueue } from './output-queue.ts';
import { ownExtensions, statsOf } from './own-methods.ts';
import { Pool } from './pool.ts';
import { RestartPolicy } from './restart-policy.ts';
import { Router } from './router.ts';
import { SessionTable } from './session-table.ts';
import { type BusSettings, settingsFromConfig } from './settings.ts';
import { Slot } from './slot.ts';
import type { Switchboard } from './switchboard.ts';
import { Worker, type WorkerExit } from './worker.ts';
import { refuseWorker, workerFrames } from './worker-frames.ts';
import { reportLoss } from './worker-loss.ts';

/** The parts of a bus that a caller may replace. Each has the default that is named here. */
export interface BusParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly counters: Counters;
  readonly sessions: SessionTable;
  readonly clientFrames: typeof clientFrames;
  readonly workerFrames: typeof workerFrames;
  readonly reportLoss: typeof reportLoss;
  readonly createCorrelator: (settings: BusSettings) => Correlator;
  readonly createRouter: (options: ConstructorParameters<typeof Router>[0]) => Router;
  readonly createRestartPolicy: (settings: BusSettings) => RestartPolicy;
  readonly createWorker: (options: ConstructorParameters<typeof Worker>[0]) => Worker;
  readonly createDrain: (options: ConstructorParameters<typeof Drain>[0]) => Drain;
  /** The extensions that `stdio_bus/hello` offers. */
  readonly extensions: ReadonlySet<string>;
  /** Told when the system has taken a part of what waits in a queue; nobody by default. */
  readonly onProgress: ((output: OutputQueue) => void) | undefined;
}

const defaultParts = (): BusParts => ({
  clock: systemClock,
  log: silentLog,
  counters: new Counters(),
  sessions: new SessionTable(),
  clientFrames,
  workerFrames,
  reportLoss,
  createCorrelator: ({ requestTimeoutMs }) => new Correlator(requestTimeoutMs),
  createRouter: (options) => new Router(options),
  createRestartPolicy: (settings) => new RestartPolicy(settings),
  createWorker: (options) => new Worker(options),
  createDrain: (options) => new Drain(options),
  extensions: ownExtensions,
  onProgress: undefined,
});

/** A worker that could not be started when the bus was. */
export interface StartFailure {
  /** Index of its pool in the configuration. */
  readonly pool: number;
  /** The member that is to blame. */
  readonly member: 'command' | 'cwd';
  readonly reason: string;
}

/**
 * A bus without listeners: it owns the workers, and routes between them and whatever connections it
 * is given. Put together here from its parts; `BusParts` names those that can be replaced.
 */
export class Bus {
  readonly board: Switchboard;
  readonly #parts: BusParts;
  readonly #progress: { onProgress?: (output: OutputQueue) => void };
  /** Takes what workers say on stderr, each up to a limit of its own. */
  readonly #stderrLog: Log;
  readonly #settings: BusSettings;
  #lastConnection = 0;
  #drain: Drain | undefined;
  #ended: (() => void)[] = [];
  #isEnded = false;
  #isStarted = false;
  readonly #startFailures: StartFailure[] = [];
  readonly #timers: (() => void)[] = [];

  constructor(config: BusConfig, parts: Partial<BusParts> = {}) {
    this.#parts = { ...defaultParts(), ...parts };
    const settings = settingsFromConfig(config);
    this.#settings = settings;
    const { clock, log, counters, sessions, createCorrelator, createRouter } = this.#parts;
    const { onProgress } = this.#parts;
    this.#progress = onProgress === undefined ? {} : { onProgress };
    this.#stderrLog = rateLimited(log, () => clock.nowMs(), 1000);
    const pools = settings.pools.map((pool, index) => new Pool(index, pool));
    this.board = {
      settings,
      clock,
      log: rateLimited(log, () => clock.nowMs()),
      counters,
      arena: new ByteArena(),
      flushList: new FlushList(),
      scanner: createEnvelopeScanner({ sessionIdField: settings.sessionIdField }),
      pools,
      sessions,
      correlator: createCorrelator(settings),
      router: createRouter({ settings, pools, sessions }),
      connections: new Map(),
      isDraining: false,
      extensions: this.#parts.extensions,
    };
    for (const pool of pools) pool.slots = this.#slotsOf(pool);
  }

  /** Starts every worker. Resolves with those that could not be started: then all are ended. CFG-3. */
  async start(): Promise<StartFailure[]> {
    for (const slot of this.#slots()) slot.start();
    // What the system refuses is told on the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    const failures = this.#startFailures;
    if (failures.length > 0) {
      await this.destroy();
      return failures;
    }
    this.#isStarted = true;
    this.#startTimers();
    return [];
  }

  /** Takes a client's connection; during a drain too, where its requests are refused. */
  connect(stream: Duplex): Connection {
    const { board } = this;
    const { arena, flushList, connections, counters, clock } = board;
    const { maxFrameBytes, maxQueueBytes, backpressureTimeoutMs } = this.#settings;
    const connection = new Connection({
      number: ++this.#lastConnection,
      stream,
      arena,
      flushList,
      clock,
      maxFrameBytes,
      maxQueueBytes,
      backpressureTimeoutMs,
      sink: (self) => this.#parts.clientFrames(board, self),
      events: {
        onChunk: () => this.#afterChunk(),
        onEnd: (self) => this.#answerWorkersFor(self),
        onEmpty: () => this.#drain?.advance(),
        onClose: (self, reason) => this.#connectionClosed(self, reason),
        ...this.#progress,
      },
    });
    connections.set(connection.number, connection);
    counters.clientConnects++;
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
  drain(timeoutMs: number = this.#settings.drainTimeoutMs): Promise<void> {
    const ended = this.#whenEnded();
    if (this.#drain !== undefined) return ended;
    const { board } = this;
    board.isDraining = true;
    for (const slot of this.#slots()) slot.retire();
    this.#drain = this.#parts.createDrain({
      running: () => this.#running(),
      hasOutput: () => this.#hasOutput(),
      onDone: () => this.#end(),
    });
    this.#timers.push(board.clock.after(timeoutMs, () => this.#drainTimedOut()));
    this.#drain.advance();
    return ended;
  }

  /** Ends everything at once. Implements DRN-4. */
  async destroy(): Promise<void> {
    const ended = this.#whenEnded();
    this.board.isDraining = true;
    for (const slot of this.#slots()) slot.retire();
    for (const worker of this.#running()) {
      worker.isEnding = true;
      worker.kill();
    }
    this.#drain ??= this.#parts.createDrain({
      running: () => this.#running(),
      hasOutput: () => false,
      onDone: () => this.#end(),
    });
    for (const connection of this.board.connections.values()) connection.close('the bus ends');
    this.#drain.advance();
    return ended;
  }

  #slotsOf(pool: Pool): Slot[] {
    const { clock, counters, log } = this.board;
    return Array.from({ length: pool.settings.instances }, (_, slot) => {
      return new Slot({
        slot,
        clock,
        policy: this.#parts.createRestartPolicy(this.#settings),
        start: (incarnation) => this.#startWorker(pool, slot, incarnation),
        onRestart: ({ worker, incarnation }) => {
          counters.workerRestarts++;
          log.info(
            { worker: worker?.name, incarnation, workerPid: worker?.pid },
            'worker restarted',
          );
        },
      });
    });
  }

  #startWorker(pool: Pool, slot: number, incarnation: number): Worker {
    const { board } = this;
    return this.#parts.createWorker({
      pool: pool.settings,
      poolIndex: pool.index,
      slot,
      incarnation,
      arena: board.arena,
      flushList: board.flushList,
      clock: board.clock,
      maxFrameBytes: this.#settings.maxFrameBytes,
      maxQueueBytes: this.#settings.maxQueueBytes,
      sink: (worker) => this.#parts.workerFrames(board, worker),
      events: {
        onChunk: () => this.#afterChunk(),
        onStderr: ({ name }, line) =>
          this.#stderrLog.info({ worker: name, stderr: line }, `stderr of ${name}`),
        onFull: (worker, isFull) => {
          if (isFull) board.log.warn({ worker: worker.name }, 'the queue of a worker is full');
        },
        onEmpty: () => this.#drain?.advance(),
        onExit: (worker, exit) => this.#workerExited(pool, worker, exit),
        ...this.#progress,
      },
    });
  }

  #workerExited(pool: Pool, worker: Worker, exit: WorkerExit): void {
    const slot = pool.slots[worker.slot] as Slot;
    if (!this.#isStarted && !this.board.isDraining && worker.pid === undefined) {
      const { cwd } = pool.settings;
      const isCwd = cwd !== undefined && !isFolder(cwd);
      const reason = isCwd ? 'there is no such folder' : (exit.reason ?? 'it ended');
      this.#startFailures.push({ pool: pool.index, member: isCwd ? 'cwd' : 'command', reason });
      slot.retire();
      return;
    }
    if (this.board.isDraining) slot.retire();
    else slot.lost();
    this.#parts.reportLoss(this.board, worker, slot, exit);
    this.#afterChunk();
  }

  /** What was staged while a chunk was taken is written now, together. */
  #afterChunk(): void {
    this.board.flushList.flush();
    this.#drain?.advance();
  }

  #connectionClosed(connection: Connection, reason: string): void {
    const { connections, counters, correlator, log } = this.board;
    connections.delete(connection.number);
    counters.clientDisconnects++;
    for (const worker of this.#running()) worker.forget(connection.number);
    for (const pending of connection.pending.values()) correlator.close(pending);
    this.#answerWorkersFor(connection);
    if (reason !== 'closed')
      log.info({ connection: connection.number, reason }, 'connection closed');
    this.#drain?.advance();
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

  #drainTimedOut(): void {
    for (const worker of this.#running()) {
      worker.isEnding = true;
      worker.kill();
    }
    // A process that the system cannot end, or a client that does not read, is not waited for.
    this.#timers.push(
      this.board.clock.after(800, () => {
        for (const connection of this.board.connections.values()) connection.close('the bus ends');
        this.#end();
      }),
    );
  }

  #startTimers(): void {
    const { clock, correlator, sessions } = this.board;
    const { requestTimeoutMs, sessionIdleMs } = this.#settings;
    const every = (intervalMs: number, call: () => void) => {
      const timer = setInterval(call, intervalMs).unref();
      this.#timers.push(() => clearInterval(timer));
    };
    if (requestTimeoutMs > 0) {
      every(Math.min(Math.max(requestTimeoutMs / 10, 5), 250), () => {
        for (const pending of correlator.expired(clock.nowMs())) {
          const isUndelivered = correlator.isUndelivered(pending);
          failPending(this.board, pending, {
            name: 'DEADLINE_EXCEEDED',
            message: `no response within ${requestTimeoutMs / 1000} s`,
            retryable: isUndelivered,
            delivered: !isUndelivered,
          });
        }
        this.#afterChunk();
      });
    }
    if (sessionIdleMs > 0) {
      every(Math.min(Math.max(sessionIdleMs / 4, 50), 60_000), () =>
        sessions.forgetIdle(clock.nowMs() - sessionIdleMs),
      );
    }
  }

  *#slots(): Generator<Slot> {
    for (const pool of this.board.pools) yield* pool.slots;
  }

  *#running(): Generator<Worker> {
    for (const { worker } of this.#slots()) if (worker?.hasExited === false) yield worker;
  }

  #hasOutput(): boolean {
    for (const { output } of this.board.connections.values()) {
      if (output.queuedBytes > 0) return true;
    }
    return false;
  }

  #whenEnded(): Promise<void> {
    if (this.#isEnded) return Promise.resolve();
    return new Promise((resolve) => this.#ended.push(resolve));
  }

  #end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    for (const cancel of this.#timers) cancel();
    for (const connection of this.board.connections.values()) connection.end();
    for (const resolve of this.#ended) resolve();
    this.#ended = [];
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
