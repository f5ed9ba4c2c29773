import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import type { LatencyUs } from './load-command.ts';

const mostSamples = 1 << 20;
/** Of the histogram: an hour. */
const longestUs = 3.6e9;

/** Raw samples in nanoseconds. What comes after the first million is not kept. */
export interface LatencySamples {
  record(ns: number): void;
  summary(): LatencyUs | undefined;
  /** HdrHistogram V2 of whole microseconds with three digits, compressed, in base64. */
  histogram(): string | undefined;
}

export function createLatencySamples(): LatencySamples {
  // Pages that are never written take no memory.
  const samples = new Float64Array(mostSamples);
  let count = 0;
  return {
    record(ns) {
      if (count < mostSamples) samples[count++] = ns;
    },
    summary() {
      if (count === 0) return undefined;
      const sorted = samples.subarray(0, count).sort();
      let sum = 0;
      for (const ns of sorted) sum += ns;
      return {
        count,
        min: usFrom(sorted[0]),
        mean: usFrom(sum / count),
        p50: usFrom(nearestRank(sorted, 0.5)),
        p90: usFrom(nearestRank(sorted, 0.9)),
        p95: usFrom(nearestRank(sorted, 0.95)),
        p99: usFrom(nearestRank(sorted, 0.99)),
        p999: usFrom(nearestRank(sorted, 0.999)),
        max: usFrom(sorted[count - 1]),
      };
    },
    // After the run: recording costs a third of a microsecond, which is the work of a bus.
    histogram() {
      if (count === 0) return undefined;
      const histogram = build({
        lowestDiscernibleValue: 1,
        highestTrackableValue: longestUs,
        numberOfSignificantValueDigits: 3,
        bitBucketSize: 32,
      });
      for (const ns of samples.subarray(0, count)) histogram.recordValue(Math.round(ns / 1000));
      return encodeIntoCompressedBase64(histogram);
    },
  };
}

/** The percentile by nearest rank, of sorted samples. */
export function nearestRank(sorted: ArrayLike<number>, share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

function usFrom(ns: number | undefined): number {
  return Math.round(ns ?? 0) / 1000;
}
