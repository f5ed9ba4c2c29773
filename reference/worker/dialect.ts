import type { Dialect } from '../../schemas/generated/subject.ts';

/** What a frame of this dialect begins with, inside its brace. */
export const frameStarts: Readonly<Record<Dialect, string>> = {
  jsonrpc: '"jsonrpc":"2.0",',
  codex: '',
};

/** Whom a frame concerns: what a response, a notification or a request has to carry (WRK-3). */
export interface Address {
  /** The top-level session member; undefined where the frame that caused this had none. */
  readonly sessionId: string | undefined;
  /** In the codex dialect, `params.threadId`. */
  readonly threadId: string | undefined;
}

/** How a worker spells its frames. */
export interface Spelling {
  readonly dialect: Dialect;
  /** The bus's `routing.session_id_field`. */
  readonly sessionIdField: string;
}

/**
 * The line of a response, LF included; `outcome` is its last member, `"result":…` or `"error":…`. The
 * id is as the request spelled it. Implements WRK-2, WRK-3, WRK-10.
 */
export function responseLine(
  spelling: Spelling,
  { idJson, sessionId }: { readonly idJson: string; readonly sessionId: string | undefined },
  outcome: string,
): string {
  const start = frameStarts[spelling.dialect];
  return `{${start}"id":${idJson},${sessionMember(spelling, sessionId)}${outcome}}\n`;
}

/**
 * The line of a request, or without an id of a notification, LF included. Throws a TypeError where
 * `params` cannot be written as JSON. Implements WRK-3.
 */
export function methodLine(
  spelling: Spelling,
  { sessionId, threadId }: Address,
  frame: { readonly id?: string; readonly method: string; readonly params: object | undefined },
): string {
  const start = frameStarts[spelling.dialect];
  const id = frame.id === undefined ? '' : `"id":${JSON.stringify(frame.id)},`;
  const session = sessionMember(spelling, sessionId);
  const params = threadId === undefined ? frame.params : withThread(frame.params, threadId);
  const written = params === undefined ? '' : `,"params":${JSON.stringify(params)}`;
  return `{${start}${id}"method":${JSON.stringify(frame.method)}${session === '' ? '' : `,${session.slice(0, -1)}`}${written}}\n`;
}

/** The session's member with a comma after it; nothing where there is no session. */
function sessionMember({ sessionIdField }: Spelling, sessionId: string | undefined): string {
  if (sessionId === undefined) return '';
  return `${JSON.stringify(sessionIdField)}:${JSON.stringify(sessionId)},`;
}

function withThread(params: object | undefined, threadId: string): object | undefined {
  return Array.isArray(params) ? params : { threadId, ...params };
}
