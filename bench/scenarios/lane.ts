import { addCounts, emptyCounts, type LoadCommand, type LoadCounts } from '../load/load-command.ts';
import type { Sample } from '../report/row.ts';
import { medianOf } from '../report/statistics.ts';
import {
  hasTransport,
  type RunningSubject,
  type StartOptions,
  type Subject,
  startSubject,
} from '../subjects/subject.ts';
import type { Bench } from './bench.ts';

export type Load = Omit<LoadCommand, 'kind' | 'target' | 'quietMs' | 'warmUpMs' | 'durationMs'>;

const quietMs = 2000;
/** Holding requests is quiet: nothing is answered until all are sent. */
const heldQuietMs = 20_000;
/** A connection that breaks is seen before the end of the process. */
export const deathMs = 500;
/** Above this share of a core, the generator may be what was measured. */
const busyShare = 0.9;
/** Fastest to slowest round; above it, something else used the machine. */
const steadySpread = 1.5;

/** One subject under one load: what takes turns with others. */
export interface Lane {
  readonly subject: Subject;
  readonly work: string;
  readonly load: Load;
  /** Undefined where it did not start. */
  readonly running: RunningSubject | undefined;
  readonly samples: Sample[];
  /** Why it is out. */
  failure: string | undefined;
}

export interface LaneOptions {
  readonly subject: Subject;
  readonly work: string;
  readonly load: Load;
  readonly start: StartOptions;
}

/** Starts the subject. Resolves also where that fails: the lane is then out from the beginning. */
export async function openLane(bench: Bench, options: LaneOptions): Promise<Lane> {
  const { subject, work, load, start } = options;
  const lane = { subject, work, load, samples: [], running: undefined };
  if (!hasTransport(subject, start.transport)) {
    return { ...lane, failure: `its command has no place for ${start.transport}` };
  }
  bench.progress(`starting ${subject.name}`);
  try {
    return {
      ...lane,
      failure: undefined,
      running: await startSubject(subject, bench.place, start),
    };
  } catch (error) {
    return { ...lane, failure: (error as Error).message };
  }
}

/** Takes one measurement, unless the lane is out. */
export async function measureLane(
  bench: Bench,
  lane: Lane,
  round: number,
  scenario: string,
): Promise<void> {
  const { running, subject, work, load } = lane;
  if (running === undefined || lane.failure !== undefined) return;
  bench.progress(`${work} · round ${round} · ${subject.name}`);
  const { warmUpMs, sampleMs } = bench.effort;
  const before = running.usage();
  try {
    const result = await bench.generate({
      ...load,
      kind: 'load',
      target: running.target,
      warmUpMs,
      durationMs: sampleMs,
      quietMs: load.method === 'hold' ? heldQuietMs : quietMs,
    });
    const after = running.usage();
    const cpuUs = ((after?.cpuNs ?? 0) - (before?.cpuNs ?? 0)) / 1000;
    const sample: Sample = {
      scenario,
      work,
      subject: subject.name,
      round,
      ...result,
      ...(after && { rssBytes: after.rssBytes, cpuUsPerFrame: cpuUs / result.counts.answered }),
    };
    bench.keep(sample);
    lane.samples.push(sample);
    if (result.error === undefined) return;
    lane.failure = (await running.deathWithin(deathMs)) ?? result.error;
  } catch (error) {
    lane.failure = (await running.deathWithin(deathMs)) ?? (error as Error).message;
  }
}

/** All lanes in turn, A B A B, so that a slow moment of the machine hits them all. */
export async function interleave(bench: Bench, lanes: readonly Lane[], scenario: string) {
  for (let round = 1; round <= bench.effort.rounds; round++) {
    for (const lane of lanes) await measureLane(bench, lane, round, scenario);
  }
}

export async function closeLanes(lanes: readonly Lane[]): Promise<void> {
  await Promise.all(lanes.map(({ running }) => running?.stop()));
}

/** What happened to all its requests. */
export function countsOf(lane: Lane): LoadCounts {
  const sum = emptyCounts();
  for (const { counts } of lane.samples) addCounts(sum, counts);
  return sum;
}

/** What is wrong with it, in words; undefined where nothing is. */
export function faultOf(lane: Lane): string | undefined {
  const { lost, duplicated, misrouted, errors } = countsOf(lane);
  const faults = Object.entries({ lost, duplicated, misrouted, errors })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`);
  if (lane.failure !== undefined) faults.unshift(lane.failure);
  return faults.length === 0 ? undefined : faults.join(', ');
}

/** Warnings: the generator was the limit, or the rounds differ too much to say anything. */
export function noteOf({ samples }: Lane): string | undefined {
  const notes: string[] = [];
  const share = medianOf(samples.map(({ generatorCpuShare }) => generatorCpuShare));
  if (share > busyShare) {
    notes.push(`bound by the load generator (${Math.round(share * 100)} % of a core)`);
  }
  const rates = samples.map(({ framesPerSec }) => framesPerSec);
  const spread = Math.max(...rates) / Math.min(...rates);
  if (spread > steadySpread) notes.push(`unsteady: ×${spread.toFixed(1)} between rounds`);
  return notes.length === 0 ? undefined : notes.join('; ');
}
