import { clientFrames } from './client-frames.ts';
import { type Clock, systemClock } from './clock.ts';
import { Correlator } from './correlator.ts';
import { Counters } from './counters.ts';
import { Drain } from './drain.ts';
import { type Log, silentLog } from './log.ts';
import type { OutputQueue } from './output-queue.ts';
import { ownExtensions } from './own-methods.ts';
import { RestartPolicy } from './restart-policy.ts';
import { Router } from './router.ts';
import { SessionTable } from './session-table.ts';
import type { BusSettings } from './settings.ts';
import { Worker } from './worker.ts';
import { workerFrames } from './worker-frames.ts';
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

/** The parts of one bus: those that were given, and the defaults of the others. */
export function busParts(given: Partial<BusParts>): BusParts {
  return {
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
    ...given,
  };
}
