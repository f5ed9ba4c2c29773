import { type Finding, failed, type Judge, passed, unclear } from '../finding.ts';
import type { ProcessFacts, Story } from '../history/story.ts';
import { drainSeenUs, drainUs, type PendingRequest, pendingAtStop } from './drains.ts';
import { type Fault, judgeOf, observed } from './facts.ts';
import { momentsOf, quoted } from './moments.ts';
import { incarnationOf } from './restarts.ts';
import { answerTo } from './served-requests.ts';

/** When each worker was told to end, by SIGTERM or the end of its stdin, after the stop. */
function toldUs(story: Story, tag: string): number {
  const { stopUs } = momentsOf(story);
  const told = story.observations.find(
    ({ process, name, value, atUs }) =>
      process === tag &&
      atUs > stopUs &&
      ((name === 'signal-received' && value === 'SIGTERM') || name === 'stdin-ended'),
  );
  return told?.atUs ?? Infinity;
}

/** The workers that lived when the subject was told to end, and that the suite did nothing to. */
function workersAtStop(story: Story): ProcessFacts[] {
  const { stopUs } = momentsOf(story);
  const harmed = new Set(story.faults.map(({ target }) => target));
  return [...story.processes.values()].filter(
    ({ tag, startedUs, exitedUs = Infinity }) =>
      tag !== 'bus' && startedUs < stopUs && exitedUs > stopUs && !harmed.has(tag),
  );
}

/** In a drain each worker is told to end; so many workers at least. DRN-2. */
export function workersAreTold(atLeast = 1): Judge {
  return judgeOf('DRN-2', {
    fault(story) {
      const { stopUs } = momentsOf(story);
      const untold = workersAtStop(story).find(
        ({ tag, exitedUs = Infinity }) =>
          exitedUs < stopUs + drainUs(story) && toldUs(story, tag) === Infinity,
      );
      return (
        untold && {
          reason: 'a worker was not told to end',
          expected: 'SIGTERM, or the end of its stdin',
          seen: `the end of ${untold.tag} without either`,
        }
      );
    },
    floor(story) {
      const told = workersAtStop(story).filter(({ tag }) => toldUs(story, tag) < Infinity);
      return told.length >= atLeast ? undefined : `fewer than ${atLeast} workers were told to end`;
    },
  });
}

/** A worker is told to end only once nothing is pending on it. Passes where a busy one was told. DRN-7. */
export const busyWorkersAreLeftAlone: Judge = (story): Finding[] => {
  const busy = pendingAtStop(story).filter(
    ({ delivery }) => toldUs(story, delivery.place) < Infinity,
  );
  const isSeen = busy.some(({ delivery }) =>
    story.answersOf.get(delivery)?.some(({ atUs }) => atUs > drainSeenUs(story)),
  );
  const early = busy.find(({ delivery }) => {
    const answeredUs = story.answersOf.get(delivery)?.[0]?.atUs ?? Infinity;
    return toldUs(story, delivery.place) < answeredUs;
  });
  if (early !== undefined) {
    return [
      failed('DRN-7', {
        reason: 'a worker was told to end while a request was pending on it',
        expected: `its response to ${quoted(early.delivery)} first`,
        seen: `SIGTERM or the end of stdin at ${early.delivery.place} before`,
        records: [early.delivery.seq],
      }),
    ];
  }
  if (isSeen) return [passed('DRN-7')];
  return [unclear('DRN-7', { reason: 'no worker was busy when the drain was seen to act' })];
};

/** The bus ends before its drain timeout, though clients stay connected. DRN-2. */
export const drainEndsWithItsWork: Judge = judgeOf('DRN-2', {
  fault(story) {
    const { stopUs, exitUs } = momentsOf(story);
    if (exitUs < stopUs + drainUs(story)) return undefined;
    return {
      reason: 'a drain with nothing left to do went on to its timeout',
      expected: `the end of the bus before ${drainUs(story) / 1_000_000} s`,
      seen: exitUs === Infinity ? 'it never ended' : `${Math.round((exitUs - stopUs) / 1000)} ms`,
    };
  },
});

