import type { Judge } from '../finding.ts';
import { judgeOf } from './facts.ts';
import { momentsOf, quoted } from './moments.ts';
import { slowClientOf } from './slow-client.ts';

/**
 * The client that wrote without reading, and then read, was not dropped and got an answer to
 * everything. FLW-3.
 */
export function writerIsAnswered(atLeast: number): Judge {
  return judgeOf('FLW-3', {
    floor: (story) => {
      const slow = slowClientOf(story);
      const written = story.clientSent.filter(
        ({ place, kind }) => place === slow && kind === 'request',
      );
      return written.length < atLeast ? `fewer than ${atLeast} requests were written` : undefined;
    },
    fault: (story) => {
      const slow = slowClientOf(story);
      const { endedUs = Infinity } = story.connections.get(slow ?? '') ?? {};
      if (endedUs < momentsOf(story).stopUs) {
        const reason = 'a client that wrote without reading at first was dropped';
        return { reason, expected: 'a client that is slowed', seen: `the end of ${slow}` };
      }
      const received = story.clientReceived.filter(
        ({ place, method }) => place === slow && !method,
      );
      const answered = new Set(received.map(({ idJson }) => idJson));
      const lost = story.clientSent.find(
        ({ place, kind, idJson }) => place === slow && kind === 'request' && !answered.has(idJson),
      );
      if (lost === undefined) return undefined;
      return {
        reason: 'a request of a client that wrote without reading at first was not answered',
        expected: `a response to ${quoted(lost).slice(0, 100)}`,
        seen: 'nothing',
        records: [lost.seq],
      };
    },
  });
}
