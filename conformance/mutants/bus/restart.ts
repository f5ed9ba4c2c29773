import { answerError, utf8Text } from '../../../reference/bus/answers.ts';
import { Correlator } from '../../../reference/bus/correlator.ts';
import { RestartPolicy } from '../../../reference/bus/restart-policy.ts';
import { type Route, Router } from '../../../reference/bus/router.ts';
import { Worker } from '../../../reference/bus/worker.ts';
import { reportLoss } from '../../../reference/bus/worker-loss.ts';
import type { Mutant } from '../mutant.ts';
import { hasSettings, liveWorkers, type WorkerOptions } from '../part.ts';

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
];
