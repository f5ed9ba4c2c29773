import type { Judge } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { judgeOf } from './facts.ts';
import { quoted } from './moments.ts';

const wellFormed = /"traceparent":"(00-[0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})"/;

/**
 * On each hop a well-formed traceparent was replaced by a child of it: the same trace and flags, and
 * another parent id. That no other byte changed, the general judges say. EXT-5.
 */
export const spansAreChildren: Judge = judgeOf('EXT-5', {
  floor: (story) =>
    hopsOf(story).length < 2 ? 'no frames with a traceparent went both ways' : undefined,
  fault: (story) => {
    const wrong = hopsOf(story).find(([sent, arrived]) => {
      const [, trace, parentId, flags] = wellFormed.exec(quoted(sent)) ?? [];
      const [, childTrace, childId, childFlags] = wellFormed.exec(quoted(arrived)) ?? [];
      return trace !== childTrace || flags !== childFlags || parentId === childId;
    });
    if (wrong === undefined) return undefined;
    const [sent, arrived] = wrong;
    return {
      reason: 'a traceparent was not replaced by a child of it',
      expected: `a child of that in ${quoted(sent)}`,
      seen: quoted(arrived),
      records: [sent.seq, arrived.seq],
    };
  },
});

/** Frames with a traceparent, as sent and as they arrived. */
function hopsOf({ sourceOf, originOf }: Story): [Line, Line][] {
  const hops = [...sourceOf, ...originOf].map(([arrived, sent]): [Line, Line] => [sent, arrived]);
  return hops.filter(([sent]) => sent.method !== undefined && wellFormed.test(quoted(sent)));
}
