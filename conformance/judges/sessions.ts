import type { Judge } from '../finding.ts';
import type { Story } from '../history/story.ts';
import { deliveriesBySession, poolOf } from './affinity.ts';
import { errorCodeOf } from './answers.ts';
import { judgeOf } from './facts.ts';
import { quoted } from './moments.ts';
import { answerTo, isServed } from './served-requests.ts';

/** A judge that passes where each session had its frames at one worker, and two workers had some. */
export function eachSessionHasOneWorker(requirement: string, atLeast: number): Judge {
  return judgeOf(requirement, {
    floor: (story) => {
      const sessions = [...deliveriesBySession(story).values()];
      const several = sessions.filter((lines) => lines.length > 1);
      const places = new Set(sessions.flat().map(({ place }) => place));
      if (several.length < atLeast) return `fewer than ${atLeast} sessions had several frames`;
      return places.size < 2 ? 'fewer than two workers had traffic' : undefined;
    },
    fault: (story) => {
      for (const lines of deliveriesBySession(story).values()) {
        const [first] = lines;
        const other = lines.find(({ place }) => place !== first?.place);
        if (first === undefined || other === undefined) continue;
        return {
          reason: 'the frames of one session went to several workers',
          expected: `${quoted(other)} at ${first.place}`,
          seen: `at ${other.place}`,
          records: [first.seq, other.seq],
        };
      }
      return undefined;
    },
  });
}

/**
 * A judge of AFF-6: requests with a session id that is none are all refused with -32600, or all
 * treated as if they had none, and then not all of them are at one worker.
 */
export function badSessionIdsAreNone(requirement: string, atLeast: number): Judge {
  const badOf = (story: Story) =>
    story.clientSent.filter(
      ({ latitude, idJson, method }) =>
        latitude === 'AFF-6' && idJson !== undefined && method !== undefined,
    );
  return judgeOf(requirement, {
    floor: (story) =>
      badOf(story).length < atLeast ? `fewer than ${atLeast} such requests were sent` : undefined,
    fault: (story) => {
      const bad = badOf(story);
      const served = bad.filter((line) => isServed(story, line));
      const refused = bad.filter((line) => isRefused(story, line));
      const other = bad.find((line) => !served.includes(line) && !refused.includes(line));
      if (other !== undefined) {
        const answer = answerTo(story, other);
        return {
          reason: 'a session id that is none was neither refused with -32600 nor ignored',
          expected: `error -32600 or the worker's response to ${quoted(other)}`,
          seen: answer === undefined ? 'nothing' : quoted(answer),
          records: [other.seq],
        };
      }
      if (served.length > 0 && refused.length > 0) {
        const [first] = served;
        return {
          reason: 'some session ids that are none are refused and others ignored',
          expected: 'one of the two for all',
          seen: `${refused.length} refused, ${served.length} served`,
          records: first === undefined ? [] : [first.seq],
        };
      }
      const places = new Set(
        served.flatMap((line) => story.deliveries.get(line) ?? []).map(placeOf),
      );
      const workers = story.header.pools[0]?.instances ?? 1;
      if (served.length < 16 * workers || places.size > 1 || workers < 2) return undefined;
      return {
        reason: 'session ids that are none were taken for one session',
        expected: 'requests without a session, spread over the workers',
        seen: `all at ${[...places][0]}`,
        records: served.slice(0, 3).map(({ seq }) => seq),
      };
    },
  });
}

function placeOf({ place }: { readonly place: string }): string {
  return place;
}

function isRefused(story: Story, line: Parameters<typeof answerTo>[1]): boolean {
  const answer = answerTo(story, line);
  return answer !== undefined && errorCodeOf(answer) === -32600 && !story.deliveries.has(line);
}

/** A judge of AFF-9: a session that was bound to one pool has been seen to begin anew in another. */
export function idleSessionIsForgotten(
  requirement: string,
  pools: readonly [string, string],
): Judge {
  const [bound, other] = pools;
  const attempts = (story: Story) =>
    [...deliveriesBySession(story).values()].filter(
      ([first, second]) => first !== undefined && second !== undefined && poolOf(first) === bound,
    );
  return judgeOf(requirement, {
    floor: (story) =>
      attempts(story).length === 0 ? 'no session was continued after it was idle' : undefined,
    fault: (story) => {
      const all = attempts(story);
      const isForgotten = all.some((lines) => lines.some((line) => poolOf(line) === other));
      if (isForgotten || all.length === 0) return undefined;
      const [, last] = all.at(-1) ?? [];
      return {
        reason: 'a session that had been idle for session_idle_sec was not forgotten',
        expected: `its next frame is a first frame, and selects the pool ${other}`,
        seen: `${all.length} sessions were continued in the pool ${bound}`,
        records: last === undefined ? [] : [last.seq],
      };
    },
  });
}
