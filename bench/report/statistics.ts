/** The median; the mean of the middle two where their number is even. NaN of nothing. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle] as number;
  return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** Median and range of a subject's measurements, each divided by the baseline's of its round. */
export interface PairedRatio {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

export function pairedRatio(values: readonly number[], baseline: readonly number[]): PairedRatio {
  const rounds = Math.min(values.length, baseline.length);
  const ratios = values.slice(0, rounds).map((value, at) => value / (baseline[at] as number));
  return { ratio: medianOf(ratios), low: Math.min(...ratios), high: Math.max(...ratios) };
}
