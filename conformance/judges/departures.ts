import type { Judge } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { judgeOf } from './facts.ts';
import { momentsOf, quoted } from './moments.ts';

/** The answers that workers wrote after the client that asked had left. */
function lateAnswers(story: Story): Line[] {
  return [...story.questionOf].flatMap(([answer, question]) => {
    const source = story.sourceOf.get(question);
    const leftUs = source && story.connections.get(source.place)?.leftUs;
    return leftUs !== undefined && answer.atUs > leftUs ? [answer] : [];
  });
}

/** A judge of COR-7: responses whose client has left reach nobody, and the others go on. */
export function lateAnswersAreDropped(requirement: string, atLeast = 1): Judge {
  return judgeOf(requirement, {
    floor: (story) =>
      lateAnswers(story).length < atLeast
        ? `fewer than ${atLeast} responses came after their client had left`
        : undefined,
    fault: (story) => {
      for (const answer of lateAnswers(story)) {
        const [receipt] = story.receipts.get(answer) ?? [];
        if (receipt === undefined) continue;
        return {
          reason: 'the response to a client that had left reached a later connection',
          expected: 'at nobody',
          seen: `${quoted(receipt)} at ${receipt.place}`,
          records: [answer.seq, receipt.seq],
        };
      }
      return undefined;
    },
  });
}

/**
 * A judge of COR-8: who has closed only its sending side gets what was pending, and then the end.
 * `hasPending`: whether a worker has to have answered after the close for it to count.
 */
export function halfClosedGetsAllAndTheEnd(requirement: string, hasPending: boolean): Judge {
  const halfClosed = (story: Story) =>
    [...story.connections.values()].filter(({ halfClosedUs }) => halfClosedUs !== undefined);
  return judgeOf(requirement, {
    floor: (story) => {
      const [connection] = halfClosed(story);
      if (connection === undefined) return 'no client closed its sending side only';
      const { id, halfClosedUs = Infinity } = connection;
      const isLate = (line: Line) => line.place === id && line.atUs > halfClosedUs;
      const hasLate = story.clientReceived.some(
        (line) => isLate(line) && line.method === undefined,
      );
      return hasPending && !hasLate ? 'nothing was pending at the close' : undefined;
    },
    fault: (story) => {
      const { stopUs } = momentsOf(story);
      const isStdio = story.header.transport === 'stdio';
      for (const { id, endedUs = Infinity } of halfClosed(story)) {
        const last = story.clientReceived.findLast(({ place }) => place === id);
        const records = last === undefined ? [] : [last.seq];
        if (endedUs === Infinity || (!isStdio && endedUs > stopUs)) {
          const reason = 'a half-closed connection was not ended when all was answered';
          return { reason, expected: `the end of ${id}`, seen: 'it stayed open', records };
        }
      }
      return undefined;
    },
  });
}
