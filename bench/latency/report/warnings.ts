import type { ArmResult } from '../../../schemas/generated/latency-report.ts';
import type { Machine } from '../../../schemas/generated/run.ts';
import { busyMachineText } from '../../report/busy-machine.ts';
import { metrics, totalsOf } from '../measure/arm-result.ts';
import { medianOf } from '../measure/percentiles.ts';
import { metricTitles } from './words.ts';

const unsteadyRatio = 1.5;
/** Of the unsteady figures; the rest is counted. */
const named = 3;

/** What makes the figures of a run doubtful. `loadAtStart` as the system averages it over a minute. */
export function warningsOf(
  arms: readonly ArmResult[],
  machine: Machine,
  loadAtStart: number,
): string[] {
  const warnings: string[] = [];
  const busy = busyMachineText(machine, loadAtStart);
  if (busy !== undefined) warnings.push(busy);
  const unsteady = arms.flatMap((result) =>
    metrics.flatMap((metric) => unsteadyText(result, metric)),
  );
  if (unsteady.length > 0) {
    const more = unsteady.length > named ? ` and ${unsteady.length - named} more` : '';
    const which = unsteady.slice(0, named).join(', ') + more;
    warnings.push(`unsteady, the runs differ by more than half: ${which}`);
  }
  return warnings;
}

function unsteadyText(result: ArmResult, metric: (typeof metrics)[number]): string[] {
  const medians = totalsOf(result, metric).map(medianOf);
  if (medians.length < 2 || Math.max(...medians) <= unsteadyRatio * Math.min(...medians)) return [];
  return [`${metricTitles[metric]} of ${result.arm.name}`];
}
