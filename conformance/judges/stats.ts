import type { StatsResult } from '../../schemas/generated/bus-methods.ts';
import { validateStatsResponse } from '../../schemas/generated/bus-methods.validate.ts';
import type { Failure, Judge } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { judgeOf } from './facts.ts';
import { isOwnMethod, quoted } from './moments.ts';
import { answerTo } from './served-requests.ts';

const statsMethod = 'stdio_bus/stats';
/** What the id of a frame may grow or shrink by on its way. */
const idBytes = 40;

/** An answer to a stats request, and what was asked. */
interface Reading {
  readonly request: Line;
  readonly answer: Line;
  readonly result: StatsResult;
}

/**
 * Each answer to a stats request has the right form and fits what was seen until then: sessions,
 * pending requests, restarts and workers; and counters have moved since the one before by what went
 * through. EXT-2. For histories in which nothing else goes on while stats are asked.
 */
export function statsFitWhatWasSeen(atLeast = 1): Judge {
  return judgeOf('EXT-2', {
    floor: (story) =>
      readingsOf(story).length < atLeast ? `fewer than ${atLeast} stats were answered` : undefined,
    fault: (story) => {
      const bad = badForm(story) ?? forwarded(story);
      if (bad !== undefined) return bad;
      const readings = readingsOf(story);
      for (const [index, reading] of readings.entries()) {
        const before = readings[index - 1];
        const fault =
          misfit(reading, momentary(story, reading)) ??
          misfit(reading, workersOf(story, reading)) ??
          (before && misfit(reading, moved(story, before, reading)));
        if (fault !== undefined) return fault;
      }
      return undefined;
    },
  });
}

function requestsOf(story: Story): Line[] {
  return story.clientSent.filter(
    ({ kind, method }) => kind === 'request' && method === statsMethod,
  );
}

/** The stats that were answered in the right form, in order. */
export function readingsOf(story: Story): Reading[] {
  return requestsOf(story).flatMap((request) => {
    const answer = answerTo(story, request);
    const json = answer && JSON.parse(answer.bytes.toString());
    return answer !== undefined && validateStatsResponse(json)
      ? [{ request, answer, result: json.result as StatsResult }]
      : [];
  });
}

function badForm(story: Story): Failure | undefined {
  const bad = requestsOf(story)
    .map((request) => answerTo(story, request))
    .find((answer) => answer && !validateStatsResponse(JSON.parse(answer.bytes.toString())));
  if (bad === undefined) return undefined;
  const reason = 'the answer to a stats request has the wrong form';
  return { reason, expected: 'bus-methods#StatsResponse', seen: quoted(bad), records: [bad.seq] };
}

function forwarded(story: Story): Failure | undefined {
  const line = story.workerReceived.find(({ method }) => method === statsMethod);
  if (line === undefined) return undefined;
  const reason = 'a stats request was forwarded to a worker';
  return { reason, expected: 'at no worker', seen: quoted(line), records: [line.seq] };
}

/** A number that has to be within bounds. */
type Expectation = readonly [name: string, seen: number, least: number, most: number];

function misfit({ answer }: Reading, expectations: readonly Expectation[]): Failure | undefined {
  const wrong = expectations.find(([, seen, least, most]) => seen < least || seen > most);
  if (wrong === undefined) return undefined;
  const [name, seen, least, most] = wrong;
  return {
    reason: `a number of the stats does not fit what was seen: ${name}`,
    expected: least === most ? `${least}` : `${least} to ${most}`,
    seen: `${seen} in ${quoted(answer)}`,
    records: [answer.seq],
  };
}

