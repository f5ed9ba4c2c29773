import { answerError, utf8Text } from '../../../reference/bus/answers.ts';
import type { ClientId } from '../../../reference/bus/client-id.ts';
import { Correlator } from '../../../reference/bus/correlator.ts';
import { OutputQueue, type Splice } from '../../../reference/bus/output-queue.ts';
import { RestartPolicy } from '../../../reference/bus/restart-policy.ts';
import { type Route, Router } from '../../../reference/bus/router.ts';
import { Worker } from '../../../reference/bus/worker.ts';
import { workerFrames } from '../../../reference/bus/worker-frames.ts';
import { reportLoss } from '../../../reference/bus/worker-loss.ts';
import { FrameDecoder, type FrameSink } from '../../../reference/frame-decoder.ts';
import type { Mutant } from '../mutant.ts';
import { hasSettings, liveWorkers, takesWorkerLines, type WorkerOptions } from '../part.ts';

class ModestCorrelator extends Correlator {
  override isUndelivered(): boolean {
    return true;
  }
}

class EagerPolicy extends RestartPolicy {
  override waitAfterLoss(nowMs: number): number | undefined {
    return super.waitAfterLoss(nowMs) === undefined ? undefined : 0;
  }
}

class NoRestartPolicy extends RestartPolicy {
  override waitAfterLoss(): undefined {}
}

class SilentRouter extends Router {
  override route(...args: Parameters<Router['route']>): Route {
    const route = super.route(...args);
    if (route.refusal?.name === 'UNAVAILABLE') route.refusal = undefined;
    return route;
  }
}

/** Goes on after its end, with the next incarnation of the slot. */
class LastingDecoder extends FrameDecoder {
  override end(): void {}
}

function createJoiningWorkers(): (options: WorkerOptions) => Worker {
  const decoders = new Map<string, FrameDecoder>();
  const sinks = new Map<string, FrameSink>();
  return (options) => {
    const name = `${options.pool.id}/${options.slot}`;
    const createDecoder = (
      { maxFrameBytes }: { readonly maxFrameBytes: number },
      sink: FrameSink,
    ) => {
      sinks.set(name, sink);
      const present = () => sinks.get(name) as FrameSink;
      const decoder =
        decoders.get(name) ??
        new LastingDecoder(maxFrameBytes, {
          onLine: (...line) => present().onLine(...line),
          onOverlong: () => present().onOverlong(),
          onDiscarded: (...part) => present().onDiscarded?.(...part),
          onDiscardedEnd: () => present().onDiscardedEnd?.(),
          onUnterminated() {},
        });
      decoders.set(name, decoder);
      return decoder;
    };
    return new Worker({ ...options, parts: { ...options.parts, createDecoder } });
  };
}

/** Remembers what the system has not taken. */
class RememberedOutput extends OutputQueue {
  readonly #lines: { readonly position: number; readonly line: Buffer }[] = [];

  override push(bytes: Buffer, start: number, end: number): void {
    const line = Buffer.from(bytes.subarray(start, end));
    this.#lines.push({ position: this.stagedBytes, line });
    super.push(bytes, start, end);
  }

  override pushReplaced(bytes: Buffer, span: Splice, value: ClientId): void {
    const { start, end, valueStart, valueEnd } = span;
    const parts = [bytes.subarray(start, valueStart), `${value}`, bytes.subarray(valueEnd, end)];
    const line = Buffer.concat(parts.map((part) => Buffer.from(part as string, 'latin1')));
    this.#lines.push({ position: this.stagedBytes, line });
    super.pushReplaced(bytes, span, value);
  }

  /** Lines of which the system has not taken all. */
  unwritten(): Buffer[] {
    return this.#lines
      .filter(({ position }) => position >= this.handedBytes)
      .map(({ line }) => line);
  }
}

