import type { BusParts } from './bus-parts.ts';
import { type Log, rateLimited } from './log.ts';
import type { Pool } from './pool.ts';
import { Slot } from './slot.ts';
import { type StartFailure, startFailureFromExit } from './start-failure.ts';
import type { Switchboard } from './switchboard.ts';
import type { Worker, WorkerExit } from './worker.ts';

export interface WorkforceOptions {
  readonly board: Switchboard;
  readonly parts: BusParts;
  /** A chunk of a worker's output was taken, or a loss was told: frames may wait to be flushed. */
  readonly onChunk: () => void;
  /** Everything that was for a worker has been given to the system. */
  readonly onEmpty: () => void;
}

/**
 * The slots of every pool, and the workers in them: their start, their ends and what follows from
 * those. Implements RST-1, RST-2, CFG-3.
 */
export class Workforce {
  readonly #options: WorkforceOptions;
  /** Takes what workers say on stderr, each up to a limit of its own. */
  readonly #stderrLog: Log;
  readonly #startFailures: StartFailure[] = [];
  #isStarted = false;

  /** Puts the slots into the pools of the board; starts nothing. */
  constructor(options: WorkforceOptions) {
    const { board, parts } = options;
    this.#options = options;
    this.#stderrLog = rateLimited(parts.log, () => board.clock.nowMs(), 1000);
    for (const pool of board.pools) pool.slots = this.#slotsOf(pool);
  }

  /** Starts every worker. Resolves with those that could not be started. CFG-3. */
  async start(): Promise<StartFailure[]> {
    for (const slot of this.#slots()) slot.start();
    // What the system refuses is told on the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    this.#isStarted = this.#startFailures.length === 0;
    return this.#startFailures;
  }

  /** The workers whose processes have not ended. */
  *running(): Generator<Worker> {
    for (const { worker } of this.#slots()) if (worker?.hasExited === false) yield worker;
  }

  /** Starts nothing any more. */
  retire(): void {
    for (const slot of this.#slots()) slot.retire();
  }

  /** Ends every worker at once. */
  kill(): void {
    for (const worker of this.running()) {
      worker.isEnding = true;
      worker.kill();
    }
  }

  *#slots(): Generator<Slot> {
    for (const pool of this.#options.board.pools) yield* pool.slots;
  }

  #slotsOf(pool: Pool): Slot[] {
    const { board, parts } = this.#options;
    const { clock, counters, log, settings } = board;
    return Array.from({ length: pool.settings.instances }, (_, slot) => {
      return new Slot({
        slot,
        clock,
        policy: parts.createRestartPolicy(settings),
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
    const { board, parts, onChunk, onEmpty } = this.#options;
    const { maxFrameBytes, maxQueueBytes } = board.settings;
    const { onProgress } = parts;
    return parts.createWorker({
      pool: pool.settings,
      poolIndex: pool.index,
      slot,
      incarnation,
      arena: board.arena,
      flushList: board.flushList,
      clock: board.clock,
      maxFrameBytes,
      maxQueueBytes,
      parts,
      sink: (worker) => parts.workerFrames(board, worker),
      events: {
        onChunk,
        onStderr: ({ name }, line) =>
          this.#stderrLog.info({ worker: name, stderr: line }, `stderr of ${name}`),
        onFull: (worker, isFull) => {
          if (isFull) board.log.warn({ worker: worker.name }, 'the queue of a worker is full');
        },
        onEmpty,
        onExit: (worker, exit) => this.#workerExited(pool, worker, exit),
        ...(onProgress && { onProgress }),
      },
    });
  }

  #workerExited(pool: Pool, worker: Worker, exit: WorkerExit): void {
    const { board, parts, onChunk } = this.#options;
    const slot = pool.slots[worker.slot] as Slot;
    if (!this.#isStarted && !board.isDraining && worker.pid === undefined) {
      this.#startFailures.push(startFailureFromExit(pool, exit));
      slot.retire();
      return;
    }
    if (board.isDraining) slot.retire();
    else slot.lost();
    parts.reportLoss(board, worker, slot, exit);
    onChunk();
  }
}
