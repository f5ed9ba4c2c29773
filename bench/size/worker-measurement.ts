import type { Pool } from '../../schemas/generated/bus-config.ts';
import { settledUsage } from '../subjects/settled-usage.ts';
import { usageOf } from '../subjects/usage.ts';
import type { Level } from './curve.ts';
import { SizeProblem } from './sized-worker.ts';
import { startWorker, type WorkerLine } from './worker-line.ts';

export interface MeasureOptions {
  readonly pool: Pool;
  readonly sessionField: string;
  readonly request: object;
  /** Sent once after each start, one after another. */
  readonly before: readonly object[];
  readonly mostAtOnce: number;
  readonly levelMs: number;
  readonly timeoutMs: number;
  progress(text: string): void;
}

/** What one worker needs, and how it answers. */
export interface WorkerMeasurement {
  /** From the start of the process to its first answer. */
  readonly startMs: readonly number[];
  /** With all that it starts; undefined where there is no /proc. */
  readonly rssBytes: { readonly rest: number; readonly most: number } | undefined;
  /** Processor time for each request. */
  readonly cpuMsPerRequest: number | undefined;
  readonly levels: readonly Level[];
  readonly errors: number;
}

const starts = 3;
/** Fewer say nothing about a 99th percentile. */
const leastAnswers = 30;
/** A slow worker gets so many times the time. */
const mostPatience = 10;
/** More at once that bring less than this bring nothing. */
const gain = 1.05;
/** After so many doublings that bring nothing, what comes is only longer. */
const mostIdle = 3;
const noMark = '';
const unavailable = 69;

/** Throws SizeProblem where the worker dies, gives no answer, or refuses every request. */
export async function measureWorker(options: MeasureOptions): Promise<WorkerMeasurement> {
  const { progress } = options;
  const startMs: number[] = [];
  let worker: WorkerLine | undefined;
  try {
    for (let start = 1; start <= starts; start++) {
      progress(`start ${start} of ${starts}`);
      await worker?.group.stop();
      const began = performance.now();
      worker = await startWorker(options.pool, options.sessionField);
      await firstAnswers(worker, options);
      startMs.push(performance.now() - began);
    }
    const measured = worker as WorkerLine;
    return { startMs, ...(await measureLevels(measured, options)) };
  } catch (error) {
    if (error instanceof SizeProblem) throw error;
    throw new SizeProblem(`cannot measure the worker: ${(error as Error).message}`, unavailable);
  } finally {
    await worker?.group.stop();
  }
}

async function firstAnswers(worker: WorkerLine, options: MeasureOptions): Promise<void> {
  for (const request of [...options.before, options.request]) {
    const { error } = await worker.ask(request, 'size-0', options.timeoutMs);
    if (error === undefined) continue;
    const hint = 'try another --request, or --before for what it needs first';
    throw new SizeProblem(
      `the worker refuses ${JSON.stringify(request)}: ${error}; ${hint}`,
      unavailable,
    );
  }
}

async function measureLevels(worker: WorkerLine, options: MeasureOptions) {
  const { pid } = worker.group;
  const levels: Level[] = [];
  const rest = await settledUsage(() => usageOf(pid, noMark)?.rssBytes);
  const before = usageOf(pid, noMark);
  let most = rest ?? 0;
  let errors = 0;
  let answers = 0;
  let bestPerSec = 0;
  let idle = 0;
  for (let atOnce = 1; atOnce <= options.mostAtOnce && idle < mostIdle; atOnce *= 2) {
    options.progress(`${atOnce} requests at once`);
    const level = await measureLevel(worker, atOnce, options);
    levels.push(level);
    errors += level.errors;
    answers += level.timesMs.length;
    most = Math.max(most, usageOf(pid, noMark)?.rssBytes ?? 0);
    idle = level.perSec < bestPerSec * gain ? idle + 1 : 0;
    bestPerSec = Math.max(bestPerSec, level.perSec);
  }
  const after = usageOf(pid, noMark);
  const isKnown = before !== undefined && after !== undefined;
  const cpuMsPerRequest = isKnown ? (after.cpuNs - before.cpuNs) / 1e6 / answers : undefined;
  const rssBytes = rest === undefined ? undefined : { rest, most };
  return { levels, errors, rssBytes, cpuMsPerRequest };
}

/** So many sessions, each asking again as soon as it has its answer. */
async function measureLevel(
  worker: WorkerLine,
  atOnce: number,
  { request, levelMs, timeoutMs }: MeasureOptions,
): Promise<Level & { readonly errors: number }> {
  const timesMs: number[] = [];
  let errors = 0;
  const began = performance.now();
  const isOver = () => {
    const tookMs = performance.now() - began;
    return tookMs > levelMs * mostPatience || (tookMs > levelMs && timesMs.length >= leastAnswers);
  };
  const session = async (index: number) => {
    do {
      const { tookMs, error } = await worker.ask(request, `size-${index}`, timeoutMs);
      timesMs.push(tookMs);
      if (error !== undefined) errors++;
    } while (!isOver());
  };
  await Promise.all(Array.from({ length: atOnce }, (_, index) => session(index)));
  // The mean time and the number at once give the rate (Little's law): the end, when sessions run
  // out one by one, would make it too low.
  const meanMs = timesMs.reduce((sum, ms) => sum + ms, 0) / timesMs.length;
  timesMs.sort((a, b) => a - b);
  return { atOnce, perSec: (atOnce * 1000) / meanMs, timesMs, errors };
}
