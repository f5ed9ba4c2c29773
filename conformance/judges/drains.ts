import type { Judge } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { type Fault, judgeOf } from './facts.ts';
import { isOwnMethod, momentsOf, quoted } from './moments.ts';
import { answerTo, isServed } from './served-requests.ts';

/** A request that was with a worker, unanswered, when the subject was told to end. */
export interface PendingRequest {
  readonly request: Line;
  readonly delivery: Line;
}

/** What was pending at the moment at which the subject was told to end. */
export function pendingAtStop(story: Story): PendingRequest[] {
  const { stopUs } = momentsOf(story);
  return story.clientSent.flatMap((request) => {
    if (request.kind !== 'request') return [];
    if (story.connections.get(request.place)?.leftUs !== undefined) return [];
    const [delivery] = story.deliveries.get(request) ?? [];
    if (delivery === undefined || delivery.atUs > stopUs) return [];
    const { atUs: answeredUs = Infinity } = answerTo(story, request) ?? {};
    return answeredUs > stopUs ? [{ request, delivery }] : [];
  });
}

/** When the drain was first seen to act: a new request was refused, or a connection. */
export function drainSeenUs(story: Story): number {
  const { stopUs } = momentsOf(story);
  const refusals = story.clientSent
    .filter(({ kind, atUs }) => kind === 'request' && atUs > stopUs)
    .filter((request) => !story.deliveries.has(request))
    .map((request) => answerTo(story, request))
    .filter((answer) => answer?.isError)
    .map((answer) => answer?.atUs ?? Infinity);
  const connections = story.records
    .filter((each) => each.kind === 'connection' && each.event === 'refused')
    .map(({ atUs }) => atUs)
    .filter((atUs) => atUs > stopUs);
  return Math.min(Infinity, ...refusals, ...connections);
}

/** The configured drain timeout. */
export function drainUs(story: Story): number {
  return (story.header.limits.drain_timeout_sec ?? 5) * 1_000_000;
}

/**
 * What is pending when a drain begins is finished: what its worker answers comes through. Passes only
 * where so many requests were pending, and were answered after the drain was seen to act. In stdio
 * mode, the end of stdin cannot be seen to act. DRN-1, or DRN-6.
 */
export function pendingIsFinished(requirement: string, atLeast = 1): Judge {
  return judgeOf(requirement, {
    fault(story) {
      const lost = pendingAtStop(story).find(
        (each) => !isServed(story, each.request) && (isWritten(story, each) || isCut(story, each)),
      );
      return lost && unfinished(story, lost);
    },
    floor(story) {
      const seenUs = requirement === 'DRN-6' ? momentsOf(story).stopUs : drainSeenUs(story);
      const answered = pendingAtStop(story).filter(({ delivery }) =>
        story.answersOf.get(delivery)?.some(({ atUs }) => atUs > seenUs),
      );
      if (answered.length >= atLeast) return undefined;
      return `fewer than ${atLeast} requests were pending when the drain was seen to act`;
    },
  });
}

function isWritten(story: Story, { delivery }: PendingRequest): boolean {
  return story.answersOf.has(delivery);
}

/** Whether the bus ended before its worker could answer, though nothing hurried it. */
function isCut(story: Story, { delivery }: PendingRequest): boolean {
  const { stopUs, exitUs, abandonedUs } = momentsOf(story);
  const isHarmed = story.faults.some(({ target }) => target === delivery.place);
  return !isHarmed && abandonedUs === Infinity && exitUs < stopUs + drainUs(story);
}

function unfinished(story: Story, { request, delivery }: PendingRequest): Fault {
  const answer = answerTo(story, request);
  const [written] = story.answersOf.get(delivery) ?? [];
  return {
    reason: 'what was pending when the drain began was not delivered',
    expected: `the worker's response to ${quoted(request)}`,
    seen: answer === undefined ? 'nothing' : quoted(answer),
    records: [request.seq, ...(written === undefined ? [] : [written.seq])],
  };
}

