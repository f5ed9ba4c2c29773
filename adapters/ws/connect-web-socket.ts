import type { Duplex } from 'node:stream';
import { silentLog } from '../../reference/bus/log.ts';
import { asyncDispose } from '../../reference/client/async-dispose.ts';
import { Client } from '../../reference/client/client.ts';
import type { BusClient, ConnectOptions } from '../../reference/client/connect.ts';
import { createReconnectPolicy } from '../../reference/client/reconnect-policy.ts';
import { waitingClock } from '../../reference/client/waiting-clock.ts';
import { type ClientInfo, CodexSession, type ExecutorSession } from './codex-session.ts';
import {
  checkWebSocketUrl,
  type DialedWebSocket,
  dialWebSocket,
  type WebSocketTarget,
} from './dial-web-socket.ts';
import { startHeartbeat } from './heartbeat.ts';
import { WebSocketDuplex } from './web-socket-duplex.ts';

export interface ConnectWebSocketOptions
  extends ConnectOptions,
    Omit<WebSocketTarget, 'url' | 'maxReceivedBytes'> {
  /**
   * `jsonrpc`, the default; or `codex` for executors and app servers: no member `jsonrpc`, and
   * `initialize` with `initialized` on each connection.
   */
  readonly dialect?: 'jsonrpc' | 'codex';
  /** Who this is, in the codex dialect; the name is `stdio-bus-kit` by default. */
  readonly clientInfo?: ClientInfo | undefined;
  /** In the codex dialect: a session to take up with the first connection. */
  readonly resumeSessionId?: string | undefined;
  /** In the codex dialect: told after each handshake. `isResumed` false after the first: all is new. */
  readonly onSession?: (session: ExecutorSession) => void;
  /** Milliseconds of silence until a ping; 30 000 by default, 0: never. */
  readonly pingIntervalMs?: number;
  /** Milliseconds for anything to come after a ping, else the connection is cut; 20 000 by default. */
  readonly pingTimeoutMs?: number;
}

/** A client of a bus, or of an executor, behind a WebSocket. */
export interface WebSocketClient extends BusClient {
  /** In the codex dialect: the session that the peer has given. */
  readonly executorSessionId: string | undefined;
}

const jsonrpcMember = {
  prefix: Buffer.from('{"jsonrpc":"2.0",'),
  instead: Buffer.from('{'),
};

/**
 * Connects to `ws://HOST:PORT` or `wss://…`, and from then on connects again by itself: a client as
 * `connect` gives it. In the codex dialect each connection after the first takes up the session.
 *
 * Rejects with NOT_CONNECTED where the first connection or its handshake fails, and with a RangeError
 * where the URL or `sessionIdField` cannot be one.
 */
export async function connectWebSocket(
  url: string,
  options: ConnectWebSocketOptions = {},
): Promise<WebSocketClient> {
  checkWebSocketUrl(url);
  const { clock = waitingClock, random = Math.random, connectTimeoutMs = 10_000 } = options;
  const { reconnect = {}, log = silentLog, maxReceivedBytes = 67_108_864 } = options;
  const codex =
    options.dialect !== 'codex'
      ? undefined
      : new CodexSession({
          clientInfo: options.clientInfo ?? { name: 'stdio-bus-kit' },
          resumeSessionId: options.resumeSessionId,
          onSession: options.onSession,
          log,
        });
  const dial = async (signal: AbortSignal): Promise<Duplex> => {
    const target = { ...options, url, maxReceivedBytes };
    const dialed = await dialWebSocket(target, { timeoutMs: connectTimeoutMs, signal });
    if (codex !== undefined) await begun(codex, dialed, connectTimeoutMs);
    return duplexOver(dialed, options);
  };
  const client = new Client({
    dial,
    reconnect: reconnect === false ? undefined : createReconnectPolicy(reconnect, random),
    waitsForConnection: options.whileDisconnected !== 'fail',
    sessionIdField: options.sessionIdField ?? 'sessionId',
    maxFrameBytes: options.maxFrameBytes ?? 1_048_576,
    maxReceivedBytes,
    maxWaitingBytes: options.maxWaitingBytes ?? 16_777_216,
    timeoutMs: options.timeoutMs ?? 0,
    onRequest: options.onRequest,
    onState: options.onState ?? (() => {}),
    log,
    clock,
  });
  await client.connect();
  const close = (timeoutMs = 30_000) => client.close(timeoutMs);
  return {
    get state() {
      return client.state;
    },
    get executorSessionId() {
      return codex?.sessionId;
    },
    request: (method, params, how) => client.request(method, params, how),
    notify: (method, params, how) => client.notify(method, params, how),
    notifications: (filter) => client.notifications(filter),
    [Symbol.asyncIterator]: () => client.notifications(),
    onReconnect: (call) => client.onReconnect(call),
    hello: (params) => client.hello(params),
    stats: () => client.stats(),
    close: ({ timeoutMs } = {}) => close(timeoutMs),
    destroy: () => client.destroy(),
    [asyncDispose]: () => close(),
  };
}

async function begun(
  codex: CodexSession,
  dialed: DialedWebSocket,
  timeoutMs: number,
): Promise<void> {
  try {
    await codex.begin(dialed, timeoutMs);
  } catch (error) {
    dialed.webSocket.on('error', () => {});
    dialed.webSocket.terminate();
    throw error;
  }
}

function duplexOver(
  { webSocket, socket }: DialedWebSocket,
  {
    dialect,
    clock = waitingClock,
    pingIntervalMs = 30_000,
    pingTimeoutMs = 20_000,
  }: ConnectWebSocketOptions,
): Duplex {
  const heartbeat = startHeartbeat({
    clock,
    intervalMs: pingIntervalMs,
    timeoutMs: pingTimeoutMs,
    ping: () => webSocket.ping(),
    isStalled: () => webSocket.isPaused || socket.writableNeedDrain,
    onDead: () => webSocket.terminate(),
  });
  webSocket.on('pong', () => heartbeat.heard());
  const omitted = dialect === 'codex' ? jsonrpcMember : undefined;
  return new WebSocketDuplex(webSocket, { socket, heartbeat, omitted });
}
