import { type Random, shuffled } from './shuffled.ts';

/** One turn of one arm. */
export interface Turn<T> {
  readonly arm: T;
  /** From 1. */
  readonly run: number;
}

/**
 * The turns of all arms: in each run every arm has one turn, in an order of its own, so that no arm
 * always follows the same other, and a slow minute of the machine falls on all of them.
 */
export function runPlan<T>(arms: readonly T[], runs: number, random: Random): Turn<T>[] {
  return Array.from({ length: runs }, (_, index) =>
    shuffled(arms, random).map((arm) => ({ arm, run: index + 1 })),
  ).flat();
}
