import { validateSessionLostNotification } from '../../schemas/generated/bus-methods.validate.ts';
import type { Failure, Judge } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { poolOf } from './affinity.ts';
import { judgeOf } from './facts.ts';
import { momentsOf, quoted } from './moments.ts';
import { answerTo } from './served-requests.ts';

export type LossReason = 'exit' | 'signal' | 'failed';

/** A session whose worker was lost while a connection owned it. */
interface Loss {
  readonly sessionId: string;
  readonly owner: string;
  readonly worker: string;
  readonly lostUs: number;
  /** When its next worker was lost. */
  readonly lostAgainUs: number;
  /** When the next worker read something of it. */
  readonly rebound: Line | undefined;
  /** Whether the owner's last hello before made the extension active. */
  readonly isNegotiated: boolean;
}

/**
 * The owner of each session of a lost worker was told once, if it had asked to be told, after the
 * errors of the session and before its next worker; nobody else was told anything. EXT-4.
 */
export function lossesAreTold(
  reason: LossReason,
  { told = 1, untold = 0 }: { readonly told?: number; readonly untold?: number } = {},
): Judge {
  return judgeOf('EXT-4', {
    floor: (story) => {
      const losses = lossesOf(story);
      const asked = losses.filter(({ isNegotiated }) => isNegotiated).length;
      if (asked < told) return `fewer than ${told} sessions were lost whose owner wants to know it`;
      return losses.length - asked < untold
        ? `fewer than ${untold} other sessions were lost`
        : undefined;
    },
    fault: (story) => {
      const losses = lossesOf(story);
      const news = story.clientReceived.filter(isNews);
      const unfit = news.find(
        (line) => !losses.some((loss) => loss.isNegotiated && isAbout(line, loss)),
      );
      if (unfit !== undefined) return unwanted(unfit);
      for (const loss of losses.filter(({ isNegotiated }) => isNegotiated)) {
        const fault = faultOf(story, {
          loss,
          news: news.filter((line) => isAbout(line, loss)),
          reason,
        });
        if (fault !== undefined) return fault;
      }
      return undefined;
    },
  });
}

function isNews({ method }: Line): boolean {
  return method === 'stdio_bus/session_lost';
}

function isAbout(line: Line, { sessionId, owner, lostUs, lostAgainUs }: Loss): boolean {
  const { params } = JSON.parse(line.bytes.toString());
  const isOfThis = line.atUs > lostUs && line.atUs < lostAgainUs;
  return line.place === owner && params?.sessionId === sessionId && isOfThis;
}

function lossesOf(story: Story): Loss[] {
  const { stopUs } = momentsOf(story);
  return [...story.processes.values()].flatMap(({ tag, exitedUs = Infinity }) => {
    if (tag === 'bus' || exitedUs >= stopUs) return [];
    const lostUs = endOf(story, tag);
    const heard = story.workerReceived.filter(
      (line) => line.place === tag && story.sourceOf.has(line),
    );
    const last = new Map(heard.flatMap((line) => (line.sessionId ? [[line.sessionId, line]] : [])));
    return [...last].map(([sessionId, line]) => lossFrom(story, { sessionId, line, lostUs }));
  });
}

/** When a worker ended, or the suite ended it: its bus may know before the suite sees it. */
function endOf({ processes, faults }: Story, tag: string): number {
  const { exitedUs = Infinity } = processes.get(tag) ?? {};
  const ending = faults.find(
    ({ fault, target }) => target === tag && (fault === 'kill' || fault === 'exit'),
  );
  return Math.min(exitedUs, ending?.atUs ?? Infinity);
}

function lossFrom(
  story: Story,
  { sessionId, line, lostUs }: { sessionId: string; line: Line; lostUs: number },
): Loss {
  const owner = story.sourceOf.get(line)?.place ?? '';
  const rebound = story.workerReceived.find(
    (next) => next.sessionId === sessionId && next.place !== line.place && next.atUs > lostUs,
  );
  const isNegotiated = wantsNews(story, owner, lostUs);
  const lostAgainUs = rebound === undefined ? Infinity : endOf(story, rebound.place);
  return { sessionId, owner, worker: line.place, lostUs, lostAgainUs, rebound, isNegotiated };
}

function wantsNews(story: Story, connection: string, atUs: number): boolean {
  const results = story.clientSent
    .filter(({ place, method }) => place === connection && method === 'stdio_bus/hello')
    .flatMap((hello) => answerTo(story, hello) ?? [])
    .filter((answer) => !answer.isError && answer.atUs < atUs)
    .map((answer) => JSON.parse(answer.bytes.toString()).result);
  return results.at(-1)?.extensions?.['session-lost']?.active === true;
}

function faultOf(
  story: Story,
  { loss, news, reason }: { loss: Loss; news: readonly Line[]; reason: LossReason },
): Failure | undefined {
  const [line, second] = news;
  const { sessionId, owner, worker } = loss;
  if (line === undefined || second !== undefined) {
    return {
      reason: `the owner of a lost session was told ${news.length} times`,
      expected: `once, of ${sessionId} on ${owner}`,
      seen: news.map(quoted).join('\n') || 'nothing',
      records: news.map(({ seq }) => seq),
    };
  }
  const json = JSON.parse(line.bytes.toString());
  const pool = worker.slice(0, worker.indexOf('/'));
  const isFit =
    validateSessionLostNotification(json) &&
    json.params.pool === pool &&
    json.params.reason === reason &&
    line.sessionId === sessionId;
  if (!isFit) {
    return {
      reason: 'the news of a lost session have the wrong form or content',
      expected: `session ${sessionId}, pool ${pool}, reason ${reason}, and the session's own member`,
      seen: quoted(line),
      records: [line.seq],
    };
  }
  return disorder(story, loss, line);
}

/** After the session's errors, before any frame of its next worker. */
function disorder(
  story: Story,
  { sessionId, worker, rebound }: Loss,
  line: Line,
): Failure | undefined {
  const lateError = story.clientSent
    .filter(
      (sent) =>
        sent.kind === 'request' && sent.sessionId === sessionId && sent.place === line.place,
    )
    .filter((sent) => story.deliveries.get(sent)?.some(({ place }) => place === worker))
    .flatMap((sent) => answerTo(story, sent) ?? [])
    .find((answer) => answer.isError && answer.index > line.index);
  const early =
    rebound &&
    story.clientReceived.find((each) => {
      const origin = story.originOf.get(each);
      const isNext = origin?.place === rebound.place && poolOf(rebound) === poolOf(origin);
      return (
        isNext &&
        each.sessionId === sessionId &&
        each.place === line.place &&
        each.index < line.index
      );
    });
  const wrong = lateError ?? early;
  if (wrong === undefined) return undefined;
  return {
    reason:
      wrong === early
        ? 'a frame of the next worker came before the news of the lost session'
        : 'the news of a lost session came before the error of a request of it',
    expected: 'first the errors of the lost worker, then the news, then the next worker',
    seen: quoted(wrong),
    records: [line.seq, wrong.seq],
  };
}

function unwanted(line: Line): Failure {
  return {
    reason: 'a client was told of a lost session that it does not own or did not ask about',
    expected: 'nothing',
    seen: `${quoted(line)} on ${line.place}`,
    records: [line.seq],
  };
}
