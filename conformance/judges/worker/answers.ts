import { type Finding, failed, passed } from '../../finding.ts';
import type { Line, Story } from '../../history/story.ts';
import { quoted } from '../moments.ts';
import { type Exchange, exchangesOf, idKey } from './exchanges.ts';
import { workerMomentsOf } from './worker-moments.ts';

/**
 * Each request has exactly one response with its id, and nothing else is answered (WRK-2); what was
 * pending when the worker was asked to end, as well (WRK-7, WRK-8).
 */
export function judgeWorkerAnswers(story: Story): Finding[] {
  const { exchanges, unasked } = exchangesOf(story);
  return [
    // First: a response with a wrong id says more than that one with the right id is missing.
    ...unasked.flatMap((response) => judgeUnasked(story, response)),
    ...exchanges.flatMap((exchange) => judgeExchange(story, exchange)),
    ...judgeAnonymous(story),
  ];
}

function judgeExchange(story: Story, { request, responses }: Exchange): Finding[] {
  const [first, second] = responses;
  if (second !== undefined) {
    return [
      failed('WRK-2', {
        reason: 'a request was answered twice',
        expected: `one response to ${quoted(request)}`,
        seen: quoted(second),
        records: [request.seq, second.seq],
      }),
    ];
  }
  if (first === undefined) return judgeMissing(story, request);
  const { ending, stopUs } = workerMomentsOf(story);
  return [passed('WRK-2'), ...(first.atUs >= stopUs ? [passed(ending)] : [])];
}

function judgeMissing(story: Story, request: Line): Finding[] {
  const { stopUs, abandonedUs, ending, exitUs } = workerMomentsOf(story);
  // An end that nobody asked for is judged by itself.
  if (abandonedUs <= exitUs && abandonedUs < Infinity) return [];
  if (request.atUs >= stopUs) return [];
  const isAtEnd = stopUs < Infinity && stopUs - request.atUs < pendingUs(story);
  const surplus = surplusErrorIn(story);
  return [
    failed(isAtEnd ? ending : 'WRK-2', {
      reason: isAtEnd
        ? 'a request that was pending was not answered before the end'
        : 'a request was never answered',
      expected: `a response to ${quoted(request)}`,
      seen: surplus === undefined ? 'none' : `none with its id, but ${quoted(surplus)}`,
      records: [request.seq, ...(surplus === undefined ? [] : [surplus.seq])],
    }),
  ];
}

/** What was asked so short a time before the end was pending; what was asked before it, forgotten. */
function pendingUs({ header }: Story): number {
  return header.deadlinesUs.response ?? 0;
}

function judgeUnasked(story: Story, response: Line): Finding[] {
  const { exchanges, badLines } = exchangesOf(story);
  const key = idKey(response);
  if (badLines.some((line) => line.idJson !== undefined && idKey(line) === key)) return [];
  const isText = key.startsWith('"');
  const twin = exchanges.find(({ request, responses }) => {
    const own = idKey(request);
    const isOtherType = own.startsWith('"') !== isText;
    return responses.length === 0 && isOtherType && textOf(own) === textOf(key);
  });
  return [
    failed('WRK-2', {
      reason:
        twin === undefined
          ? 'a response with an id that no request had'
          : 'the id of a response has another JSON type than that of its request',
      expected: twin === undefined ? 'the id of a request' : `the id ${twin.request.idJson}`,
      seen: quoted(response),
      records: [...(twin === undefined ? [] : [twin.request.seq]), response.seq],
    }),
  ];
}

function textOf(key: string): string {
  return key.startsWith('"') ? JSON.parse(key) : key;
}

/** The first error without an id that no bad line can account for. */
function surplusErrorIn(story: Story): Line | undefined {
  const { anonymous, badLines } = exchangesOf(story);
  // Half a line at the end is a bad line too.
  return anonymous[badLines.length + story.unterminated.length];
}

/** An error without an id is for a line that had none to give back; for nothing else. */
function judgeAnonymous(story: Story): Finding[] {
  const surplus = surplusErrorIn(story);
  if (surplus === undefined) return [];
  const hadNotifications = story.workerReceived.some(({ kind }) => kind === 'notification');
  return [
    failed('WRK-2', {
      reason: hadNotifications
        ? 'a notification was answered'
        : 'an error without an id for no bad line',
      expected: 'nothing',
      seen: quoted(surplus),
      records: [surplus.seq],
    }),
  ];
}
