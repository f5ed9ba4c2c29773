import type { Judge } from '../finding.ts';

/** What a judge says of some requirements, said of another: the one that a scenario is for. */
export function onBehalfOf(requirement: string, judge: Judge, of: readonly string[]): Judge {
  return (story) =>
    judge(story)
      .filter((finding) => of.includes(finding.requirement))
      .map((finding) => ({ ...finding, requirement }));
}
