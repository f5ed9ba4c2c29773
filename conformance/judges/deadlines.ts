import { type Finding, failed, passed } from '../finding.ts';
import type { Story } from '../history/story.ts';
import { momentsOf } from './moments.ts';

/** What had to come, came in time. Each deadline names what is broken where it did not. */
export function judgeDeadlines(story: Story): Finding[] {
  const { abandonedUs } = momentsOf(story);
  return story.deadlines.flatMap(({ waitedFor, limitUs, met, requirement, atUs, seq }) => {
    if (requirement === undefined) return [];
    if (met) return [passed(requirement)];
    // A subject that has crashed has failed for another reason.
    if (atUs > abandonedUs && requirement !== 'DRN-2') return [];
    return [
      failed(requirement, {
        reason: `not in time: ${waitedFor.replaceAll(/\bm\d+\b/g, 'a frame')}`,
        expected: `${waitedFor} within ${Math.round(limitUs / 1000)} ms`,
        seen: 'nothing until then',
        records: [seq],
      }),
    ];
  });
}
