import type { Judge } from '../finding.ts';
import type { Story } from '../history/story.ts';
import { judgeOf } from './facts.ts';
import { isServed } from './served-requests.ts';

/** Blank lines are not answered: there are no more errors without an id than lines that earn one. FRM-2. */
export const blankLinesAreIgnored: Judge = judgeOf('FRM-2', {
  floor: (story) =>
    hasServedAfterBlank(story) ? undefined : 'no request was served after a blank line',
  fault: (story) => {
    for (const { id } of story.connections.values()) {
      const sent = story.clientSent.filter(({ place }) => place === id);
      const isFree = story.unterminated.every(({ place }) => place !== id);
      const earned = sent.filter(({ kind }) => kind === 'refused').length;
      const errors = story.clientReceived.filter(
        ({ place, isError, idJson }) => place === id && isError && idJson === undefined,
      );
      const surplus = errors[earned];
      if (!isFree || surplus === undefined) continue;
      return {
        reason: 'a blank line was answered',
        expected: 'no answer',
        seen: surplus.bytes.toString(),
        records: [surplus.seq],
      };
    }
    return undefined;
  },
});

function hasServedAfterBlank(story: Story): boolean {
  return story.clientSent.some(
    ({ kind, place, index }) =>
      kind === 'blank' &&
      story.clientSent.some(
        (later) =>
          later.place === place &&
          later.index > index &&
          later.kind === 'request' &&
          isServed(story, later),
      ),
  );
}