/** The bus ends within 1 s of its drain timeout at the latest. DRN-3. */
export const drainIsBounded: Judge = judgeOf('DRN-3', { fault: endedLate });

function endedLate(story: Story): Fault {
  const { stopUs, exitUs } = momentsOf(story);
  const limitUs =
    (drainUs(story) + 1_000_000) * story.header.timeScale + (story.header.deadlinesUs.grace ?? 0);
  if (exitUs <= stopUs + limitUs) return undefined;
  return {
    reason: 'the bus did not end within 1 s of its drain timeout',
    expected: `within ${milliseconds(drainUs(story) + 1_000_000)} of the signal`,
    seen: milliseconds(exitUs - stopUs),
  };
}

function milliseconds(us: number): string {
  return us === Infinity ? 'never' : `${Math.round(us / 1000)} ms`;
}

/**
 * A drain that runs into its timeout ends within 1 s more, its workers with it; before that, nothing
 * that is pending is cut off. Passes only where a worker still ran at the timeout. DRN-3.
 */
export const drainEndsAtItsTimeout: Judge = judgeOf('DRN-3', {
  fault(story) {
    const late = endedLate(story);
    if (late !== undefined) return late;
    const { stopUs } = momentsOf(story);
    const timeoutUs = stopUs + drainUs(story);
    const cut = pendingAtStop(story).find(({ delivery }) => {
      const worker = story.processes.get(delivery.place);
      const isOwn = story.faults.some(({ target }) => target === delivery.place);
      return !isOwn && !story.answersOf.has(delivery) && (worker?.exitedUs ?? 0) < timeoutUs;
    });
    if (cut === undefined || isOwnEnd(story, cut)) return unansweredAtTimeout(story);
    return {
      reason: 'a worker with something pending was ended before the drain timeout',
      expected: `its end after ${milliseconds(drainUs(story))}`,
      seen: milliseconds((story.processes.get(cut.delivery.place)?.exitedUs ?? 0) - stopUs),
      records: [cut.request.seq],
    };
  },
  floor(story) {
    const { stopUs } = momentsOf(story);
    const isLate = [...story.processes.values()].some(
      ({ tag, exitedUs = Infinity }) => tag !== 'bus' && exitedUs >= stopUs + drainUs(story),
    );
    return isLate ? undefined : 'no worker was still there at the drain timeout';
  },
});

/** Whether the worker ended by itself: it then told its exit code. */
function isOwnEnd(story: Story, { delivery }: PendingRequest): boolean {
  return typeof story.processes.get(delivery.place)?.exitCode === 'number';
}

function unansweredAtTimeout(story: Story): Fault {
  const silent = pendingAtStop(story).find(({ request }) => {
    const connection = story.connections.get(request.place);
    return connection?.leftUs === undefined && answerTo(story, request) === undefined;
  });
  return (
    silent && {
      reason: 'a request that was pending at the drain timeout got no error',
      expected: `an error to ${quoted(silent.request)}`,
      seen: 'nothing',
      records: [silent.request.seq],
    }
  );
}

/** A second signal ends everything within 1 s. Passes only where a worker was there that would not end. DRN-4. */
export const secondSignalEndsAll: Judge = judgeOf('DRN-4', {
  fault(story) {
    const { abandonedUs, exitUs } = momentsOf(story);
    const limitUs = 1_000_000 * story.header.timeScale + (story.header.deadlinesUs.grace ?? 0);
    if (exitUs - abandonedUs <= limitUs) return undefined;
    const took = exitUs === Infinity ? 'it never ended' : `${Math.round(exitUs / 1000)} ms`;
    return {
      reason: 'the bus did not end within 1 s of a second signal',
      expected: 'within 1 s',
      seen: took,
    };
  },
  floor(story) {
    const { abandonedUs } = momentsOf(story);
    if (story.signals.length < 2) return 'no second signal was sent';
    const isStubborn = [...story.processes.values()].some(
      ({ tag, startedUs, exitedUs = Infinity }) =>
        tag !== 'bus' && startedUs < abandonedUs && exitedUs > abandonedUs,
    );
    return isStubborn ? undefined : 'no worker was there any more at the second signal';
  },
});

