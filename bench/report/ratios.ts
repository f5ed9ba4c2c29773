import type { LoadRatio, LoadReport } from '../../schemas/generated/load-report.ts';
import { measuresOf } from './measure.ts';
import { createRandom } from './random.ts';
import { isSameWork, resultsOf, valuesOf } from './results.ts';
import { medianOf, nearestRankOf } from './statistics.ts';

const confidence = 0.95;
const resamples = 2000;

/** Each subject against the first, at each piece of work that both did. */
export function ratiosOf(report: Pick<LoadReport, 'samples' | 'subjects' | 'seed'>): LoadRatio[] {
  const results = resultsOf(report);
  const first = report.subjects[0]?.identity.name;
  const random = createRandom(report.seed);
  return results.flatMap((result) => {
    if (result.subject === first) return [];
    const base = results.find((other) => other.subject === first && isSameWork(other, result));
    if (base === undefined) return [];
    const { subject, question, point } = result;
    return measuresOf[question].flatMap((measure): LoadRatio[] => {
      const pairs = pairsOf(valuesOf(result, measure), valuesOf(base, measure));
      const interval = intervalOf(pairs, random);
      return interval === undefined ? [] : [{ subject, question, point, measure, interval }];
    });
  });
}

type Pair = readonly [value: number, base: number];

/** Of the rounds in which both have a figure: a slow moment of the machine hit both. */
function pairsOf(values: Map<number, number>, bases: Map<number, number>): Pair[] {
  const pairs = [...values].flatMap(([round, value]): Pair[] => {
    const base = bases.get(round);
    return base === undefined ? [] : [[value, base]];
  });
  // Nothing is so many times nothing, and a memory that shrank is no part of one that grew.
  return pairs.every(([value, base]) => value >= 0 && base > 0) ? pairs : [];
}

/** The ratio of the medians, with the percentiles of the same ratio over rounds drawn anew. */
function intervalOf(pairs: readonly Pair[], random: () => number) {
  if (pairs.length === 0) return undefined;
  const ratio = ratioOf(pairs);
  const drawn = Array.from({ length: resamples }, () =>
    ratioOf(pairs.map(() => pairs[Math.floor(random() * pairs.length)] as Pair)),
  ).sort((a, b) => a - b);
  const tail = (1 - confidence) / 2;
  const low = nearestRankOf(drawn, tail);
  const high = nearestRankOf(drawn, 1 - tail);
  return { ratio, low: Math.min(low, ratio), high: Math.max(high, ratio), confidence };
}

function ratioOf(pairs: readonly Pair[]): number {
  return medianOf(pairs.map(([value]) => value)) / medianOf(pairs.map(([, base]) => base));
}