function createInheritingWorkers(): (options: WorkerOptions) => Worker {
  const predecessors = new Map<string, RememberedOutput>();
  return (options) => {
    const name = `${options.pool.id}/${options.slot}`;
    let output: RememberedOutput | undefined;
    const parts: WorkerOptions['parts'] = {
      ...options.parts,
      createOutput: (outputOptions) => {
        output = new RememberedOutput(outputOptions);
        return output;
      },
    };
    const worker = new Worker({ ...options, parts });
    for (const line of predecessors.get(name)?.unwritten() ?? []) {
      worker.output.push(line, 0, line.length);
    }
    predecessors.set(name, output as RememberedOutput);
    return worker;
  };
}

/** A slot whose worker has exited with code 0 gets no other that can run. */
function createFinalWorkers(): (options: WorkerOptions) => Worker {
  const finished = new Set<string>();
  return (options) => {
    const { pool, slot, events } = options;
    const name = `${pool.id}/${slot}`;
    return new Worker({
      ...options,
      pool: finished.has(name) ? { ...pool, command: '/nowhere' } : pool,
      events: {
        ...events,
        onExit(worker, exit) {
          if (exit.exitCode === 0 && !worker.isEnding) finished.add(name);
          events.onExit(worker, exit);
        },
      },
    });
  };
}

/** Longer than the second that there is, and what is allowed beyond it on a slow machine. */
const longDelayMs = 12_000;

