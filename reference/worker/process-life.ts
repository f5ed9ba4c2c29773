import type { Log } from '../bus/log.ts';
import type { StderrStream } from '../daemon/stderr-stream.ts';
import { faultFacts } from './fault-facts.ts';
import type { WorkerLife } from './worker-life.ts';

const signalNumbers = { SIGINT: 2, SIGTERM: 15 } as const;

/** How long the last lines of the log may take. */
const lastLogMs = 200;

export interface ProcessLifeOptions {
  readonly life: WorkerLife;
  readonly log: Log;
  readonly stderr: StderrStream;
  /** Ends what has to end with this process, at once, whatever ends it short of SIGKILL. */
  readonly onExit: () => void;
}

/**
 * Ties a worker to its process: SIGTERM and SIGINT drain, a second one ends at once, and the process
 * ends when the worker has. A fault that nobody caught is logged, and ends nothing: it belongs to one
 * request among many. Implements WRK-7; serves WRK-5.
 */
export function tieToProcess({ life, log, stderr, onExit }: ProcessLifeOptions): void {
  let isSignalled = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // The end of stdin may be seen before the first signal, though it came with it.
      if (isSignalled) process.exit(128 + signalNumbers[signal]);
      isSignalled = true;
      life.drain(signal);
    });
  }
  process.once('exit', onExit);
  void life.ended.then(async ({ exitCode }) => {
    await stderr.flush(lastLogMs);
    process.exit(exitCode);
  });
  const logFault = (error: unknown) => log.error(faultFacts(error), 'a fault that nobody caught');
  // Not before the program has started: until then it is its own fault, and ends it.
  setImmediate(() => {
    process.on('unhandledRejection', logFault);
    process.on('uncaughtException', logFault);
  });
}
