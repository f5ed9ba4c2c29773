import { reasonOf } from './failure.ts';
import type { FailureGroup } from './failure-group.ts';

/** Of failures with one requirement and one reason, so many are told in full: one more says no more. */
const toldInFull = 3;

/** Failures that need not be told again: the same requirement, for the same reason, elsewhere. */
export interface AlikeFailures {
  readonly requirement: string;
  readonly reason: string;
  readonly isKnown: boolean;
  /** Ids of scenarios. */
  readonly scenarios: readonly string[];
}

export interface ToldFailures {
  /** In the order in which they came. */
  readonly told: readonly FailureGroup[];
  readonly alike: readonly AlikeFailures[];
}

/**
 * Parts failures into those to be told in full and those alike; scenarios for the requirement go first.
 * `isKnown`: whether a failure is in the baseline; such a one never stands for one that is not.
 */
export function toldFailuresFrom(
  failures: readonly FailureGroup[],
  isKnown: (failure: FailureGroup) => boolean,
): ToldFailures {
  const groups = new Map<string, FailureGroup[]>();
  for (const failure of failures) {
    const { requirement } = failure.check;
    const key = JSON.stringify([requirement, reasonOf(failure.check), isKnown(failure)]);
    groups.set(key, [...(groups.get(key) ?? []), failure]);
  }
  const rests = [...groups.values()].map((group) => {
    const isOwn = ({ scenario, check }: FailureGroup) =>
      scenario.requirements[0] === check.requirement;
    const ordered = [...group.filter(isOwn), ...group.filter((each) => !isOwn(each))];
    return ordered.slice(toldInFull);
  });
  const left = new Set(rests.flat());
  return {
    told: failures.filter((failure) => !left.has(failure)),
    alike: rests.flatMap((rest) => {
      const [first] = rest;
      if (first === undefined) return [];
      const { requirement } = first.check;
      const scenarios = [...new Set(rest.map(({ scenario }) => scenario.id))];
      return [{ requirement, reason: reasonOf(first.check), isKnown: isKnown(first), scenarios }];
    }),
  };
}
