import type { ArmResult } from '../../../schemas/generated/latency-report.ts';
import type { Machine } from '../../../schemas/generated/run.ts';
import { metrics, totalsOf } from '../measure/arm-result.ts';
import { medianOf } from '../measure/percentiles.ts';
import { metricTitles } from './words.ts';

const unsteadyRatio = 1.5;
const busyShare = 0.5;

/** What makes the figures of a run doubtful. `loadAtStart` as the system averages it over a minute. */
export function warningsOf(
  arms: readonly ArmResult[],
  { cores }: Machine,
  loadAtStart: number,
): string[] {
  const warnings: string[] = [];
  if (loadAtStart > busyShare * cores) {
    warnings.push(
      `the machine was busy when the run began: a load of ${loadAtStart.toFixed(1)} on ${cores} cores`,
    );
  }
  const unsteady = arms.flatMap((result) =>
    metrics.flatMap((metric) => unsteadyText(result, metric)),
  );
  if (unsteady.length > 0) {
    warnings.push(`unsteady, the runs differ by more than half: ${unsteady.join(', ')}`);
  }
  return warnings;
}

function unsteadyText(result: ArmResult, metric: (typeof metrics)[number]): string[] {
  const medians = totalsOf(result, metric).map(medianOf);
  if (medians.length < 2 || Math.max(...medians) <= unsteadyRatio * Math.min(...medians)) return [];
  return [`${metricTitles[metric]} of ${result.arm.name}`];
}
