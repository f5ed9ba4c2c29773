import type { Log } from '../bus/log.ts';
import { waitingClock } from '../client/waiting-clock.ts';
import {
  type CreateWorkerOptions,
  createWorker,
  type StdioWorker,
} from '../worker/create-worker.ts';
import { CommandProcesses } from './command-processes.ts';
import { ProcessGroups } from './process-groups.ts';
import { type ProcessLimits, processLimitsFrom } from './process-limits.ts';
import { processMethods } from './process-methods.ts';
import type { SandboxProbe } from './sandbox-probe.ts';
import { createStartPolicy, type StartPolicyOptions } from './start-policy.ts';

type KitOptions = Omit<CreateWorkerOptions, 'concurrency' | 'onDrain' | 'onEnd' | 'methods'>;

export interface CreateProcessWorkerOptions
  extends KitOptions,
    StartPolicyOptions,
    Partial<ProcessLimits> {
  /** Methods besides those of the profile. */
  readonly methods?: CreateWorkerOptions['methods'];
  /** Tells whether a sandbox denied a command something; without it, none ever does. */
  readonly sandboxProbe?: SandboxProbe;
}

/**
 * Makes a worker that runs commands for its clients, and begins to read at once: the process profile
 * (PRC-1 to PRC-4) on the worker kit. Each command has a process group of its own, and gets three pipes
 * and nothing else; there are no terminals.
 *
 * A command is slowed while nobody reads this worker's stdout. On SIGTERM, and at the end of stdin, the
 * commands are ended, and their last events sent. Nothing of their groups outlives this process, not
 * even where it gets SIGKILL; what has left its group on purpose does.
 *
 * Takes the process, and throws, as `createWorker` does; throws too where a root is no folder.
 */
export function createProcessWorker(options: CreateProcessWorkerOptions = {}): StdioWorker {
  const { clock = waitingClock, drainTimeoutMs = 25_000 } = options;
  const limits = processLimitsFrom(options);
  const policy = createStartPolicy(options);
  // The worker's own, which there is once it is made.
  const log: Log = {
    info: (...told) => worker.log.info(...told),
    warn: (...told) => worker.log.warn(...told),
    error: (...told) => worker.log.error(...told),
  };
  const groups = new ProcessGroups(clock);
  const processes = new CommandProcesses(
    { clock, log, limits, groups, tally: { bytes: 0 }, probe: options.sandboxProbe },
    policy,
  );
  // The last word is SIGKILL, and it has to come before the time is over.
  const killDelayMs = Math.min(limits.killDelayMs, drainTimeoutMs / 2);
  const worker: StdioWorker = createWorker({
    ...options,
    clock,
    drainTimeoutMs,
    // A read that waits holds up nobody: requests begin in the order they came, and that is enough.
    concurrency: 'request',
    methods: { ...options.methods, ...processMethods(processes) },
    onDrain: () => processes.end(killDelayMs),
    onEnd: () => processes.allClosed(killDelayMs),
  });
  void worker.ended.then(() => groups.close());
  if (options.input === undefined) process.once('exit', () => groups.close());
  return worker;
}
