import type { Judge } from '../finding.ts';
import { judgeOf } from './facts.ts';
import { quoted } from './moments.ts';

/** A judge of COR-4: on connections that sent notifications, only requests are answered. */
export function notificationsAreUnanswered(requirement: string, atLeast: number): Judge {
  return judgeOf(requirement, {
    floor: (story) => {
      const sent = story.clientSent.filter(({ kind }) => kind === 'notification');
      return sent.length < atLeast ? `fewer than ${atLeast} notifications were sent` : undefined;
    },
    fault: (story) => {
      for (const id of story.connections.keys()) {
        const sent = story.clientSent.filter(({ place }) => place === id);
        const ids = sent.filter(({ kind }) => kind === 'request').map(({ idJson }) => idJson);
        const isRefused = sent.some(({ kind }) => kind === 'refused');
        const stray = story.clientReceived.find(
          ({ place, method, idJson }) =>
            place === id && method === undefined && !ids.includes(idJson),
        );
        if (stray === undefined || isRefused) continue;
        return {
          reason: 'a notification was answered',
          expected: 'no response',
          seen: quoted(stray),
          records: [stray.seq],
        };
      }
      return undefined;
    },
  });
}
