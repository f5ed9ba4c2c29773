import type { Log } from '../../reference/bus/log.ts';
import { clientError } from '../../reference/client/bus-request-error.ts';
import type { DialedWebSocket } from './dial-web-socket.ts';

/** Who the client is, for `initialize`. */
export interface ClientInfo {
  readonly name: string;
  readonly title?: string | undefined;
  readonly version?: string | undefined;
}

/** A session of an executor, as a connection got it. */
export interface ExecutorSession {
  /** Undefined: the peer names none, as an app server. */
  readonly sessionId: string | undefined;
  /** Whether it is the session of the connection before. */
  readonly isResumed: boolean;
  /** The result of `initialize`. */
  readonly result: unknown;
}

export interface CodexSessionOptions {
  readonly clientInfo: ClientInfo;
  /** A session to take up with the first connection. */
  readonly resumeSessionId: string | undefined;
  readonly onSession: ((session: ExecutorSession) => void) | undefined;
  readonly log: Log;
}

/** The client's own ids begin with 1. */
const initializeId = 0;

interface Answer {
  readonly id?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message?: unknown };
}

/**
 * The handshake of the codex dialect on each connection: `initialize`, its response, `initialized`.
 * The session that the first one got is taken up again by those after it.
 */
export class CodexSession {
  readonly #options: CodexSessionOptions;
  #sessionId: string | undefined;

  constructor(options: CodexSessionOptions) {
    this.#options = options;
    this.#sessionId = options.resumeSessionId;
  }

  get sessionId(): string | undefined {
    return this.#sessionId;
  }

  /** Makes the handshake. Rejects with NOT_CONNECTED where it is refused or not answered in time. */
  async begin({ webSocket }: DialedWebSocket, timeoutMs: number): Promise<void> {
    const { clientInfo, onSession, log } = this.#options;
    const asked = this.#sessionId;
    const resumption = asked === undefined ? {} : { resumeSessionId: asked };
    // Executors want `clientName`, app servers `clientInfo`; each leaves the other aside.
    const params = { clientName: clientInfo.name, clientInfo: whole(clientInfo), ...resumption };
    const answer = answerOf(webSocket, timeoutMs);
    webSocket.send(JSON.stringify({ id: initializeId, method: 'initialize', params }));
    webSocket.resume();
    const { result, error } = await answer;
    if (error !== undefined) {
      if (asked !== undefined) {
        log.warn({ sessionId: asked }, 'the session was not taken up again: the next one is new');
        this.#sessionId = undefined;
      }
      throw clientError('NOT_CONNECTED', `initialize was refused: ${String(error.message)}`);
    }
    webSocket.send(JSON.stringify({ method: 'initialized' }));
    const { sessionId } = (result ?? {}) as { sessionId?: unknown };
    this.#sessionId = typeof sessionId === 'string' ? sessionId : undefined;
    const isResumed = asked !== undefined && asked === this.#sessionId;
    onSession?.({ sessionId: this.#sessionId, isResumed, result });
  }
}

function whole({ name, title = name, version = '0' }: ClientInfo): ClientInfo {
  return { name, title, version };
}

/** Waits for the response, and pauses with it: what follows is the client's. */
function answerOf(webSocket: DialedWebSocket['webSocket'], timeoutMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = (message: string) => {
      finish();
      reject(clientError('NOT_CONNECTED', message));
    };
    const timer = setTimeout(() => fail(`initialize: no answer within ${timeoutMs} ms`), timeoutMs);
    const onClose = (code: number) => fail(`initialize: the WebSocket was closed with ${code}`);
    const onError = (error: Error) => fail(`initialize: ${error.message}`);
    const onMessage = (data: unknown) => {
      const answer = parsed(String(data));
      // A notification or a request before the response concerns nobody yet.
      if (answer?.id !== initializeId || 'method' in answer) return;
      webSocket.pause();
      finish();
      resolve(answer);
    };
    const finish = () => {
      clearTimeout(timer);
      webSocket.off('message', onMessage);
      webSocket.off('close', onClose);
      webSocket.off('error', onError);
    };
    webSocket.on('message', onMessage);
    webSocket.on('close', onClose);
    webSocket.on('error', onError);
  });
}

function parsed(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
