import type { LatencyReport, Metric } from '../../../schemas/generated/latency-report.ts';
import type { Interval } from '../../../schemas/generated/run.ts';
import { createRandom } from '../../report/random.ts';
import { metrics, totalsOf } from '../measure/arm-result.ts';
import { medianOfRuns, ratioInterval } from '../measure/bootstrap.ts';

/** One metric of one arm, before and after. */
export interface ComparedMetric {
  readonly arm: string;
  readonly metric: Metric;
  /** Medians over the runs of each run's p50, in microseconds. */
  readonly beforeUs: number;
  readonly afterUs: number;
  /** After over before. */
  readonly interval: Interval;
}

/** Why two reports say nothing about each other: each a sentence; none where they can be compared. */
export function differencesOf(before: LatencyReport, after: LatencyReport): string[] {
  return [
    ...memberDifferences('the machine', before.machine, after.machine),
    ...memberDifferences('the setting', before.settings, after.settings),
    ...listDifferences('arms', names(before), names(after)),
    ...listDifferences('peers', peers(before), peers(after)),
  ];
}

/** Each metric of each arm. Call it where `differencesOf` gives none. */
export function comparisonOf(before: LatencyReport, after: LatencyReport): ComparedMetric[] {
  const random = createRandom(`${before.seed} ${after.seed}`);
  return before.arms.flatMap((one) => {
    const other = after.arms.find(({ arm }) => arm.name === one.arm.name);
    if (other === undefined) return [];
    return metrics.flatMap((metric): ComparedMetric[] => {
      const [ours, theirs] = [totalsOf(other, metric), totalsOf(one, metric)];
      if (ours.length === 0 || theirs.length === 0) return [];
      return [
        {
          arm: one.arm.name,
          metric,
          beforeUs: medianOfRuns(theirs),
          afterUs: medianOfRuns(ours),
          interval: ratioInterval(ours, theirs, { random }),
        },
      ];
    });
  });
}

function memberDifferences(what: string, before: object, after: object): string[] {
  const [one, other] = [before, after] as Record<string, unknown>[];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => difference(`${what} "${key}"`, one?.[key], other?.[key]));
}

function difference(what: string, before: unknown, after: unknown): string[] {
  const [one, other] = [JSON.stringify(before), JSON.stringify(after)];
  return one === other ? [] : [`${what} differs: ${one} and ${other}`];
}

function listDifferences(
  what: string,
  before: readonly string[],
  after: readonly string[],
): string[] {
  const lost = before.filter((name) => !after.includes(name));
  const gained = after.filter((name) => !before.includes(name));
  return [
    ...(lost.length === 0 ? [] : [`the second has no ${what} ${lost.join(', ')}`]),
    ...(gained.length === 0 ? [] : [`the first has no ${what} ${gained.join(', ')}`]),
  ];
}

function names({ arms }: LatencyReport): string[] {
  return arms.map(({ arm }) => `${arm.name}${arm.remote === undefined ? '' : ` ${arm.remote}`}`);
}

/** A program may have changed, that is what is compared; its command may not. */
function peers({ peers: all }: LatencyReport): string[] {
  return all.map(({ name, command }) => `${name}: ${command.join(' ')}`);
}
