import { parseArgs } from 'node:util';
import { type Command, exitCodes, parsed, UsageError } from '../../command.ts';
import { createProgress } from '../report/progress.ts';
import { createWorkshop } from '../subjects/workshop.ts';
import { curveFrom } from './curve.ts';
import { recommend } from './recommendation.ts';
import { checkSizeFiles, type SizeFile, sizeFilesFrom, writeSizeFiles } from './size-files.ts';
import { type SizeReport, sizeText } from './size-report.ts';
import { poolFrom, SizeProblem } from './sized-worker.ts';
import { measureWorker } from './worker-measurement.ts';

const help = `How many workers for so many users? Starts one worker as the configuration says, measures it on its
own pipes, fits its throughput to a curve, and says how many instances keep a response time.

Usage: stdio-bus-kit bench size --config FILE --request JSON --sessions N --p99 MS [OPTION …]

Options:
  --config FILE       the configuration of the bus
  --pool ID           the pool whose worker is measured; default: the first
  --request JSON      what every user asks: {"method": …, "params": …}; id and session are added,
                      {session} in it stands for the session
  --before JSON       a request that the worker needs first; may be given again
  --sessions N        users at the same time
  --p99 MS            99 of 100 answers have to come within this
  --think SECONDS     from an answer to the same user's next request, on average; default: 30
  --rate PER_MINUTE   requests of a user in a minute, instead of --think
  --at-once N         measure up to so many requests at once; default: 64
  --seconds S         for each number at once; default: 3
  --timeout SECONDS   for one answer; default: 60
  --report LIST       json=FILE,html=FILE,svg=FILE
  -h, --help          print this

Examples:
  stdio-bus-kit bench size --config config.json --sessions 500 --p99 300 \\
    --request '{"method":"say","params":{"text":"hello"}}'
  stdio-bus-kit bench size --config config.json --sessions 2000 --p99 5000 --rate 2 \\
    --request '{"method":"session/prompt","params":{"sessionId":"{session}"}}' --report html=size.html

Exit codes: 0 recommended, 1 no number of workers is enough, 64 wrong usage, 66 the configuration
cannot be used, 69 the worker cannot be measured, 74 the output cannot be written, 130 interrupted.
`;

const defaultThinkSeconds = 30;

/** The command `bench size`. */
export const sizeCommand: Command = {
  help,
  async run(args) {
    const options = optionsFrom(args);
    checkSizeFiles(options.files);
    try {
      const report = await sized(options);
      process.stdout.write(sizeText(report));
      if (!(await writeSizeFiles(report, options.files))) return exitCodes.outputError;
      return report.recommendation.best === undefined ? exitCodes.invalid : exitCodes.ok;
    } catch (error) {
      if (!(error instanceof SizeProblem)) throw error;
      process.stderr.write(`stdio-bus-kit: ${error.message}\n`);
      return error.code;
    }
  },
};

interface SizeOptions {
  readonly config: string;
  readonly pool: string | undefined;
  readonly request: object;
  readonly before: readonly object[];
  readonly sessions: number;
  readonly p99Ms: number;
  readonly thinkMs: number;
  readonly atOnce: number;
  readonly levelMs: number;
  readonly timeoutMs: number;
  readonly files: readonly SizeFile[];
}

async function sized(options: SizeOptions): Promise<SizeReport> {
  const { pool, sessionField } = poolFrom(options.config, options.pool);
  // So that no process is left, however this ends.
  createWorkshop();
  const progress = createProgress(process.stderr);
  process.once('exit', () => progress.clear());
  const measurement = await measureWorker({
    ...options,
    pool,
    sessionField,
    mostAtOnce: options.atOnce,
    progress: progress.say,
  });
  progress.clear();
  const curve = curveFrom(measurement.levels);
  const { sessions, p99Ms, thinkMs } = options;
  const wish = { sessions, p99Ms, thinkMs };
  const recommendation = recommend(measurement.levels, curve, wish);
  const command = [pool.command, ...(pool.args ?? [])];
  return {
    pool: pool.id,
    command,
    request: options.request,
    wish,
    measurement,
    curve,
    recommendation,
  };
}

function optionsFrom(args: string[]): SizeOptions {
  const text = { type: 'string' } as const;
  const { values } = parsed(() =>
    parseArgs({
      args,
      options: {
        config: text,
        pool: text,
        request: text,
        before: { type: 'string', multiple: true },
        sessions: text,
        p99: text,
        think: text,
        rate: text,
        'at-once': text,
        seconds: text,
        timeout: text,
        report: text,
      },
    }),
  );
  const { config, request, sessions, p99 } = values;
  if (config === undefined) throw new UsageError('bench size: which --config FILE?');
  if (request === undefined) {
    throw new UsageError(`bench size: what do users ask? --request '{"method": …}'`);
  }
  if (sessions === undefined) throw new UsageError('bench size: how many users? --sessions N');
  if (p99 === undefined) throw new UsageError('bench size: how fast? --p99 MS');
  if (values.think !== undefined && values.rate !== undefined) {
    throw new UsageError('bench size: --think or --rate, not both');
  }
  const thinkMs =
    values.rate === undefined
      ? numberFrom('--think', values.think ?? String(defaultThinkSeconds), 0) * 1000
      : 60_000 / numberFrom('--rate', values.rate);
  return {
    config,
    pool: values.pool,
    request: requestFrom('--request', request),
    before: (values.before ?? []).map((one) => requestFrom('--before', one)),
    sessions: countFrom('--sessions', sessions),
    p99Ms: numberFrom('--p99', p99),
    thinkMs,
    atOnce: countFrom('--at-once', values['at-once'] ?? '64'),
    levelMs: numberFrom('--seconds', values.seconds ?? '3') * 1000,
    timeoutMs: numberFrom('--timeout', values.timeout ?? '60') * 1000,
    files: values.report === undefined ? [] : sizeFilesFrom(values.report),
  };
}

function requestFrom(option: string, text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'method' in value) return value;
  } catch (error) {
    throw new UsageError(`bench size: ${option} is no JSON: ${(error as Error).message}`);
  }
  throw new UsageError(`bench size: ${option} is an object with a method, not ${text}`);
}

function countFrom(option: string, text: string): number {
  const value = numberFrom(option, text);
  if (Number.isSafeInteger(value) && value <= 1e6) return value;
  throw new UsageError(`bench size: ${option} is a whole number up to 1000000, not "${text}"`);
}

function numberFrom(option: string, text: string, least = Number.MIN_VALUE): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= least) return value;
  const range = least === 0 ? '0 or more' : 'above 0';
  throw new UsageError(`bench size: ${option} is a number ${range}, not "${text}"`);
}
