import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { exitCodes, printable } from '../../command.ts';
import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import type { AdminServer } from '../admin/admin-server.ts';
import { Bus, type StartFailure } from '../bus/bus.ts';
import type { ConfigProblem } from '../bus/config-check.ts';
import { ListenError } from '../bus/listener.ts';
import type { BusTracing } from '../tracing/bus-tracing.ts';
import { commandProblems } from './command-path.ts';
import { createDaemonLog, type DaemonLog } from './daemon-log.ts';
import type { DaemonOptions } from './daemon-options.ts';
import { type DaemonParts, daemonParts } from './daemon-parts.ts';
import type { Ending } from './ending.ts';
import { Gate } from './gate.ts';
import { openListeners } from './listeners.ts';
import { LoggedCounters } from './logged-counters.ts';
import { startPlan } from './start-plan.ts';
import type { StderrStream } from './stderr-stream.ts';

/** The configuration has mistakes, or names commands that cannot be run (sysexits.h). */
const badConfig = 78;

/** A configuration may have names of any length. */
const longestLine = 2000;

/** So long a slow reader of stderr is waited for at the end. */
const lastLinesMs = 500;

/**
 * Runs a bus until it has drained; resolves with the exit code, and leaves it to the caller to end
 * the process. Its parts can be replaced by others. Implements CFG-2, CFG-3, CFG-5, DRN-1 … DRN-6.
 */
export async function runDaemon(
  options: DaemonOptions,
  given: Partial<DaemonParts> = {},
): Promise<number> {
  const parts = daemonParts(given);
  const stderr = parts.openStderr();
  const exitCode = await configured(options, { parts, stderr });
  await stderr.flush(lastLinesMs);
  return exitCode;
}

interface DaemonContext {
  readonly parts: DaemonParts;
  readonly stderr: StderrStream;
}

async function configured(options: DaemonOptions, context: DaemonContext): Promise<number> {
  const { parts, stderr } = context;
  const result = await parts.readConfig(options.configSource);
  if ('problems' in result) return reportProblems(options, stderr, result.problems);
  if (!options.isCheck) return serve(options, result.config, context);
  const problems = commandProblems(result.config);
  if (problems.length > 0) return reportProblems(options, stderr, problems);
  process.stdout.write(startPlan(options, result.config));
  return exitCodes.ok;
}

async function serve(
  options: DaemonOptions,
  config: BusConfig,
  { parts, stderr }: DaemonContext,
): Promise<number> {
  const log = await createDaemonLog(options.log, stderr);
  const tracing = await tracingFor(options, log);
  const counters = new LoggedCounters(log, () => performance.now());
  const bus = new Bus(config, { log, counters, ...tracing?.parts, ...parts.bus });
  const ending = parts.createEnding(bus, log);
  ending.obeySignals();
  let admin: AdminServer | undefined;
  const gate = new Gate((stream) => {
    if (admin === undefined) bus.connect(stream);
    else admin.routingTimer.watch(stream, () => bus.connect(stream));
  });
  try {
    const pass = (socket: Socket) => gate.pass(socket);
    const listeners = await openListeners(options.addresses, pass, parts.listen);
    ending.onDrain(() => {
      for (const listener of listeners) listener.close();
    });
    admin = await adminFor(options, bus);
    // A signal may have come first: what would be started now would be nobody's.
    const failures = ending.isDraining ? [] : await bus.start();
    if (failures.length > 0) return reportProblems(options, stderr, startProblems(failures));
    logWorkers(bus, log);
    gate.open();
    for (const { url } of listeners) log.announce({ url }, `listening on ${url}`);
    if (admin !== undefined) log.announce({ url: admin.url }, `admin endpoint on ${admin.url}`);
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    stderr.write(`${options.program}: ${error.message}\n`);
    return exitCodes.invalid;
  }
  if (options.addresses.some(({ transport }) => transport === 'stdio')) {
    serveStdio(parts.stdioStream(), gate, ending);
  }
  await ending.ended;
  admin?.close();
  await tracing?.shutdown();
  log.info({}, 'ended');
  return exitCodes.ok;
}

/** Serves whoever started this process. The end of stdin is a drain. Implements DRN-6. */
function serveStdio(stream: Duplex, gate: Gate, ending: Ending): void {
  gate.pass(stream);
  stream.once('end', () => ending.drain('the end of stdin'));
  stream.once('close', () => ending.drain('stdout was closed'));
}

/** Its modules are loaded only where they are wanted. */
async function tracingFor(
  { traceEndpoint }: DaemonOptions,
  log: DaemonLog,
): Promise<BusTracing | undefined> {
  if (traceEndpoint === undefined) return undefined;
  const { createBusTracing } = await import('../tracing/bus-tracing.ts');
  return createBusTracing(traceEndpoint, log);
}

async function adminFor({ admin }: DaemonOptions, bus: Bus): Promise<AdminServer | undefined> {
  if (admin === undefined) return undefined;
  const { openAdminServer } = await import('../admin/admin-server.ts');
  return openAdminServer(admin, bus);
}

function logWorkers({ board }: Bus, log: DaemonLog): void {
  for (const { slots } of board.pools) {
    for (const { worker } of slots) {
      log.info({ worker: worker?.name, incarnation: 1, workerPid: worker?.pid }, 'worker started');
    }
  }
}

/** One line a pool: all of its workers have the same command. */
function startProblems(failures: readonly StartFailure[]): ConfigProblem[] {
  return [...new Map(failures.map((failure) => [failure.pool, failure])).values()].map(
    ({ pool, reason, member }) => ({ pointer: `/pools/${pool}/${member}`, problem: reason }),
  );
}

function reportProblems(
  { program, configSource }: DaemonOptions,
  stderr: StderrStream,
  problems: readonly ConfigProblem[],
): number {
  const name = typeof configSource === 'number' ? `descriptor ${configSource}` : configSource;
  for (const { pointer, problem } of problems) {
    const line = `${program}: ${name}: ${pointer === '' ? '' : `${pointer}: `}${problem}`;
    stderr.write(`${printable(line, longestLine)}\n`);
  }
  return badConfig;
}
