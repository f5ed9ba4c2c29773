import { type Finding, failed, passed } from '../../finding.ts';
import type { Story } from '../../history/story.ts';
import { workerMomentsOf } from './worker-moments.ts';

/** What had to come, came in time. Each deadline names what is broken where it did not. */
export function judgeWorkerDeadlines(story: Story): Finding[] {
  const { isCrash, exitUs } = workerMomentsOf(story);
  return story.deadlines.flatMap(({ waitedFor, limitUs, met, requirement, atUs, seq }) => {
    if (requirement === undefined) return [];
    if (met) return [passed(requirement)];
    // A worker that has crashed has failed for another reason.
    if (isCrash && atUs > exitUs) return [];
    return [
      failed(requirement, {
        reason: `not in time: ${waitedFor}`,
        expected: `${waitedFor} within ${Math.round(limitUs / 1000)} ms`,
        seen: 'nothing until then',
        records: [seq],
      }),
    ];
  });
}
