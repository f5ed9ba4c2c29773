import { type Finding, failed, type Judge, passed, unclear } from '../finding.ts';
import type { Line, ProcessFacts, Story } from '../history/story.ts';
import { type Fault, judgeOf } from './facts.ts';
import { momentsOf, quoted } from './moments.ts';
import { harmedUs, hasServingSuccessor, incarnationOf, lostWorkers } from './restarts.ts';
import { answerTo, isServed } from './served-requests.ts';

/**
 * Each request that was sent to a worker before it was lost, read or not, gets an error within 1 s
 * of the loss. For requests of sessions that the lost worker had: RST-1.
 */
export const whatWasQueuedGetsErrors: Judge = (story): Finding[] => {
  const lost = lostWorkers(story);
  const queued = lost.flatMap((worker) =>
    sentInSessionsOf(story, worker)
      .filter((line) => line.kind === 'request' && !story.deliveries.has(line))
      .map((request) => ({ request, worker })),
  );
  if (queued.length === 0) {
    return [unclear('RST-1', { reason: 'nothing was queued for a worker that was lost' })];
  }
  return queued.map(({ request, worker }) => {
    const answer = answerTo(story, request);
    const limitUs = 1_000_000 * story.header.timeScale + (story.header.deadlinesUs.grace ?? 0);
    const isInTime = answer?.isError && answer.atUs - (worker.exitedUs ?? 0) <= limitUs;
    if (isInTime) return passed('RST-1');
    return failed('RST-1', {
      reason: 'a request that was queued for a lost worker got no error in time',
      expected: `an error to ${quoted(request).slice(0, 100)} within 1 s`,
      seen: answer === undefined ? 'nothing' : quoted(answer),
      records: [request.seq, ...(answer === undefined ? [] : [answer.seq])],
    });
  });
};

/** The sessions of which a worker has read something. */
function sessionsOf(story: Story, { tag }: ProcessFacts): Set<string> {
  const read = story.workerReceived.filter(({ place }) => place === tag);
  return new Set(read.flatMap(({ sessionId }) => (sessionId === undefined ? [] : [sessionId])));
}

/** What clients sent, before the worker was done harm, in the sessions that were its own. */
function sentInSessionsOf(story: Story, worker: ProcessFacts): Line[] {
  const doomedUs = harmedUs(story, worker);
  const sessions = sessionsOf(story, worker);
  return story.clientSent.filter(
    ({ sessionId, atUs }) => sessionId !== undefined && sessions.has(sessionId) && atUs < doomedUs,
  );
}

/**
 * A session whose worker was lost is served by another, at the latest when the next incarnation runs.
 * Passes only where such a session was asked again. RST-4.
 */
export const lostSessionsAreServed: Judge = (story): Finding[] => {
  const asked = lostWorkers(story).flatMap((worker) => askedAgain(story, worker));
  const refused = asked.find((request) => !story.deliveries.has(request));
  if (refused !== undefined) {
    return [
      failed('RST-4', {
        reason: 'a session whose worker was lost was not bound anew',
        expected: `${quoted(refused)} at a worker`,
        seen: answerTo(story, refused)?.bytes.toString() ?? 'no answer',
        records: [refused.seq],
      }),
    ];
  }
  if (asked.length > 0) return [passed('RST-4')];
  return [unclear('RST-4', { reason: 'no session of a lost worker was asked again' })];
};

/** Requests of the sessions of a lost worker that were sent when its successor had greeted. */
function askedAgain(story: Story, worker: ProcessFacts): Line[] {
  const next = worker.tag.replace(/\d+$/, String(incarnationOf(worker.tag) + 1));
  const { startedUs = Infinity, exitedUs = Infinity } = story.processes.get(next) ?? {};
  const untilUs = Math.min(exitedUs, momentsOf(story).stopUs);
  const sessions = sessionsOf(story, worker);
  return story.clientSent.filter(
    ({ kind, sessionId = '', atUs }) =>
      kind === 'request' && sessions.has(sessionId) && atUs > startedUs && atUs < untilUs,
  );
}

/** Half a line of a lost worker is seen by nobody, and spoils nothing of its successor. RST-6. */
export const halfLinesAreDiscarded: Judge = judgeOf('RST-6', {
  fault: (story) => joined(story) ?? swallowed(story),
  floor: (story) => {
    if (restsOf(story).length === 0) return 'no lost worker left half a line';
    return hasServingSuccessor(story) ? undefined : 'no worker that was started anew has served';
  },
});

function restsOf(story: Story): readonly Buffer[] {
  const lost = new Set(lostWorkers(story).map(({ tag }) => tag));
  return story.unterminated.filter(({ place }) => lost.has(place)).map(({ bytes }) => bytes);
}

function joined(story: Story): Fault {
  for (const rest of restsOf(story)) {
    const line = story.clientReceived.find(({ bytes }) => bytes.includes(rest));
    if (line === undefined) continue;
    return {
      reason: 'half a line of a lost worker reached a client',
      expected: 'it is discarded',
      seen: quoted(line),
      records: [line.seq],
    };
  }
  return undefined;
}

function swallowed(story: Story): Fault {
  for (const [answer, question] of story.questionOf) {
    const source = story.sourceOf.get(question);
    const isDue = incarnationOf(answer.place) > 1 && answer.atUs < momentsOf(story).stopUs;
    if (!isDue || source === undefined || isServed(story, source)) continue;
    return {
      reason: 'a response of the next incarnation was lost',
      expected: quoted(answer),
      seen: 'nothing at the client',
      records: [source.seq, answer.seq],
    };
  }
  return undefined;
}

/** What was queued for a lost worker is never given to another. RST-6. */
export const queuesAreDiscarded: Judge = judgeOf('RST-6', {
  fault: (story) => tails(story) ?? inherited(story),
  floor: (story) => {
    const hasQueued = lostWorkers(story).some((worker) =>
      sentInSessionsOf(story, worker).some((line) => !story.deliveries.has(line)),
    );
    if (!hasQueued) return 'nothing was queued for a worker that was lost';
    return hasServingSuccessor(story) ? undefined : 'no worker that was started anew has served';
  },
});

function tails(story: Story): Fault {
  const strange = story.workerReceived.filter(
    (line) => !story.sourceOf.has(line) && line.kind === 'refused',
  );
  const line = strange.find(({ bytes }) =>
    story.clientSent.some((sent) => sent.bytes.subarray(-bytes.length).equals(bytes)),
  );
  return (
    line && {
      reason: 'the rest of a frame for a lost worker was given to the next',
      expected: 'whole frames only',
      seen: `${quoted(line).slice(-100)} at ${line.place}`,
      records: [line.seq],
    }
  );
}

function inherited(story: Story): Fault {
  for (const worker of lostWorkers(story)) {
    for (const sent of sentInSessionsOf(story, worker)) {
      const elsewhere = story.deliveries.get(sent)?.find(({ place }) => place !== worker.tag);
      if (elsewhere === undefined) continue;
      return {
        reason: 'a frame that was queued for a lost worker was given to another',
        expected: sent.kind === 'request' ? 'an error' : 'it is dropped',
        seen: `${quoted(elsewhere).slice(0, 100)} at ${elsewhere.place}`,
        records: [sent.seq, elsewhere.seq],
      };
    }
  }
  return undefined;
}
