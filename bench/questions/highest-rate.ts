import type { LoadSample } from '../../schemas/generated/load-report.ts';
import { addCounts, emptyCounts, faultsIn, type LoadResult } from '../load/load-command.ts';
import { closeLanes, keepFailure, type Lane, openLane, runOnLane, spotOf } from './lane.ts';
import { openLoad, openLoopSamples } from './open-loop.ts';
import type { Bench, Question } from './question.ts';

const question = 'highest-rate';
const capacityInFlight = 64;
/** Of the rate: below it, the answers did not keep up. */
const keptUp = 0.97;

export const highestRate: Question = {
  name: question,
  summary: 'the highest rate that keeps the 99th percentile under --p99 MS',
  async run(bench) {
    const lanes: Lane[] = [];
    try {
      for (const subject of [...bench.subjects, bench.baselines.relay]) {
        lanes.push(await openLane(bench, subject, { transport: 'any', workers: 1 }));
      }
      for (let round = 1; round <= bench.effort.rateRounds; round++) {
        for (const lane of lanes) {
          bench.progress(`the highest rate · round ${round} · ${lane.subject.name}`);
          await search(bench, lane, round);
        }
      }
    } finally {
      await closeLanes(lanes);
    }
  },
};

/** Halves the distance between a rate that was kept and one that was not. */
async function search(bench: Bench, lane: Lane, round: number): Promise<void> {
  const spot = { question, point: {}, round } as const;
  const { ratePerSec: _, ...closed } = { ...openLoad, inFlight: capacityInFlight };
  const capacity = await runOnLane(bench, lane, closed);
  if (capacity === undefined || lane.failure !== undefined) {
    if (round === 1 || capacity !== undefined) keepFailure(bench, lane, spot);
    return;
  }
  const counts = emptyCounts();
  addCounts(counts, capacity.counts);
  let kept = 0;
  let best: LoadResult | undefined;
  let tooHigh = Math.max(1, capacity.framesPerSec * 1.1);
  const durationMs = bench.effort.sampleMs * openLoopSamples;
  for (let step = 0; step < bench.effort.rateSteps; step++) {
    const ratePerSec = (kept + tooHigh) / 2;
    const result = await runOnLane(bench, lane, { ...openLoad, ratePerSec, durationMs });
    if (result === undefined || lane.failure !== undefined) {
      keepFailure(bench, lane, spot);
      return;
    }
    addCounts(counts, result.counts);
    if (isKept(result, ratePerSec, bench.p99BoundUs)) {
      kept = ratePerSec;
      best = result;
    } else tooHigh = ratePerSec;
  }
  bench.keep({ ...spotOf(lane, spot), counts, framesPerSec: kept, ...detailsOf(best) });
}

function isKept(result: LoadResult, ratePerSec: number, p99BoundUs: number): boolean {
  const p99 = result.latencyUs?.p99 ?? Number.POSITIVE_INFINITY;
  const isWhole = faultsIn(result.counts) === 0;
  return isWhole && p99 <= p99BoundUs && result.framesPerSec >= ratePerSec * keptUp;
}

function detailsOf(best: LoadResult | undefined): Partial<LoadSample> {
  if (best === undefined) return {};
  const { generatorCpuShare, generatorLatenessUs, latencyUs } = best;
  return {
    generatorCpuShare,
    ...(latencyUs && { latencyUs }),
    ...(generatorLatenessUs !== undefined && { generatorLatenessUs }),
  };
}
