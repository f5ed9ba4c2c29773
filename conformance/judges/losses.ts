import { type Finding, failed, passed } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { hasLeft, momentsOf, quoted } from './moments.ts';

/**
 * What was pending on a worker that is lost gets an error within a second, which says whether the
 * worker may have seen it. RST-1.
 */
export function judgeLosses(story: Story): Finding[] {
  return story.clientSent
    .filter(({ kind }) => kind === 'request')
    .flatMap((request) => {
      const [delivery] = story.deliveries.get(request) ?? [];
      return delivery === undefined ? [] : judgeLoss(story, request, delivery);
    });
}

function judgeLoss(story: Story, request: Line, delivery: Line): Finding[] {
  const worker = story.processes.get(delivery.place);
  const { exitedUs = Infinity } = worker ?? {};
  const { stopUs, abandonedUs } = momentsOf(story);
  const isAnswered = story.answersOf.has(delivery);
  if (exitedUs === Infinity || exitedUs > stopUs || isAnswered) return [];
  if (abandonedUs < Infinity || hasLeft(story, request.place)) return [];
  const answer = story.clientReceived.find(
    ({ place, idJson, method, atUs }) =>
      place === request.place &&
      idJson === request.idJson &&
      method === undefined &&
      atUs > request.atUs,
  );
  if (answer === undefined) {
    return [
      failed('RST-1', {
        reason: 'a request that was pending on a lost worker got no error',
        expected: `an error to ${quoted(request)}`,
        seen: 'nothing',
        records: [request.seq, delivery.seq],
      }),
    ];
  }
  const lateUs = answer.atUs - exitedUs;
  const limitUs = 1_000_000 * story.header.timeScale + (story.header.deadlinesUs.grace ?? 0);
  const records = [request.seq, delivery.seq, answer.seq];
  if (lateUs > limitUs) {
    const reason = 'the error for a lost worker came late';
    const seen = `after ${Math.round(lateUs / 1000)} ms`;
    return [failed('RST-1', { reason, expected: 'within 1 s', seen, records })];
  }
  if (deliveredOf(answer) === true) return [passed('RST-1')];
  return [
    failed('RST-1', {
      reason: 'the error for a lost worker does not say that the request was delivered',
      expected: 'error.data.delivered true, since the worker had read it',
      seen: quoted(answer),
      records,
    }),
  ];
}

/** `error.data.delivered` of a response. */
export function deliveredOf(answer: Line): unknown {
  return JSON.parse(answer.bytes.toString()).error?.data?.delivered;
}
