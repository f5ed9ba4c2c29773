import { once } from 'node:events';
import type { Test } from 'tap';
import { type ClientOptions, WebSocket } from 'ws';
import { within } from '../../reference/faults/frame-connection.ts';
import { probeConfig } from '../../reference/faults/probe-pool.ts';
import { createWsAdapter, type WsAdapter, type WsAdapterOptions } from './ws-adapter.ts';

/** A WebSocket of a test, frame by frame. */
export interface RawWebSocket {
  readonly webSocket: WebSocket;
  send(frame: string | Buffer): void;
  /** The next message, as text and parsed. */
  next(): Promise<{ text: string; isBinary: boolean; frame: Frame }>;
  /** Sends a request and resolves with the next message, which has to be its answer. */
  ask(method: string, params?: object, members?: object): Promise<Frame>;
  /** How it was closed. */
  closed(): Promise<{ code: number; reason: string }>;
}

export interface Frame {
  readonly id?: unknown;
  readonly method?: string;
  readonly sessionId?: string;
  readonly result?: Record<string, unknown>;
  readonly error?: { code: number; message: string; data?: { name?: string } };
}

/** Starts an adapter in this process, by default in front of a bus with one probe worker. */
export async function startAdapter(
  t: Test,
  options: Partial<WsAdapterOptions> = {},
): Promise<WsAdapter> {
  const adapter = await createWsAdapter({ bus: probeConfig(), ...options });
  t.teardown(() => adapter.destroy());
  return adapter;
}

/** Opens a WebSocket; it is cut at the end of the test. */
export async function openWebSocket(
  t: Test,
  url: string,
  { subprotocols = [], ...options }: ClientOptions & { subprotocols?: string[] } = {},
): Promise<RawWebSocket> {
  const webSocket = new WebSocket(url, subprotocols, options);
  const received: { text: string; isBinary: boolean; frame: Frame }[] = [];
  const takers: ((message: (typeof received)[number]) => void)[] = [];
  webSocket.on('message', (data, isBinary) => {
    const text = String(data);
    const message = { text, isBinary, frame: JSON.parse(text) as Frame };
    const taker = takers.shift();
    if (taker === undefined) received.push(message);
    else taker(message);
  });
  const closing = new Promise<{ code: number; reason: string }>((resolve) => {
    webSocket.once('close', (code, reason) => resolve({ code, reason: String(reason) }));
  });
  t.teardown(() => webSocket.terminate());
  await within(once(webSocket, 'open'), `a WebSocket at ${url}`, 10_000);
  webSocket.on('error', () => {});
  let lastId = 0;
  const socket: RawWebSocket = {
    webSocket,
    send: (frame) => webSocket.send(frame),
    next() {
      const first = received.shift();
      if (first !== undefined) return Promise.resolve(first);
      return within(new Promise((resolve) => takers.push(resolve)), 'the next message', 10_000);
    },
    async ask(method, params = {}, members = {}) {
      lastId += 1;
      socket.send(JSON.stringify({ jsonrpc: '2.0', id: lastId, method, ...members, params }));
      return (await socket.next()).frame;
    },
    closed: () => within(closing, 'the close', 10_000),
  };
  return socket;
}

/** Why a WebSocket was refused: `HTTP STATUS` and the body. */
export async function refusalAt(
  url: string,
  { subprotocols = [], ...options }: ClientOptions & { subprotocols?: string[] } = {},
): Promise<{ status: number | undefined; body: string; headers: Record<string, unknown> }> {
  const webSocket = new WebSocket(url, subprotocols, options);
  webSocket.on('error', () => {});
  const [, response] = await within(
    once(webSocket, 'unexpected-response'),
    `a refusal at ${url}`,
    10_000,
  );
  let body = '';
  for await (const chunk of response) body += chunk;
  webSocket.terminate();
  return { status: response.statusCode, body, headers: response.headers };
}
