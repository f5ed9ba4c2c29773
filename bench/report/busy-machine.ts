import type { Machine } from '../../schemas/generated/run.ts';

/** Of the cores; above it, what else runs is measured too. */
const busyShare = 0.5;

/** What to know of a machine that had other work; `loadAtStart` is the system's average over a minute. */
export function busyMachineText({ cores }: Machine, loadAtStart: number): string | undefined {
  if (loadAtStart <= busyShare * cores) return undefined;
  return `the machine was busy when the run began: a load of ${loadAtStart.toFixed(1)} on ${cores} cores`;
}
