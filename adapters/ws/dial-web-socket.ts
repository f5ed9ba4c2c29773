import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { clientError } from '../../reference/client/bus-request-error.ts';

/** How a WebSocket is reached, and what is shown there. */
export interface WebSocketTarget {
  /** `ws://HOST:PORT/PATH` or `wss://…`. */
  readonly url: string;
  /** A bearer token, for the header `authorization`. */
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** None by default: servers that know none refuse them. */
  readonly subprotocols?: readonly string[] | undefined;
  /** PEM: whom to trust instead of the system's authorities. */
  readonly ca?: string | Buffer | undefined;
  /** PEM: the client's own certificate and key, for mutual TLS. */
  readonly cert?: string | Buffer | undefined;
  readonly key?: string | Buffer | undefined;
  /** The name in the server's certificate, where it is not the URL's. */
  readonly serverName?: string | undefined;
  /** The longest message that is read, in bytes; 64 MiB by default. */
  readonly maxReceivedBytes?: number | undefined;
}

/** An open WebSocket, and what is below it. */
export interface DialedWebSocket {
  readonly webSocket: WebSocket;
  readonly socket: Duplex;
}

const longestRefusal = 1000;

/** Throws a RangeError, in words, for what is no URL of a WebSocket. */
export function checkWebSocketUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed !== undefined && ['ws:', 'wss:'].includes(parsed.protocol) && parsed.hash === '')
    return;
  throw new RangeError(`"${url}" is neither ws://HOST:PORT nor wss://HOST:PORT`);
}

/** Opens a WebSocket, TCP_NODELAY set. Rejects with NOT_CONNECTED. Serves FLW-4. */
export function dialWebSocket(
  target: WebSocketTarget,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<DialedWebSocket> {
  const { url, token, ca, cert, key, serverName } = target;
  const webSocket = new WebSocket(url, [...(target.subprotocols ?? [])], {
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...target.headers,
    },
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(serverName === undefined ? {} : { servername: serverName }),
    perMessageDeflate: false,
    maxPayload: target.maxReceivedBytes ?? 67_108_864,
    handshakeTimeout: timeoutMs,
  });
  return new Promise((resolve, reject) => {
    let socket: Duplex | undefined;
    const fail = (message: string, cause?: unknown) => {
      signal.removeEventListener('abort', onAbort);
      webSocket.on('error', () => {});
      webSocket.terminate();
      reject(clientError('NOT_CONNECTED', `cannot connect to ${url}: ${message}`, { cause }));
    };
    const onAbort = () => fail('it was given up');
    const onError = (error: NodeJS.ErrnoException) => fail(error.code ?? error.message, error);
    signal.addEventListener('abort', onAbort, { once: true });
    webSocket.once('error', onError);
    webSocket.once('upgrade', (response) => {
      socket = response.socket;
      socket.on('error', () => {});
    });
    webSocket.once('unexpected-response', (_request, response) => {
      refusalOf(response).then(fail, fail);
    });
    webSocket.once('open', () => {
      signal.removeEventListener('abort', onAbort);
      webSocket.off('error', onError);
      // Nothing is lost before whoever reads it is there.
      webSocket.pause();
      resolve({ webSocket, socket: socket as Duplex });
    });
    if (signal.aborted) onAbort();
  });
}

/** What a server that refuses says: the message of a JSON-RPC error, or its status. */
async function refusalOf(response: IncomingMessage): Promise<string> {
  const status = `HTTP ${response.statusCode}`;
  let text = '';
  for await (const chunk of response) {
    text += chunk;
    if (text.length > longestRefusal) break;
  }
  try {
    return `${status}: ${JSON.parse(text).error.message}`;
  } catch {
    return status;
  }
}