/** Once a drain has begun no slot is started. Passes only where a worker was lost before its end. RST-2. */
export const noneIsStartedInADrain: Judge = judgeOf('RST-2', {
  fault(story) {
    const { stopUs } = momentsOf(story);
    const graceUs = story.header.deadlinesUs.grace ?? 0;
    const started = [...story.processes.values()].find(({ tag, startedUs }) => {
      if (tag === 'bus' || incarnationOf(tag) === 1 || startedUs < stopUs) return false;
      const before = story.processes.get(tag.replace(/\d+$/, String(incarnationOf(tag) - 1)));
      // One that was under way when the signal came may still report.
      return (before?.exitedUs ?? 0) > drainSeenUs(story) || startedUs > stopUs + graceUs;
    });
    return (
      started && {
        reason: 'a worker was started during a drain',
        expected: 'none',
        seen: `the start of ${started.tag}`,
      }
    );
  },
  floor(story) {
    const { exitUs } = momentsOf(story);
    const isLost = story.faults.some(
      ({ fault, atUs }) => (fault === 'kill' || fault === 'exit') && atUs < exitUs,
    );
    return isLost ? undefined : 'no worker was lost';
  },
});

/** What is pending on a worker that is lost during a drain gets an error within 1 s. RST-1. */
export const lossesInADrainAreAnswered: Judge = (story): Finding[] => {
  const lost = pendingAtStop(story).filter(
    ({ delivery }) =>
      story.faults.some(
        ({ target, atUs }) => target === delivery.place && atUs > drainSeenUs(story),
      ) && !story.answersOf.has(delivery),
  );
  if (lost.length === 0)
    return [unclear('RST-1', { reason: 'no busy worker was lost in the drain' })];
  return lost.map(({ request, delivery }) => {
    const answer = answerTo(story, request);
    const lateUs =
      (answer?.atUs ?? Infinity) - (story.processes.get(delivery.place)?.exitedUs ?? 0);
    const limitUs = 1_000_000 * story.header.timeScale + (story.header.deadlinesUs.grace ?? 0);
    if (answer?.isError && lateUs <= limitUs) return passed('RST-1');
    return failed('RST-1', {
      reason: 'a request of a worker that was lost during a drain got no error in time',
      expected: `an error to ${quoted(request)} within 1 s`,
      seen: answer === undefined ? 'nothing' : quoted(answer),
      records: [request.seq],
    });
  });
};

/** The bus has ended and nothing of it is left, also where it has never served. DRN-5. */
export const nothingIsLeft: Judge = judgeOf('DRN-5', {
  fault(story) {
    const [left] = story.leftovers.filter(({ what }) => what !== 'descendant');
    return (
      left && {
        reason: 'after the end of the bus something of it was left',
        expected: 'nothing',
        seen: `${left.what}: ${left.name}`,
        records: [left.seq],
      }
    );
  },
  floor: (story) => (momentsOf(story).exitUs < Infinity ? undefined : 'the bus has not ended'),
});

/** No child of a worker is left. `drive` observes `descendants`: how many it had workers start. DRN-8. */
export const noDescendantIsLeft: Judge = judgeOf('DRN-8', {
  fault(story) {
    const [left] = story.leftovers.filter(({ what }) => what === 'descendant');
    return (
      left && {
        reason: 'after the end of the bus there was still a process that a worker had started',
        expected: 'nothing',
        seen: left.name,
        records: [left.seq],
      }
    );
  },
  floor(story) {
    if (momentsOf(story).exitUs === Infinity) return 'the bus has not ended';
    return Number(observed(story, 'descendants') ?? 0) > 0
      ? undefined
      : 'no worker started a process';
  },
});
