import type { Judge } from '../finding.ts';
import type { Story } from '../history/story.ts';
import { judgeOf } from './facts.ts';
import { readingsOf } from './stats.ts';

/** Responses of workers that answer nothing grow `routingErrors`, from one reading to the next. COR-5. */
export const unmatchedResponsesAreCounted: Judge = judgeOf('COR-5', {
  floor: (story) => (strayBetween(story) === 0 ? 'no such response between two stats' : undefined),
  fault: (story) => {
    const [before, after] = [readingsOf(story).at(0), readingsOf(story).at(-1)];
    if (before === undefined || after === undefined) return undefined;
    const stray = strayBetween(story);
    const counted = after.result.routingErrors - before.result.routingErrors;
    if (counted >= stray) return undefined;
    return {
      reason: 'responses of a worker that match nothing pending were not counted',
      expected: `routingErrors grown by ${stray} at least`,
      seen: `grown by ${counted}`,
      records: [before.answer.seq, after.answer.seq],
    };
  },
});

function strayBetween(story: Story): number {
  const [before, after] = [readingsOf(story).at(0), readingsOf(story).at(-1)];
  if (before === undefined || after === undefined) return 0;
  return story.workerSent.filter(
    (line) =>
      line.kind === 'response' &&
      !story.questionOf.has(line) &&
      line.seq > before.answer.seq &&
      line.seq < after.request.seq,
  ).length;
}
