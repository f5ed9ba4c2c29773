import type { Judge } from '../finding.ts';
import { judgeOf, observed } from './facts.ts';

/**
 * Observations have the values that they have to have. Inconclusive where one was not made, as on a
 * system that does not show it.
 */
export function observationsAre(
  requirement: string,
  expected: Readonly<Record<string, string | number | boolean>>,
): Judge {
  const names = Object.keys(expected);
  return judgeOf(requirement, {
    floor: (story) => {
      const missing = names.find((name) => observed(story, name) === undefined);
      return missing === undefined ? undefined : `not looked up: ${missing}`;
    },
    fault: (story) => {
      const wrong = names.find((name) => {
        const value = observed(story, name);
        return value !== undefined && value !== expected[name];
      });
      if (wrong === undefined) return undefined;
      return {
        reason: `not as it has to be: ${wrong}`,
        expected: `${expected[wrong]}`,
        seen: `${observed(story, wrong)}`,
      };
    },
  });
}

/** Two observations have the same value. */
export function observationsAgree(requirement: string, one: string, other: string): Judge {
  return judgeOf(requirement, {
    floor: (story) =>
      observed(story, one) === undefined || observed(story, other) === undefined
        ? `not looked up: ${one} and ${other}`
        : undefined,
    fault: (story) => {
      const [value, expected] = [observed(story, one), observed(story, other)];
      if (value === undefined || expected === undefined || value === expected) return undefined;
      return { reason: `not as it has to be: ${one}`, expected: `${expected}`, seen: `${value}` };
    },
  });
}