function momentary(story: Story, { request, answer, result }: Reading): Expectation[] {
  const delivered = story.workerReceived.filter(
    (line) => line.seq < answer.seq && story.sourceOf.has(line),
  );
  const sessions = new Set(delivered.flatMap(({ sessionId }) => sessionId ?? [])).size;
  const open = story.clientSent.filter(
    (line) =>
      line.kind === 'request' &&
      line.seq < request.seq &&
      story.deliveries.has(line) &&
      (answerTo(story, line)?.seq ?? Infinity) > answer.seq,
  );
  const leftUs = ({ place }: Line) => story.connections.get(place)?.leftUs ?? Infinity;
  // Of those who left, it shows in `clientDisconnects` whether the bus has seen it.
  const waiting = open.filter((line) => leftUs(line) > answer.atUs).length;
  const starts = story.records.filter(
    (each) =>
      each.kind === 'process' &&
      each.event === 'start' &&
      each.process !== 'bus' &&
      !each.process.endsWith('/1') &&
      each.seq < request.seq,
  ).length;
  const opened = [...story.connections.values()].filter(({ openedUs }) => openedUs < request.atUs);
  const left = opened.filter(({ leftUs = Infinity }) => leftUs < answer.atUs).length;
  return [
    ['sessions', result.sessions, sessions, sessions],
    ['pending', result.pending, waiting, result.clientDisconnects < left ? open.length : waiting],
    ['workerRestarts', result.workerRestarts, starts, starts],
    ['clientConnects', result.clientConnects, opened.length, opened.length],
    ['clientDisconnects', result.clientDisconnects, 0, left],
  ];
}

function workersOf(story: Story, { answer, result }: Reading): Expectation[] {
  const { workers } = result;
  const slots = story.header.pools.flatMap(({ id, instances }) =>
    Array.from({ length: instances }, (_, slot) => `${id}/${slot}`),
  );
  const listed = workers.map(({ pool, slot }) => `${pool}/${slot}`);
  const live = [...story.processes.values()].filter(
    ({ tag, startedUs, exitedUs = Infinity }) =>
      tag !== 'bus' && startedUs < answer.atUs && exitedUs > answer.atUs,
  );
  const unknown = live.filter(
    ({ tag, pid }) => !workers.some((each) => each.pid === pid && tag.startsWith(`${each.pool}/`)),
  );
  const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);
  const sessions = sum(workers.map((each) => each.sessions));
  return [
    ['slots in order', listed.join() === slots.join() ? 1 : 0, 1, 1],
    ['live workers without their pid', unknown.length, 0, 0],
    ['sum of workers[].sessions', sessions, 0, result.sessions],
    ['sum of workers[].pending', sum(workers.map((each) => each.pending)), 0, result.pending],
  ];
}

function moved(story: Story, before: Reading, now: Reading): Expectation[] {
  const isBetween = ({ seq }: Line) => seq > before.answer.seq && seq < now.answer.seq;
  const into = story.workerReceived.filter((line) => isBetween(line) && story.sourceOf.has(line));
  // The answer before was counted after it was made, or both were before: one of the two.
  const out = [before.answer, ...story.clientReceived.filter(isBetween)];
  // The bus's own methods have no form without an answer: such notifications are dropped.
  const refused = story.clientSent.filter(
    (line) =>
      isBetween(line) &&
      (line.kind === 'refused' || (line.kind === 'notification' && isOwnMethod(line))),
  );
  const difference = (name: keyof StatsResult) =>
    Number(now.result[name]) - Number(before.result[name]);
  const bytes = (lines: readonly Line[]) =>
    lines.reduce((sum, line) => sum + line.bytes.length + 1, 0);
  const slack = Math.abs(now.answer.bytes.length - before.answer.bytes.length) + 1;
  return [
    ['messagesIn', difference('messagesIn'), into.length, into.length],
    ['messagesOut', difference('messagesOut'), out.length, out.length],
    [
      'bytesIn',
      difference('bytesIn'),
      bytes(into) - idBytes * into.length,
      bytes(into) + idBytes * into.length,
    ],
    ['bytesOut', difference('bytesOut'), bytes(out) - slack, bytes(out) + slack],
    ['routingErrors', difference('routingErrors'), refused.length, Infinity],
  ];
}
