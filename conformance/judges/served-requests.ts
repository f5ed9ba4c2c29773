import { type Finding, failed, type Judge, passed, unclear } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { isOwnMethod, quoted } from './moments.ts';

export interface ServedOptions {
  /** The least number of such requests that shows anything; 1 by default. */
  readonly atLeast?: number;
  /** Which requests; by default all that a worker has to answer. */
  readonly which?: (line: Line, story: Story) => boolean;
}

/**
 * A judge that passes a requirement where every request (or those of `which`) reached a worker, was
 * answered by it, and the answer came back to where the request came from.
 */
export function everyRequestIsServed(requirement: string, options: ServedOptions = {}): Judge {
  const { atLeast = 1, which = () => true } = options;
  return (story): Finding[] => {
    const requests = story.clientSent.filter(
      (line) => line.kind === 'request' && !isOwnMethod(line) && which(line, story),
    );
    if (requests.length < atLeast) {
      return [unclear(requirement, { reason: `fewer than ${atLeast} such requests were sent` })];
    }
    const unserved = requests.find((line) => !isServed(story, line));
    if (unserved === undefined) return [passed(requirement)];
    return [
      failed(requirement, {
        reason: 'a request was not served',
        expected: `the worker's response to ${quoted(unserved)}`,
        seen: answerTo(story, unserved)?.bytes.toString() ?? 'no response',
        records: [unserved.seq],
      }),
    ];
  };
}

/** Whether a worker's response to this request came back to its connection. */
export function isServed(story: Story, request: Line): boolean {
  return (story.deliveries.get(request) ?? []).some((delivery) =>
    (story.answersOf.get(delivery) ?? []).some((answer) =>
      (story.receipts.get(answer) ?? []).some(
        ({ place, idJson }) => place === request.place && idJson === request.idJson,
      ),
    ),
  );
}

/** The first response with the id of the request that came after it. */
export function answerTo(story: Story, request: Line): Line | undefined {
  return story.clientReceived.find(
    ({ place, idJson, method, seq }) =>
      place === request.place &&
      idJson === request.idJson &&
      method === undefined &&
      seq > request.seq,
  );
}
