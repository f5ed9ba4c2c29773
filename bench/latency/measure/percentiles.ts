import type { Percentiles } from '../../../schemas/generated/run.ts';

/** The percentile by nearest rank of sorted samples; `share` from 0 to 1. Throws where there are none. */
export function nearestRank(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) throw new RangeError('no samples');
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
}

/** The median by nearest rank. Throws where there are no values. */
export function medianOf(values: readonly number[]): number {
  return nearestRank(sortedFrom(values), 0.5);
}

/** A distribution. Throws where there are no samples. */
export function percentilesOf(samples: readonly number[]): Percentiles {
  const sorted = sortedFrom(samples);
  let sum = 0;
  for (const sample of sorted) sum += sample;
  return {
    count: sorted.length,
    min: nearestRank(sorted, 0),
    // The sum's rounding may carry the mean beyond its samples.
    mean: Math.min(nearestRank(sorted, 1), Math.max(nearestRank(sorted, 0), sum / sorted.length)),
    p50: nearestRank(sorted, 0.5),
    p90: nearestRank(sorted, 0.9),
    p95: nearestRank(sorted, 0.95),
    p99: nearestRank(sorted, 0.99),
    max: nearestRank(sorted, 1),
  };
}

const figures = ['min', 'mean', 'p50', 'p90', 'p95', 'p99', 'max'] as const;

/**
 * Several runs as one: of each figure the median over the runs. Runs without samples do not count;
 * undefined where none has any. `count` is that of all samples.
 */
export function medianPercentiles(runs: readonly (readonly number[])[]): Percentiles | undefined {
  const perRun = runs.filter((samples) => samples.length > 0).map(percentilesOf);
  if (perRun.length === 0) return undefined;
  const medians = figures.map((name) => [name, medianOf(perRun.map((run) => run[name] as number))]);
  const count = perRun.reduce((sum, run) => sum + run.count, 0);
  return { count, ...Object.fromEntries(medians) } as Percentiles;
}

function sortedFrom(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