export const restartMutants: readonly Mutant[] = [
  {
    id: 'loss-unanswered',
    title: 'What was pending on a lost worker is never answered',
    requirement: 'RST-1',
    consequences: ['COR-1', 'DRN-2', 'EXT-4', 'DRN-3'],
    scenarios: ['restart/kill-*', 'restart/exit-1'],
    bus: { reportLoss: () => {} },
  },
  {
    id: 'loss-answered-twice',
    title: 'What was pending on a lost worker gets its error twice',
    requirement: 'COR-1',
    consequences: ['AFF-2', 'RST-1', 'AFF-8'],
    scenarios: ['restart/kill-*', 'restart/exit-1'],
    bus: {
      reportLoss: (board, worker, slot, exit) => {
        const lost = worker.pending.values();
        reportLoss(board, worker, slot, exit);
        for (const { connection, clientId } of lost) {
          const facts = { name: 'WORKER_LOST', message: 'lost', delivered: true } as const;
          answerError(board, connection, utf8Text(`${clientId}`), facts);
        }
      },
    },
  },
  {
    id: 'loss-answered-late',
    title: 'What was pending on a lost worker gets its error after twelve seconds',
    requirement: 'RST-1',
    consequences: ['COR-1', 'EXT-4'],
    scenarios: ['restart/exit-1'],
    bus: {
      reportLoss: (...loss) => {
        const [board] = loss;
        setTimeout(() => {
          reportLoss(...loss);
          board.flushList.flush();
        }, longDelayMs);
      },
    },
  },
  {
    id: 'delivery-denied',
    title:
      'The error for a lost worker says that the worker has not seen the request, though it has',
    requirement: 'RST-1',
    consequences: ['EXT-6'],
    scenarios: ['restart/kill-*', 'restart/exit-1'],
    bus: { createCorrelator: ({ requestTimeoutMs }) => new ModestCorrelator(requestTimeoutMs) },
  },
  {
    id: 'no-restart',
    title: 'A lost worker is never restarted',
    requirement: 'RST-2',
    consequences: ['RST-3', 'RST-4', 'RST-5', 'RST-6', 'COR-1', 'SEC-5'],
    scenarios: ['restart/kill-idle', 'restart/exit-1'],
    bus: { createRestartPolicy: (settings) => new NoRestartPolicy(settings) },
  },
  {
    id: 'restart-limit-off-by-one',
    title: 'A worker is restarted once more often than max_restarts allows',
    requirement: 'RST-2',
    consequences: ['RST-5', 'CFG-1', 'RST-3'],
    scenarios: ['restart/limit', 'restart/never', 'restart/storm'],
    bus: hasSettings(({ maxRestarts }) => ({ maxRestarts: maxRestarts + 1 })),
  },
  {
    id: 'restart-window-fixed',
    title: 'Restarts count for ever: the window never slides',
    requirement: 'RST-2',
    consequences: ['RST-3', 'RST-5', 'RST-4', 'COR-1', 'RST-1', 'CFG-1'],
    scenarios: ['restart/window-slides'],
    bus: hasSettings(() => ({ restartWindowMs: 1e12 })),
  },
  {
    id: 'exit-0-not-restarted',
    title: 'A worker that exits with code 0 cannot be restarted',
    requirement: 'RST-2',
    consequences: ['COR-1', 'RST-3', 'RST-4', 'RST-5', 'EXT-4'],
    scenarios: ['restart/exit-0'],
    bus: { createWorker: createFinalWorkers() },
  },
  {
    id: 'no-backoff',
    title: 'Every restart comes at once',
    requirement: 'RST-3',
    bus: { createRestartPolicy: (settings) => new EagerPolicy(settings) },
  },
  {
    id: 'all-sessions-move-at-loss',
    title: "When a worker is lost, other workers' sessions are dealt out anew as well",
    requirement: 'RST-4',
    consequences: ['AFF-1', 'AFF-8', 'COR-6', 'AFF-7'],
    bus: {
      reportLoss: (...loss) => {
        reportLoss(...loss);
        const [board] = loss;
        const workers = liveWorkers(board);
        for (const [index, worker] of workers.entries()) {
          const next = workers[(index + 1) % workers.length] as Worker;
          for (const session of [...board.sessions.ofWorker(worker)]) {
            if (next.poolIndex === worker.poolIndex) board.sessions.rebind(session, next);
          }
        }
      },
    },
  },
  {
    id: 'silent-without-worker',
    title: 'A request for which there is no live worker is dropped',
    requirement: 'RST-5',
    consequences: ['COR-1', 'RST-2', 'RST-4', 'EXT-6'],
    bus: { createRouter: (options) => new SilentRouter(options) },
  },
  {
    id: 'half-lines-joined',
    title: 'Half a line of a dead worker is joined to what the next incarnation writes',
    requirement: 'RST-6',
    consequences: ['COR-1', 'RST-7', 'FRM-7'],
    bus: { createWorker: createJoiningWorkers() },
  },
  {
    id: 'queue-inherited',
    title: 'What was queued for a lost worker is written to the next incarnation',
    requirement: 'RST-6',
    consequences: ['COR-1', 'FRM-7', 'AFF-2', 'AFF-1', 'RST-1'],
    bus: { createWorker: createInheritingWorkers() },
  },
  {
    id: 'log-line-to-client',
    title: 'A line of a worker that is no frame is given to a client',
    requirement: 'RST-7',
    consequences: ['AFF-8', 'FRM-7', 'COR-1'],
    scenarios: ['*/log-lines', '*/invalid-utf-8', '*/banner'],
    bus: takesWorkerLines(({ board, bytes, start, end, kind, pass }) => {
      if (kind !== 'refused') return pass();
      const [connection] = board.connections.values();
      if (connection?.takesFrame()) connection.output.push(bytes, start, end);
    }),
  },
  {
    id: 'log-line-ends-worker',
    title: 'A worker that writes a line that is no frame is killed',
    requirement: 'RST-7',
    consequences: ['COR-1', 'AFF-1', 'RST-4', 'SEC-4', 'RST-1'],
    scenarios: ['*/log-lines', '*/banner'],
    bus: takesWorkerLines(({ worker, kind, pass }) => {
      if (kind === 'refused') worker.kill();
      else pass();
    }),
  },
  {
    id: 'overlong-response-unanswered',
    title: 'A request whose response is over max_input_buffer is never answered',
    requirement: 'RST-7',
    consequences: ['COR-1', 'EXT-6', 'FRM-6'],
    scenarios: ['*/response-over-limit*'],
    bus: {
      workerFrames: (board, worker) => ({ ...workerFrames(board, worker), onDiscardedEnd() {} }),
    },
  },
];
