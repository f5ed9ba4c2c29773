import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bus } from '../bus/bus.ts';
import { bracketed, ListenError, listenError } from '../bus/listener.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { readinessOf } from './readiness.ts';
import { RoutingTimer } from './routing-timer.ts';

/** What is answered of a bus over HTTP. */
export interface AdminServer {
  /** `http://HOST:PORT` with the real port. */
  readonly url: string;
  /** Times the chunks of the streams that it is given. */
  readonly routingTimer: RoutingTimer;
  /** Ends it, and all of its connections, at once. */
  close(): void;
}

/** A scraper needs one connection: so many are enough for anybody. */
const maxConnections = 64;
const requestTimeoutMs = 5000;

/**
 * Listens, and answers `/metrics`, `/healthz`, `/readyz` and `/status`. Rejects with a ListenError.
 * No input of a client can hold it up for long, or end it.
 */
export async function openAdminServer(
  { host, port }: { readonly host: string; readonly port: number },
  bus: Bus,
): Promise<AdminServer> {
  const metrics = createMetrics(bus);
  const options = {
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: requestTimeoutMs,
    connectionsCheckingInterval: 1000,
    maxHeaderSize: 8192,
  };
  const server = createServer(options, (request, response) => {
    answer(request, response, { bus, metrics }).catch(() => response.destroy());
  });
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      const { message } = listenError(`http://${bracketed(host)}:${port}`, error);
      reject(new ListenError(`cannot open the admin endpoint: ${message}`));
    });
    server.listen({ host, port }, resolve);
  });
  server.on('error', () => {});
  const { address, port: chosen } = server.address() as AddressInfo;
  return {
    url: `http://${bracketed(address)}:${chosen}`,
    routingTimer: new RoutingTimer(metrics.observeRouting),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

type Page = (of: { bus: Bus; metrics: Metrics }) => Answer | Promise<Answer>;

const pages: ReadonlyMap<string, Page> = new Map<string, Page>([
  [
    '/metrics',
    async ({ metrics }) => ({
      status: 200,
      type: metrics.contentType,
      body: await metrics.text(),
    }),
  ],
  ['/healthz', () => json(200, { alive: true })],
  [
    '/readyz',
    ({ bus }) => {
      const readiness = readinessOf(bus);
      return json(readiness.ready ? 200 : 503, readiness);
    },
  ],
  ['/status', ({ bus }) => json(200, bus.stats())],
]);

async function answer(
  { method, url = '' }: IncomingMessage,
  response: ServerResponse,
  of: Parameters<Page>[0],
): Promise<void> {
  const [path = ''] = url.split('?');
  const page = pages.get(path);
  const isRead = method === 'GET' || method === 'HEAD';
  if (page !== undefined && !isRead) response.setHeader('Allow', 'GET, HEAD');
  // A body is not read: whoever sends one is not kept.
  if (!isRead) response.setHeader('Connection', 'close');
  const { status, type, body } = await answerOf(page, isRead, of);
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  });
  response.end(method === 'HEAD' ? undefined : body);
}

function answerOf(page: Page | undefined, isRead: boolean, of: Parameters<Page>[0]) {
  if (page === undefined) return json(404, { error: `try ${[...pages.keys()].join(', ')}` });
  return isRead ? page(of) : json(405, { error: 'only GET and HEAD' });
}

function json(status: number, value: unknown): Answer {
  return { status, type: 'application/json', body: `${JSON.stringify(value)}\n` };
}
