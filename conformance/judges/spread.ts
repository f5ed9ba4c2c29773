import type { Judge } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { type Fault, judgeOf } from './facts.ts';

export interface SpreadOptions {
  readonly pool: string;
  /** How many rounds of 16 frames a worker are the least that shows anything; 1 by default. */
  readonly rounds?: number;
}

/** Of any 16 x N new sessions, each of N workers gets one. AFF-3. */
export function newSessionsSpread(requirement: string, options: SpreadOptions): Judge {
  return spread(requirement, options, (story) => firstFrames(story, options.pool));
}

/** Of any 16 x N requests without a session, each of N workers gets one. AFF-5. */
export function sessionlessSpread(requirement: string, options: SpreadOptions): Judge {
  return spread(requirement, options, (story) =>
    story.clientSent.filter(
      (line) =>
        line.atUs > allStartedUs(story, options.pool) &&
        line.kind === 'request' &&
        line.sessionId === undefined &&
        placeOf(story, line)?.startsWith(`${options.pool}/`) === true,
    ),
  );
}

/** At no time do two workers differ by more than one in the new sessions that they got. AFF-10. */
export function newSessionsAreEven(requirement: string, options: SpreadOptions): Judge {
  return judgeOf(requirement, {
    floor: (story) => missing(story, options, firstFrames(story, options.pool)),
    fault: (story) => {
      const frames = firstFrames(story, options.pool);
      if (missing(story, options, frames) !== undefined) return undefined;
      return unevenness(story, options.pool, frames);
    },
  });
}

function spread(
  requirement: string,
  options: SpreadOptions,
  framesOf: (story: Story) => readonly Line[],
): Judge {
  return judgeOf(requirement, {
    floor: (story) => missing(story, options, framesOf(story)),
    fault: (story) => {
      const frames = framesOf(story);
      if (missing(story, options, frames) !== undefined) return undefined;
      return idleWorker(story, options.pool, frames);
    },
  });
}

/** The first frame of each session that reached a worker of the pool, in the order of sending. */
function firstFrames(story: Story, pool: string): Line[] {
  const seen = new Set<string>();
  const startedUs = allStartedUs(story, pool);
  return story.clientSent.filter((line) => {
    const { sessionId, method, kind } = line;
    if (sessionId === undefined || method === undefined || kind === 'refused') return false;
    if (seen.has(sessionId)) return false;
    seen.add(sessionId);
    if (line.atUs < startedUs) return false;
    return placeOf(story, line)?.startsWith(`${pool}/`) === true;
  });
}

/** When the last worker of the pool had started: before that, not all could get something. */
function allStartedUs(story: Story, pool: string): number {
  return Math.max(0, ...workersOf(story, pool).map(({ startedUs }) => startedUs));
}

function placeOf(story: Story, line: Line): string | undefined {
  return story.deliveries.get(line)?.[0]?.place;
}

/** What a story lacks to show a spread: several workers that lived all the time, frames enough, one order. */
function missing(
  story: Story,
  { pool, rounds = 1 }: SpreadOptions,
  frames: readonly Line[],
): string | undefined {
  const workers = workersOf(story, pool);
  if (workers.length < 2) return `the pool ${pool} has fewer than two workers`;
  const atLeast = 16 * workers.length * rounds;
  if (frames.length < atLeast) return `fewer than ${atLeast} such frames reached a worker`;
  const firstUs = frames[0]?.atUs ?? 0;
  const last = frames.at(-1);
  const lastUs = last === undefined ? 0 : deliveredUs(story, last);
  const hasChanged = workers.some(
    ({ startedUs, doomedUs = Infinity }) => startedUs > firstUs || doomedUs < lastUs,
  );
  if (hasChanged) return 'a worker started or ended meanwhile';
  // Of several connections, the order in which the bus read them is not known.
  const isOrdered = new Set(frames.map(({ place }) => place)).size === 1;
  return isOrdered ? undefined : 'the frames came on several connections';
}

function deliveredUs(story: Story, line: Line): number {
  return story.deliveries.get(line)?.[0]?.atUs ?? line.atUs;
}

function workersOf(story: Story, pool: string) {
  return [...story.processes.values()].filter(({ tag }) => tag.startsWith(`${pool}/`));
}

function idleWorker(story: Story, pool: string, frames: readonly Line[]): Fault {
  const workers = workersOf(story, pool);
  const size = 16 * workers.length;
  for (let start = 0; start + size <= frames.length; start += size) {
    const group = frames.slice(start, start + size);
    const busy = new Set(group.map((line) => placeOf(story, line)));
    const idle = workers.find(({ tag }) => !busy.has(tag));
    if (idle === undefined) continue;
    return {
      reason: `one of ${workers.length} workers got none of ${size} in a row`,
      expected: `at least one at ${idle.tag}`,
      seen: `all at ${[...busy].join(' and ')}`,
      records: group.slice(0, 5).map(({ seq }) => seq),
    };
  }
  return undefined;
}

function unevenness(story: Story, pool: string, frames: readonly Line[]): Fault {
  const counts = new Map(workersOf(story, pool).map(({ tag }) => [tag, 0]));
  for (const [index, line] of frames.entries()) {
    const place = placeOf(story, line) ?? '';
    counts.set(place, (counts.get(place) ?? 0) + 1);
    const numbers = [...counts.values()];
    if (Math.max(...numbers) - Math.min(...numbers) <= 1) continue;
    return {
      reason: 'two workers differ by more than one in the new sessions that they got',
      expected: 'a difference of at most one',
      seen: `after ${index + 1} sessions: ${[...counts].map(([tag, count]) => `${tag} ${count}`).join(', ')}`,
      records: [line.seq],
    };
  }
  return undefined;
}
