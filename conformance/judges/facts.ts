import { type Failure, type Finding, failed, type Judge, passed, unclear } from '../finding.ts';
import type { Story } from '../history/story.ts';

/** What was found out: undefined where it holds, else how it does not. */
export type Fault = Failure | undefined;

/**
 * A judge of one requirement. `floor` says whether the story holds enough to judge (a text says what
 * is missing); `fault` what is wrong.
 */
export function judgeOf(
  requirement: string,
  {
    floor,
    fault,
  }: { floor?: (story: Story) => string | undefined; fault: (story: Story) => Fault },
): Judge {
  return (story): Finding[] => {
    const found = fault(story);
    if (found !== undefined) return [failed(requirement, found)];
    const missing = floor?.(story);
    if (missing !== undefined) return [unclear(requirement, { reason: missing })];
    return [passed(requirement)];
  };
}

/** The value of an observation, by its name; undefined where it was not made. */
export function observed(story: Story, name: string): string | number | boolean | null | undefined {
  return story.observations.findLast((each) => each.name === name)?.value;
}
