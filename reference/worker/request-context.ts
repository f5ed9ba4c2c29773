import type { ClientRequestOptions } from './client-requests.ts';

/** What a handler knows of its frame, and how it speaks to whoever sent it. */
export interface FrameContext {
  readonly method: string;
  /** The session, if the frame named one; in the codex dialect `params.threadId` may name it. */
  readonly sessionId: string | undefined;
  /** The whole frame, parsed: `_ext`, `agentId` and whatever else it carries. */
  readonly frame: Readonly<Record<string, unknown>>;
  /**
   * Sends a notification to the owner of the session. Resolves when more may be written: wait for it,
   * and nothing grows while nobody reads. Never rejects, save with a TypeError where `params` cannot
   * be written as JSON. Without a session it reaches nobody. Implements WRK-3, WRK-9.
   */
  notify(method: string, params?: object): Promise<void>;
  /**
   * Asks the owner of the session, and resolves with the result. Rejects with a ClientRequestError: an
   * error is no approval. Serves COR-6.
   */
  request<Result = unknown>(
    method: string,
    params?: object,
    options?: ClientRequestOptions,
  ): Promise<Result>;
}

export interface RequestContext extends FrameContext {
  /** The id, as JSON.parse gives it: for logs. The response carries it as it was spelled. */
  readonly id: string | number;
  /**
   * Aborted when nobody waits for the response any more: the time to drain is over, the session was
   * cancelled, or the bus said that the client is gone. Its reason is the error to answer with, so
   * that a handler may let it through.
   */
  readonly signal: AbortSignal;
}

export interface NotificationContext extends FrameContext {
  /**
   * Aborts the signals of this session's requests, for a notification that means so. Those that wait
   * for their turn are answered with -32800.
   */
  cancelSession(reason?: string): void;
}

/** A notification of a client. */
export interface ClientNotification {
  readonly method: string;
  readonly params: unknown;
}

/**
 * Answers a request with what it returns, or resolves with; undefined is answered as null. Where it
 * throws an AnswerError that is the answer, and -32603 where it throws anything else. It may name the
 * type that it takes `params` for, and has to check it: anybody can send anything.
 */
export type MethodHandler = {
  // A method, so that its params may be narrowed.
  handle(params: unknown, context: RequestContext): unknown;
}['handle'];

/**
 * Told of each notification as it comes, before the requests that wait for their turn. What it returns
 * is waited for before the worker ends; beyond `maxPending` at a time, notifications are dropped.
 */
export type NotificationHandler = (
  notification: ClientNotification,
  context: NotificationContext,
) => unknown;
