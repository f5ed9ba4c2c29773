import { type Finding, failed, passed } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { quoted } from './moments.ts';

/** The lines of sessions that reached workers, by session, in the order in which workers read them. */
export function deliveriesBySession(story: Story): Map<string, Line[]> {
  const sessions = new Map<string, Line[]>();
  for (const line of story.workerReceived) {
    if (line.sessionId === undefined || line.method === undefined) continue;
    // What is no session id may be treated as absent (AFF-6), and of two either may count (FRM-8).
    if (line.kind === 'refused') continue;
    if (!story.sourceOf.has(line)) continue;
    const lines = sessions.get(line.sessionId);
    if (lines === undefined) sessions.set(line.sessionId, [line]);
    else lines.push(line);
  }
  return sessions;
}

/**
 * A session stays with its worker as long as that lives, and in its pool for good. AFF-1, AFF-7, RST-4.
 * Passes AFF-1 only where two workers had traffic and a session several frames.
 */
export function judgeAffinity(story: Story): Finding[] {
  const sessions = deliveriesBySession(story);
  const findings = [...sessions.values()].flatMap((lines) => judgeSession(story, lines));
  const workers = new Set([...sessions.values()].flat().map(({ place }) => place));
  const hasSeveral = [...sessions.values()].some((lines) => lines.length > 1);
  const isBroken = findings.some(({ requirement }) => requirement === 'AFF-1');
  if (!isBroken && workers.size > 1 && hasSeveral) findings.push(passed('AFF-1'));
  return findings;
}

function judgeSession(story: Story, lines: readonly Line[]): Finding[] {
  const findings: Finding[] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (before === undefined || before.place === line.place) continue;
    if (mayBeForgotten(story, before, line)) continue;
    const moved = {
      expected: `${quoted(line)} at ${before.place}`,
      seen: `at ${line.place}`,
      records: [before.seq, line.seq],
    };
    if (poolOf(before) !== poolOf(line)) {
      const reason = 'a session moved to another pool';
      findings.push(failed('AFF-7', { ...moved, reason }));
    }
    const { doomedUs = Infinity } = story.processes.get(before.place) ?? {};
    if (doomedUs < line.atUs) findings.push(passed('RST-4'));
    else {
      const reason = 'a session moved to another worker while its own lived';
      const hasLoss = [...story.processes.values()].some(
        ({ tag, exitedUs = Infinity }) => tag !== 'bus' && exitedUs < line.atUs,
      );
      findings.push(failed('AFF-1', { ...moved, reason }));
      if (hasLoss) findings.push(failed('RST-4', { ...moved, reason }));
    }
  }
  return findings;
}

/** Whether the session was idle for so long that the bus may have forgotten it (AFF-9). */
function mayBeForgotten(story: Story, before: Line, line: Line): boolean {
  const { session_idle_sec: idleSec = 0 } = story.header.limits;
  const idleUs = line.atUs - (story.sourceOf.get(before) ?? before).atUs;
  return idleSec > 0 && idleUs >= idleSec * 1_000_000;
}

/** The pool of a process tag. */
export function poolOf({ place }: Line): string {
  return place.slice(0, place.indexOf('/'));
}
