import { type Finding, failed, passed } from '../../finding.ts';
import type { Line, Story } from '../../history/story.ts';
import { topLevelMembers } from '../../history/top-level-members.ts';
import { observed } from '../facts.ts';
import { quoted } from '../moments.ts';
import { exchangesOf } from './exchanges.ts';

/** The session id of a request is on its response, and on what it causes. WRK-3. */
export function judgeSessionIds(story: Story): Finding[] {
  const isCodex = observed(story, 'dialect') === 'codex';
  const responses = exchangesOf(story).exchanges.flatMap(({ request, responses: own }) =>
    own.flatMap((response) => judgeResponse(request, response, isCodex)),
  );
  return [...responses, ...judgeOthers(story)];
}

function judgeResponse(request: Line, response: Line, isCodex: boolean): Finding[] {
  const asked = sessionJson(request);
  const given = sessionJson(response);
  // Params are the place of a session in the dialect codex, and a response has none.
  if (given === asked) return asked === undefined ? [] : [passed('WRK-3')];
  if (isCodex && given === undefined) return [];
  return [
    failed('WRK-3', {
      reason:
        given === undefined
          ? 'the session id of the request is not on its response'
          : asked === undefined
            ? 'a response has a session id, and its request had none'
            : "a response has another session id than its request's",
      expected: asked === undefined ? 'no sessionId' : `"sessionId":${asked}`,
      seen: quoted(response),
      records: [request.seq, response.seq],
    }),
  ];
}

/** The value of `sessionId`, whatever its spelling; undefined where there is none. */
function sessionJson({ bytes }: Line): string | undefined {
  const raw = bytes.toString('latin1');
  const member = topLevelMembers(raw).findLast(({ name }) => name === 'sessionId');
  if (member === undefined) return undefined;
  const text = raw.slice(member.valueStart, member.valueEnd);
  return JSON.stringify(JSON.parse(Buffer.from(text, 'latin1').toString()));
}

/** A notification or a request of the worker names no session but one that it has seen. */
function judgeOthers(story: Story): Finding[] {
  const seen = new Set(story.workerReceived.map(({ sessionId }) => sessionId));
  const stranger = workerFramesOf(story).find(
    ({ sessionId }) => sessionId !== undefined && !seen.has(sessionId),
  );
  if (stranger === undefined) return [];
  return [
    failed('WRK-3', {
      reason: 'a notification or request of the worker has a session id that nobody used',
      seen: quoted(stranger),
      records: [stranger.seq],
    }),
  ];
}

/** The notifications and requests that the worker sent. */
export function workerFramesOf({ workerSent }: Story): Line[] {
  return workerSent.filter(({ kind }) => kind === 'notification' || kind === 'request');
}

/** The session that a frame of the worker belongs to, in either dialect. */
export function sessionOf(story: Story, line: Line): string | undefined {
  if (line.sessionId !== undefined) return line.sessionId;
  if (observed(story, 'dialect') !== 'codex') return undefined;
  const { params } = JSON.parse(line.bytes.toString()) as { params?: { threadId?: unknown } };
  const thread = story.observations.find(
    ({ name, value }) => name.startsWith('thread of ') && value === params?.threadId,
  );
  return thread?.name.slice('thread of '.length);
}
