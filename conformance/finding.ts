import type { Check, CheckVerdict } from '../schemas/generated/conformance-report.ts';
import type { Story } from './history/story.ts';

/** What a judge says of one requirement. `not-applicable` is never a judge's to say. */
export interface Finding extends Check {
  readonly verdict: Exclude<CheckVerdict, 'harness-error'>;
}

/** A pure function over a story: the same story gives the same findings, also years later. */
export type Judge = (story: Story) => Finding[];

export interface Failure {
  /** One line that stays the same from run to run: no ids, pids or times. */
  readonly reason: string;
  readonly expected?: string;
  readonly seen?: string;
  /** Records that show it, by seq. */
  readonly records?: readonly number[];
}

/** What was asked for was seen. */
export function passed(requirement: string): Finding {
  return { requirement, verdict: 'pass' };
}

/** The requirement was broken. */
export function failed(requirement: string, failure: Failure): Finding {
  return finding(requirement, 'fail', failure);
}

/** The story does not hold enough to judge: a floor against empty passes. */
export function unclear(requirement: string, failure: Failure): Finding {
  return finding(requirement, 'inconclusive', failure);
}

function finding(requirement: string, verdict: Finding['verdict'], failure: Failure): Finding {
  const { reason, expected, seen, records } = failure;
  return {
    requirement,
    verdict,
    reason,
    ...(expected === undefined ? {} : { expected: shortened(expected) }),
    ...(seen === undefined ? {} : { seen: shortened(seen) }),
    ...(records === undefined ? {} : { records: [...records] }),
  };
}

/** Text of a subject, of any length, for a report. */
export function shortened(text: string, longest = 300): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length} characters)`;
}
