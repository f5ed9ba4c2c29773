import { type Finding, failed, passed } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { quoted } from './moments.ts';

/**
 * Frames of one session keep their order: from one connection to the worker, and from the worker to
 * its owner. AFF-2. Passes only where there were several in one session.
 */
export function judgeOrder(story: Story): Finding[] {
  return [
    ...judgeHop('on its way to the worker', {
      sent: story.clientSent,
      arrived: story.workerReceived,
      sentOf: story.sourceOf,
    }),
    ...judgeHop('on its way to the client', {
      sent: story.workerSent,
      arrived: ordered(story),
      sentOf: story.originOf,
    }),
  ];
}

/** What clients got, but for responses where not only their connection is in the session. */
function ordered(story: Story): Line[] {
  const connections = new Map<string, Set<string>>();
  for (const { sessionId, method, place } of story.clientSent) {
    if (sessionId === undefined || method === undefined) continue;
    const places = connections.get(sessionId) ?? new Set();
    connections.set(sessionId, places.add(place));
  }
  const isShared = (sessionId: string) => (connections.get(sessionId)?.size ?? 0) > 1;
  // Only the owner has a right to an order, and a response goes to whoever asked.
  return story.clientReceived.filter(
    ({ method, sessionId = '' }) => method !== undefined || !isShared(sessionId),
  );
}

interface Hop {
  readonly sent: readonly Line[];
  readonly arrived: readonly Line[];
  readonly sentOf: ReadonlyMap<Line, Line>;
}

function judgeHop(way: string, { sent: all, arrived, sentOf }: Hop): Finding[] {
  const last = new Map<string, { sent: Line; line: Line }>();
  const isTwin = twins(all);
  let compared = 0;
  for (const line of arrived) {
    const sent = sentOf.get(line);
    if (sent?.sessionId === undefined || sent.kind === 'refused' || isTwin(sent)) continue;
    const key = JSON.stringify([sent.place, sent.sessionId, line.place]);
    const before = last.get(key);
    last.set(key, { sent, line });
    if (before === undefined) continue;
    compared++;
    if (before.sent.index <= sent.index) continue;
    return [
      failed('AFF-2', {
        reason: `a frame overtook another of its session ${way}`,
        expected: `${quoted(sent)} before ${quoted(before.sent)}`,
        seen: `the other way round at ${line.place}`,
        records: [sent.seq, before.sent.seq, before.line.seq, line.seq],
      }),
    ];
  }
  return compared > 0 ? [passed('AFF-2')] : [];
}

/** Which lines are the same as another, save for an id: their order does not show. */
function twins(lines: readonly Line[]): (line: Line) => boolean {
  const counts = new Map<string, number>();
  for (const { rest } of lines) counts.set(rest, (counts.get(rest) ?? 0) + 1);
  return ({ rest }) => (counts.get(rest) ?? 0) > 1;
}
