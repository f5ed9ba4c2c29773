import type { Failure, Judge } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { judgeOf } from './facts.ts';
import { quoted } from './moments.ts';
import { answerTo } from './served-requests.ts';

/**
 * While a worker did not read, requests for its sessions were refused at last, with an error that says
 * that they may be sent again. FLW-2.
 */
export const requestsBeyondTheQueueAreRefused: Judge = judgeOf('FLW-2', {
  floor: (story) =>
    stalledRequests(story).length === 0
      ? 'nothing was asked of a worker that did not read'
      : undefined,
  fault: (story) => {
    const requests = stalledRequests(story);
    const refusals = requests.flatMap((request) => {
      const answer = answerTo(story, request);
      return answer?.isError === true ? [answer] : [];
    });
    const bytes = requests.reduce((sum, request) => sum + request.bytes.length, 0);
    if (requests.length > 0 && refusals.length === 0) return neverRefused(bytes);
    const final = refusals.find((refusal) => retryableOf(refusal) !== true);
    return final && notRetryable(final);
  },
});

/** Requests in sessions of a worker while it did not read. */
function stalledRequests(story: Story): Line[] {
  const stall = story.faults.find(({ fault, target }) => fault === 'stall' && target.includes('/'));
  if (stall === undefined) return [];
  const sessions = new Set(
    story.workerReceived
      .filter(({ place, atUs }) => place === stall.target && atUs <= stall.atUs)
      .map(({ sessionId }) => sessionId),
  );
  return story.clientSent.filter(
    ({ kind, sessionId, atUs }) =>
      kind === 'request' && sessionId !== undefined && sessions.has(sessionId) && atUs > stall.atUs,
  );
}

function neverRefused(bytes: number): Failure {
  return {
    reason: 'requests for a worker that does not read were never refused',
    expected: 'an error with data.retryable true once the queue is full',
    seen: `${bytes} bytes of requests, and no error`,
  };
}

function notRetryable(refusal: Line): Failure {
  return {
    reason: 'the error for a full queue does not say that the request may be sent again',
    expected: 'data.retryable true',
    seen: quoted(refusal),
    records: [refusal.seq],
  };
}

/** `error.data.retryable` of a response. */
export function retryableOf(answer: Line): unknown {
  return JSON.parse(answer.bytes.toString()).error?.data?.retryable;
}
