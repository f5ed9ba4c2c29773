import { createEnvelopeScanner, type EnvelopeScanner } from '../envelope-scanner.ts';
import { createFrameDecoder } from '../frame-decoder.ts';
import { clientFrames } from './client-frames.ts';
import { type Clock, systemClock } from './clock.ts';
import { Connection } from './connection.ts';
import { Correlator } from './correlator.ts';
import { Counters } from './counters.ts';
import { Drain } from './drain.ts';
import { type Log, silentLog } from './log.ts';
import { OutputQueue } from './output-queue.ts';
import { ownExtensions } from './own-methods.ts';
import { Pool } from './pool.ts';
import { RestartPolicy } from './restart-policy.ts';
import { Router } from './router.ts';
import { SessionTable } from './session-table.ts';
import { type BusSettings, settingsFromConfig } from './settings.ts';
import { Worker } from './worker.ts';
import { workerFrames } from './worker-frames.ts';
import { reportLoss } from './worker-loss.ts';
import { startProcess } from './worker-process.ts';

/** The parts of a bus that a caller may replace. Each has the default that is named here. */
export interface BusParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly counters: Counters;
  readonly sessions: SessionTable;
  readonly settingsFromConfig: typeof settingsFromConfig;
  readonly clientFrames: typeof clientFrames;
  readonly workerFrames: typeof workerFrames;
  readonly reportLoss: typeof reportLoss;
  /** Cuts what a client or a worker sends into lines. */
  readonly createDecoder: typeof createFrameDecoder;
  /** Reads the envelopes of all lines. */
  readonly createScanner: (settings: BusSettings) => EnvelopeScanner;
  /** What waits for a client or a worker. */
  readonly createOutput: (options: ConstructorParameters<typeof OutputQueue>[0]) => OutputQueue;
  readonly createConnection: (options: ConstructorParameters<typeof Connection>[0]) => Connection;
  readonly createPool: (...pool: ConstructorParameters<typeof Pool>) => Pool;
  readonly createCorrelator: (settings: BusSettings) => Correlator;
  readonly createRouter: (options: ConstructorParameters<typeof Router>[0]) => Router;
  readonly createRestartPolicy: (settings: BusSettings) => RestartPolicy;
  readonly createWorker: (options: ConstructorParameters<typeof Worker>[0]) => Worker;
  readonly startProcess: typeof startProcess;
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
    settingsFromConfig,
    clientFrames,
    workerFrames,
    reportLoss,
    createDecoder: createFrameDecoder,
    createScanner: ({ sessionIdField }) => createEnvelopeScanner({ sessionIdField }),
    createOutput: (options) => new OutputQueue(options),
    createConnection: (options) => new Connection(options),
    createPool: (...pool) => new Pool(...pool),
    createCorrelator: ({ requestTimeoutMs }) => new Correlator(requestTimeoutMs),
    createRouter: (options) => new Router(options),
    createRestartPolicy: (settings) => new RestartPolicy(settings),
    createWorker: (options) => new Worker(options),
    startProcess,
    createDrain: (options) => new Drain(options),
    extensions: ownExtensions,
    onProgress: undefined,
    ...given,
  };
}
