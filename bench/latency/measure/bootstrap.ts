import type { Interval } from '../../../schemas/generated/run.ts';
import { medianOf, nearestRank } from './percentiles.ts';
import type { Random } from './shuffled.ts';

const confidence = 0.95;

/** Samples by run. */
export type Runs = readonly (readonly number[])[];

/** What a report says of runs: the median of the medians of each run. */
export function medianOfRuns(runs: Runs): number {
  return medianOf(runs.filter((samples) => samples.length > 0).map(medianOf));
}

/**
 * The ratio of `medianOfRuns` of both, `ours` over `theirs`, with its bootstrap confidence interval
 * by percentiles: samples are drawn again within their runs. Throws where either has no samples.
 */
export function ratioInterval(
  ours: Runs,
  theirs: Runs,
  { random, resamples = 2000 }: { readonly random: Random; readonly resamples?: number },
): Interval {
  const ratio = medianOfRuns(ours) / medianOfRuns(theirs);
  const ratios = Array.from(
    { length: resamples },
    () => medianOfRuns(drawnAgain(ours, random)) / medianOfRuns(drawnAgain(theirs, random)),
  ).sort((a, b) => a - b);
  const low = nearestRank(ratios, (1 - confidence) / 2);
  const high = nearestRank(ratios, (1 + confidence) / 2);
  return { ratio, low: Math.min(low, ratio), high: Math.max(high, ratio), confidence };
}

function drawnAgain(runs: Runs, random: Random): number[][] {
  return runs.map((samples) =>
    samples.map(() => samples[Math.floor(random() * samples.length)] as number),
  );
}
