import type { Judge } from '../finding.ts';
import type { ProcessFacts, Story } from '../history/story.ts';
import { type Fault, judgeOf } from './facts.ts';
import { momentsOf, quoted } from './moments.ts';
import { answerTo, isServed } from './served-requests.ts';

/** The incarnation that a process tag names. */
export function incarnationOf(tag: string): number {
  return Number(tag.split('/').at(-1));
}

/** The incarnation before, in the same slot. */
function predecessorOf(story: Story, { tag }: ProcessFacts): ProcessFacts | undefined {
  const [pool, slot] = tag.split('/');
  return story.processes.get(`${pool}/${slot}/${incarnationOf(tag) - 1}`);
}

/** The workers that were started in place of a lost one, in the order of their starts. */
export function restartsOf(story: Story): ProcessFacts[] {
  return [...story.processes.values()]
    .filter(({ tag }) => tag !== 'bus' && incarnationOf(tag) > 1)
    .sort((a, b) => a.startedUs - b.startedUs);
}

/** Whether an incarnation that came after a loss has served a request. */
export function hasServingSuccessor(story: Story): boolean {
  return [...story.questionOf].some(([answer, question]) => {
    const source = story.sourceOf.get(question);
    return incarnationOf(answer.place) > 1 && source !== undefined && isServed(story, source);
  });
}

/** A lost worker is replaced by one that serves, and never more often than allowed. RST-2. */
export const aNewIncarnationServes: Judge = judgeOf('RST-2', {
  fault: tooManyRestarts,
  floor: (story) =>
    hasServingSuccessor(story) ? undefined : 'no worker that was started anew has served anything',
});

/** No slot is started more often than allowed. Passes only where a slot was lost once too often. RST-2. */
export const restartsAreLimited: Judge = judgeOf('RST-2', {
  fault: tooManyRestarts,
  floor: (story) => {
    const { max_restarts: maxRestarts = 5 } = story.header.limits;
    const { stopUs } = momentsOf(story);
    const isFailed = [...story.processes.values()].some(
      ({ tag, exitedUs = Infinity }) =>
        tag !== 'bus' && incarnationOf(tag) === maxRestarts + 1 && exitedUs < stopUs,
    );
    return isFailed ? undefined : 'no slot was lost more often than it may be restarted';
  },
});

/** Only what is certain: a restart counts from its real start, which lies before the report of it. */
function tooManyRestarts(story: Story): Fault {
  const { max_restarts: maxRestarts = 5, restart_window_sec: windowSec = 60 } = story.header.limits;
  const surelyUs = windowSec * 1_000_000 - (story.header.deadlinesUs.grace ?? 0);
  for (const { id, instances } of story.header.pools) {
    const restarts = restartsOf(story).filter(({ tag }) => tag.startsWith(`${id}/`));
    const allowed = maxRestarts * instances;
    for (const [index, restart] of restarts.entries()) {
      const first = restarts[index - allowed];
      const before = first && predecessorOf(story, first);
      const lost = predecessorOf(story, restart);
      if (before === undefined || lost?.exitedUs === undefined) continue;
      if (lost.exitedUs - harmedUs(story, before) >= surelyUs) continue;
      return {
        reason: 'a slot was restarted more often than max_restarts allows',
        expected: `at most ${maxRestarts} restarts of a slot in ${windowSec} s`,
        seen: `the start of ${restart.tag}`,
        records: startRecords(story, restart.tag),
      };
    }
  }
  return undefined;
}

function startRecords(story: Story, tag: string): number[] {
  return story.records
    .filter((each) => each.kind === 'process' && each.process === tag && each.event === 'start')
    .map(({ seq }) => seq);
}

/**
 * The n-th restart in the window waits 0, 2, 4, 8 … 60 s: neither much less nor much more. Times are
 * those that workers report of themselves. RST-3.
 */
export function backoffsGrow(atLeast: number): Judge {
  return judgeOf('RST-3', {
    fault(story) {
      for (const { tag, waitUs, gapUs } of waitsOf(story)) {
        const latestUs = waitUs * story.header.timeScale + (story.header.deadlinesUs.grace ?? 0);
        if (gapUs >= waitUs * 0.9 && gapUs <= latestUs) continue;
        return {
          reason: `a restart came too ${gapUs < waitUs ? 'early' : 'late'}`,
          expected: `${tag} starts ${waitUs / 1_000_000} s after the loss before`,
          seen: `after ${Math.round(gapUs / 1000)} ms`,
          records: startRecords(story, tag),
        };
      }
      return undefined;
    },
    floor: (story) =>
      waitsOf(story).length >= atLeast ? undefined : `fewer than ${atLeast} restarts were seen`,
  });
}

function waitsOf(story: Story): { tag: string; waitUs: number; gapUs: number }[] {
  const { restart_window_sec: windowSec = 60 } = story.header.limits;
  const restarts = restartsOf(story);
  return restarts.flatMap((restart) => {
    const lostUs = predecessorOf(story, restart)?.exitedUs;
    if (lostUs === undefined) return [];
    const slot = restart.tag.slice(0, restart.tag.lastIndexOf('/') + 1);
    const counted = restarts.filter(
      ({ tag, startedUs }) =>
        tag.startsWith(slot) && startedUs < lostUs && startedUs > lostUs - windowSec * 1_000_000,
    ).length;
    const waitUs = counted === 0 ? 0 : Math.min(2 ** counted, 60) * 1_000_000;
    return [{ tag: restart.tag, waitUs, gapUs: restart.startedUs - lostUs }];
  });
}

/** The workers that ended before the subject was told to. */
export function lostWorkers(story: Story): ProcessFacts[] {
  const { stopUs } = momentsOf(story);
  return [...story.processes.values()].filter(
    ({ tag, exitedUs = Infinity }) => tag !== 'bus' && exitedUs < stopUs,
  );
}

/** When the suite did to a worker what ends it; else when its end was seen. */
export function harmedUs(story: Story, { tag, exitedUs = Infinity }: ProcessFacts): number {
  const harm = story.faults.find(({ target, fault }) => target === tag && harms.has(fault));
  return Math.min(harm?.atUs ?? Infinity, exitedUs);
}

const harms: ReadonlySet<string> = new Set(['kill', 'exit', 'close-stdout']);

/** Requests of a pool without a live worker are answered: by an error, or by who came after. RST-5. */
export function noSilenceWithoutWorkers(pool: string): Judge {
  const asked = (story: Story) =>
    story.clientSent.filter(
      (line) =>
        line.kind === 'request' &&
        (line.pool ?? pool) === pool &&
        line.atUs < momentsOf(story).stopUs &&
        !hasLiveWorker(story, pool, line.atUs),
    );
  return judgeOf('RST-5', {
    fault(story) {
      const silent = asked(story).find((line) => answerTo(story, line) === undefined);
      return (
        silent && {
          reason: 'a request without a live worker was met with silence',
          expected: `an answer to ${quoted(silent)}`,
          seen: 'nothing',
          records: [silent.seq],
        }
      );
    },
    floor: (story) =>
      asked(story).length > 0 ? undefined : 'nothing was asked while no worker was alive',
  });
}

function hasLiveWorker(story: Story, pool: string, atUs: number): boolean {
  return [...story.processes.values()].some(
    (worker) =>
      worker.tag.startsWith(`${pool}/`) &&
      worker.startedUs <= atUs &&
      atUs <= harmedUs(story, worker),
  );
}
