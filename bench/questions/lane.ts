import type { LoadSample } from '../../schemas/generated/load-report.ts';
import { emptyCounts, type LoadCommand, type LoadResult } from '../load/load-command.ts';
import {
  type RunningSubject,
  type StartOptions,
  type Subject,
  startSubject,
} from '../subjects/subject.ts';
import type { Bench, Spot } from './question.ts';

export type Load = Omit<LoadCommand, 'kind' | 'target' | 'quietMs' | 'warmUpMs' | 'durationMs'>;

const quietMs = 2000;
/** Holding requests is quiet: nothing is answered until all are sent. */
const heldQuietMs = 20_000;
/** A connection that breaks is seen before the end of the process. */
const deathMs = 500;
/** One that dies at each point is started again no more often. */
const mostRestarts = 3;

/** One subject, started in one way: what takes turns with others. */
export interface Lane {
  readonly subject: Subject;
  readonly start: StartOptions;
  /** Undefined where it did not start. */
  running: RunningSubject | undefined;
  /** Why it is out. */
  failure: string | undefined;
  restarts: number;
}

/** Starts the subject. Resolves also where that fails: the lane is then out from the beginning. */
export async function openLane(bench: Bench, subject: Subject, start: StartOptions): Promise<Lane> {
  const lane: Lane = { subject, start, running: undefined, failure: undefined, restarts: 0 };
  bench.progress(`starting ${subject.name}`);
  try {
    lane.running = await startSubject(subject, bench.place, start);
  } catch (error) {
    lane.failure = (error as Error).message;
  }
  return lane;
}

export async function closeLanes(lanes: readonly Lane[]): Promise<void> {
  await Promise.all(lanes.map(({ running }) => running?.stop()));
}

/** One load on the subject of the lane; undefined where the lane is out. The failure is the lane's. */
export async function runOnLane(
  bench: Bench,
  lane: Lane,
  load: Load & { readonly durationMs?: number },
): Promise<LoadResult | undefined> {
  const { running } = lane;
  if (running === undefined || lane.failure !== undefined) return undefined;
  const { warmUpMs, sampleMs } = bench.effort;
  try {
    const result = await bench.generate({
      durationMs: sampleMs,
      ...load,
      kind: 'load',
      target: running.target,
      warmUpMs,
      quietMs: load.method === 'hold' ? heldQuietMs : quietMs,
    });
    if (result.error !== undefined) lane.failure = await failureOf(lane, result.error);
    return result;
  } catch (error) {
    lane.failure = await failureOf(lane, (error as Error).message);
    return undefined;
  }
}

/** Why it is out: its death where it died, else what was seen of it. */
export async function failureOf({ running }: Lane, seen: string): Promise<string> {
  return (await running?.deathWithin(deathMs)) ?? seen;
}

/** Takes one measurement and keeps it; one that died before is started again. */
export async function measureLane(
  bench: Bench,
  lane: Lane,
  load: Load & { readonly durationMs?: number },
  spot: Spot,
): Promise<LoadSample | undefined> {
  await revive(bench, lane);
  if (lane.running === undefined || lane.failure !== undefined) {
    if (spot.round === 1) keepFailure(bench, lane, spot);
    return undefined;
  }
  const before = lane.running.usage();
  const result = await runOnLane(bench, lane, load);
  if (result === undefined) {
    keepFailure(bench, lane, spot);
    return undefined;
  }
  const after = lane.running.usage();
  const cpuUs = ((after?.cpuNs ?? 0) - (before?.cpuNs ?? 0)) / 1000;
  const hasCpu = after !== undefined && result.counts.answered > 0;
  const isEmpty = result.durationMs === 0 && result.counts.lost === 0;
  const error = lane.failure ?? (isEmpty ? 'no answer in the measured time' : undefined);
  const sample: LoadSample = {
    ...spotOf(lane, spot),
    counts: result.counts,
    ...figuresOf(result),
    ...(after && { rssBytes: after.rssBytes }),
    ...(hasCpu && { cpuUsPerFrame: Math.max(0, cpuUs) / result.counts.answered }),
    ...(error !== undefined && { error }),
  };
  bench.keep(sample);
  return sample;
}

/** The figures of a run; of one that ended with nothing measured, none. */
function figuresOf(result: LoadResult) {
  const { framesPerSec, bytesPerSec, latencyUs, histogram, generatorLatenessUs } = result;
  if (result.durationMs === 0) return {};
  return {
    framesPerSec,
    bytesPerSec,
    generatorCpuShare: result.generatorCpuShare,
    ...(latencyUs && { latencyUs }),
    ...(histogram && { histogram }),
    ...(generatorLatenessUs !== undefined && { generatorLatenessUs }),
  };
}

/** A sample that says why there is no figure. */
export function keepFailure(bench: Bench, lane: Lane, spot: Spot): void {
  const error = lane.failure ?? 'it is gone';
  bench.keep({ ...spotOf(lane, spot), counts: emptyCounts(), error });
}

export function spotOf({ subject }: Lane, { question, point, round }: Spot) {
  return { subject: subject.name, round, question, point };
}

async function revive(bench: Bench, lane: Lane): Promise<void> {
  if (lane.running === undefined || lane.failure === undefined) return;
  if (lane.restarts >= mostRestarts) return;
  await lane.running.stop();
  const { restarts } = lane;
  Object.assign(lane, await openLane(bench, lane.subject, lane.start), { restarts: restarts + 1 });
}
