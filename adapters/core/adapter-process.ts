import type { TracerProvider } from '@opentelemetry/api';
import { exitCodes, printable } from '../../command.ts';
import { ListenError } from '../../reference/bus/listener.ts';
import { BusRequestError } from '../../reference/client/bus-request-error.ts';
import { createDaemonLog, type DaemonLog } from '../../reference/daemon/daemon-log.ts';
import { openStderr, type StderrStream } from '../../reference/daemon/stderr-stream.ts';
import { BusConfigError } from '../../reference/embedded/bus-config-error.ts';
import type { AdapterOptions } from './adapter-options.ts';
import { AdapterSetupError } from './listen-security.ts';
import type { OtlpProvider } from './otlp-provider.ts';
import { TokenFileError } from './token-file.ts';

/** The configuration of an embedded bus is wrong (sysexits.h). */
const badConfig = 78;

/** So long a slow reader of stderr is waited for at the end. */
const lastLinesMs = 500;

/** An adapter that listens. */
export interface RunningAdapter {
  /** Where: `grpc://HOST:PORT` or the like, with the real port. */
  readonly url: string;
  /** Accepts nothing new, finishes what is pending, ends. Resolves within the time and a second. */
  drain(timeoutMs: number): Promise<void>;
  /** Ends everything at once. */
  destroy(): Promise<void>;
}

/** What the parts of a command are given. */
export interface AdapterContext {
  readonly log: DaemonLog;
  readonly tracerProvider: TracerProvider | undefined;
}

/**
 * Runs an adapter's command: starts it, says where it listens, drains at SIGTERM, SIGINT or SIGHUP, and
 * ends at once at a second one. Resolves with the exit code; what went wrong at the start is one line.
 */
export async function runAdapter(
  command: string,
  options: AdapterOptions,
  start: (context: AdapterContext) => Promise<RunningAdapter>,
): Promise<number> {
  const stderr = openStderr('stdio-bus-kit');
  const log = await createDaemonLog(options.log, stderr);
  const { traceEndpoint } = options;
  const otlp = traceEndpoint && (await otlpProvider(traceEndpoint, log));
  const exitCode = await ran(command, options, { start, stderr, log, otlp });
  await otlp?.shutdown();
  await stderr.flush(lastLinesMs);
  return exitCode;
}

async function otlpProvider(endpoint: URL, log: DaemonLog): Promise<OtlpProvider> {
  // A third of the start of an adapter: those that trace nothing do not wait for it.
  const { createOtlpProvider } = await import('./otlp-provider.ts');
  return createOtlpProvider(endpoint, log);
}

interface Run {
  readonly start: (context: AdapterContext) => Promise<RunningAdapter>;
  readonly stderr: StderrStream;
  readonly log: DaemonLog;
  readonly otlp: OtlpProvider | undefined;
}

async function ran(
  command: string,
  { drainTimeoutMs, bus }: AdapterOptions,
  { start, stderr, log, otlp }: Run,
): Promise<number> {
  let adapter: RunningAdapter;
  // A signal may come while it starts.
  let onSignal = (_signal: string) => process.exit(exitCodes.interrupted);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => onSignal(signal));
  try {
    adapter = await start({ log, tracerProvider: otlp?.provider });
  } catch (error) {
    const problem = problemOf(error, bus);
    if (problem === undefined) throw error;
    stderr.write(`stdio-bus-kit: ${command}: ${printable(problem.message, 2000)}\n`);
    return problem.exitCode;
  }
  log.announce({ url: adapter.url, bus }, `listening on ${adapter.url}`);
  await new Promise<void>((resolve) => {
    let isFirst = true;
    onSignal = (signal) => {
      log.info({ signal }, isFirst ? 'draining' : 'ending at once');
      const end = isFirst ? adapter.drain(drainTimeoutMs) : adapter.destroy();
      isFirst = false;
      end.then(resolve, resolve);
      return undefined as never;
    };
  });
  log.info({}, 'ended');
  return exitCodes.ok;
}

function problemOf(error: unknown, bus: string) {
  if (error instanceof BusConfigError) {
    const [first] = error.problems;
    const more = error.problems.length - 1;
    const where = first === undefined || first.pointer === '' ? '' : `${first.pointer}: `;
    const rest = more > 0 ? ` (and ${more} more: stdio-bus-kit serve --check lists them)` : '';
    return { message: `${bus}: ${where}${first?.problem}${rest}`, exitCode: badConfig };
  }
  if (error instanceof BusRequestError) {
    return { message: error.message, exitCode: exitCodes.unavailable };
  }
  if (error instanceof AdapterSetupError || error instanceof TokenFileError) {
    return { message: error.message, exitCode: exitCodes.usage };
  }
  if (error instanceof ListenError) return { message: error.message, exitCode: exitCodes.invalid };
  return undefined;
}
