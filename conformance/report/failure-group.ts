import type { Failure } from './failure.ts';
import { reasonOf } from './failure.ts';

/** The same failure of one scenario on one or more transports: people read it once. */
export interface FailureGroup extends Failure {
  readonly transports: readonly string[];
}

/** Failures of one scenario, requirement and reason together; each shows what its first one saw. */
export function failureGroupsFrom(failures: readonly Failure[]): FailureGroup[] {
  const groups = new Map<string, Failure & { transports: string[] }>();
  for (const failure of failures) {
    const { scenario, check } = failure;
    const key = JSON.stringify([scenario.id, check.requirement, reasonOf(check)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { ...failure, transports: [scenario.transport] });
    else if (!group.transports.includes(scenario.transport)) {
      group.transports.push(scenario.transport);
    }
  }
  return [...groups.values()];
}