/** From when the drain was seen on, each new request gets an error, and none reaches a worker. DRN-1. */
export function newRequestsAreRefused(atLeast = 1): Judge {
  const asked = (story: Story) =>
    story.clientSent.filter(
      (line) => line.kind === 'request' && line.atUs > drainSeenUs(story) && !isOwnMethod(line),
    );
  return judgeOf('DRN-1', {
    fault(story) {
      const taken = asked(story).find(
        (line) => story.deliveries.has(line) || answerTo(story, line)?.isError === false,
      );
      return (
        taken && {
          reason: 'a request that came during a drain was taken',
          expected: `an error to ${quoted(taken)}`,
          seen: answerTo(story, taken)?.bytes.toString() ?? 'it reached a worker',
          records: [taken.seq],
        }
      );
    },
    floor(story) {
      const refused = asked(story).filter((line) => answerTo(story, line)?.isError === true);
      return refused.length >= atLeast ? undefined : `fewer than ${atLeast} requests were refused`;
    },
  });
}

/** A connection that is made when the drain was seen to act is refused, or never served. DRN-1. */
export const newConnectionsAreRefused: Judge = judgeOf('DRN-1', {
  fault(story) {
    const seenUs = drainSeenUs(story);
    const late = [...story.connections.values()].filter(({ openedUs }) => openedUs > seenUs);
    const heard = story.clientReceived.find(({ place }) => late.some(({ id }) => id === place));
    return (
      heard && {
        reason: 'a connection was accepted during a drain',
        expected: 'it is refused',
        seen: quoted(heard),
        records: [heard.seq],
      }
    );
  },
  floor(story) {
    const seenUs = drainSeenUs(story);
    const isTried = story.records.some(
      (each) => each.kind === 'connection' && each.atUs > seenUs && isAttempt(each.event),
    );
    return isTried ? undefined : 'nobody tried to connect when the drain was seen to act';
  },
});

function isAttempt(event: string): boolean {
  return event === 'refused' || event === 'open';
}

/** Notifications of clients during a drain get no answer, whether they are forwarded or not. COR-4. */
export const notificationsAreNotAnswered: Judge = judgeOf('COR-4', {
  // Answers that nobody asked for are what the general judges find.
  fault: () => undefined,
  floor(story) {
    const seenUs = drainSeenUs(story);
    const isSent = story.clientSent.some(
      ({ kind, atUs }) => kind === 'notification' && atUs > seenUs,
    );
    return isSent ? undefined : 'no notification was sent when the drain was seen to act';
  },
});

/** What workers say during a drain reaches clients, and what clients answer reaches workers. DRN-1. */
export const speechPassesInADrain: Judge = judgeOf('DRN-1', {
  fault(story) {
    const lost = spokenInDrain(story).find((line) => !heard(story, line));
    return (
      lost && {
        reason: `a ${lost.kind} was lost during a drain`,
        expected: `${quoted(lost)} comes through`,
        seen: 'nowhere',
        records: [lost.seq],
      }
    );
  },
  floor(story) {
    const kinds = new Set(spokenInDrain(story).map(({ kind }) => kind));
    const isAll = ['notification', 'request', 'response'].every((kind) => kinds.has(kind as never));
    return isAll ? undefined : 'not all of notification, request and response came in the drain';
  },
});

/** Of sessions; notifications of clients may be dropped. */
function spokenInDrain(story: Story): Line[] {
  const seenUs = drainSeenUs(story);
  const ofWorkers = story.workerSent.filter(
    ({ kind, sessionId }) => kind !== 'response' && sessionId !== undefined,
  );
  const ofClients = story.clientSent.filter(({ kind }) => kind === 'response');
  return [...ofWorkers, ...ofClients].filter(({ atUs }) => atUs > seenUs);
}

function heard(story: Story, line: Line): boolean {
  return story.receipts.has(line) || story.deliveries.has(line);
}
