import type { BusErrorName } from '../../schemas/generated/error.ts';
import { validateBusError } from '../../schemas/generated/error.validate.ts';
import type { Failure, Judge } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { judgeOf } from './facts.ts';
import { quoted } from './moments.ts';
import { answerTo } from './served-requests.ts';

export interface ExpectedError {
  readonly code: number;
  readonly name: BusErrorName;
  readonly retryable: boolean;
  readonly delivered: boolean;
}

/** Which errors are meant: of requests with this method, or those without an id. */
export type ErrorPlace = { readonly method: string } | 'without id' | 'to a worker';

/**
 * What was provoked got exactly this error, at least once; and every error of the bus has the form of
 * errors.md. EXT-6.
 */
export function busErrorIs(place: ErrorPlace, expected: ExpectedError): Judge {
  return judgeOf('EXT-6', {
    floor: (story) => (errorsAt(story, place).length === 0 ? 'no such error was given' : undefined),
    fault: (story) => malformed(story) ?? other(story, place, expected),
  });
}

/**
 * What an error says was not delivered is never read by a worker, not later either: the client sends
 * it again. Passes only where a request waited for a worker in vain. EXT-6.
 */
export function undeliveredStaysSo({ method }: { readonly method: string }): Judge {
  const isUndelivered = (story: Story, request: Line) => {
    const answer = answerTo(story, request);
    return answer !== undefined && errorOf(answer).data?.delivered === false;
  };
  return judgeOf('EXT-6', {
    floor: (story) =>
      errorsAt(story, { method }).length === 0 ? 'no request got an error' : undefined,
    fault: (story) => {
      const request = story.clientSent.find(
        (line) => story.deliveries.has(line) && isUndelivered(story, line),
      );
      if (request === undefined) return undefined;
      const [delivery] = story.deliveries.get(request) ?? [];
      return {
        reason: 'a worker read a request after its error had said that it was not delivered',
        expected: 'delivered true, or that no worker ever reads it',
        seen: `${quoted(request).slice(0, 100)} at ${delivery?.place}`,
        records: [request.seq, ...(delivery === undefined ? [] : [delivery.seq])],
      };
    },
  });
}

/** Error responses that no worker wrote. */
function madeErrors(story: Story): Line[] {
  const toClients = story.clientReceived.filter((line) => !story.originOf.has(line));
  const toWorkers = story.workerReceived.filter((line) => !story.sourceOf.has(line));
  return [...toClients, ...toWorkers].filter(({ isError, kind }) => isError && kind === 'response');
}

function errorsAt(story: Story, place: ErrorPlace): Line[] {
  const made = new Set(madeErrors(story));
  if (place === 'to a worker') {
    return story.workerReceived.filter((line) => made.has(line));
  }
  if (place === 'without id') {
    return story.clientReceived.filter((line) => made.has(line) && line.idJson === undefined);
  }
  return story.clientSent
    .filter(({ method }) => method === place.method)
    .flatMap((request) => answerTo(story, request) ?? [])
    .filter((line) => made.has(line));
}

function errorOf(line: Line): { readonly code?: unknown; readonly data?: Partial<ExpectedError> } {
  return JSON.parse(line.bytes.toString()).error ?? {};
}

function malformed(story: Story): Failure | undefined {
  const bad = madeErrors(story).find((line) => !validateBusError(errorOf(line)));
  if (bad === undefined) return undefined;
  return {
    reason: 'an error of the bus has not the form of errors.md',
    expected: 'a code and a name that belong together, and data of the bus',
    seen: quoted(bad),
    records: [bad.seq],
  };
}

function other(
  story: Story,
  place: ErrorPlace,
  { code, name, retryable, delivered }: ExpectedError,
): Failure | undefined {
  const wrong = errorsAt(story, place).find((line) => {
    const { code: seen, data = {} } = errorOf(line);
    const isSame =
      data.name === name && data.retryable === retryable && data.delivered === delivered;
    return seen !== code || !isSame;
  });
  if (wrong === undefined) return undefined;
  return {
    reason: `not the error ${name} of errors.md`,
    expected: `${name} (${code}), retryable ${retryable}, delivered ${delivered}`,
    seen: quoted(wrong),
    records: [wrong.seq],
  };
}
