import type { IncomingMessage, ServerResponse } from 'node:http';
import { asyncDispose } from '../../reference/client/async-dispose.ts';
import { doneWithin } from '../../reference/client/deadline.ts';
import { waitingClock } from '../../reference/client/waiting-clock.ts';
import {
  type AdapterCore,
  type AdapterCoreOptions,
  createAdapterCore,
} from '../core/adapter-core.ts';
import type { RunningAdapter } from '../core/adapter-process.ts';
import { isLoopback, listenSecurity } from '../core/listen-security.ts';
import { createOriginPolicy } from '../core/origin-policy.ts';
import { createWebServer, openWebServer } from '../core/web-server.ts';
import { serveUpgrades, webSocketPaths } from './upgrade.ts';

/** Where and how the adapter listens, and the bus behind it. */
export interface WsAdapterOptions
  extends Omit<AdapterCoreOptions, 'assertedBy' | 'hasClientCertificates'> {
  /** `127.0.0.1` by default. */
  readonly host?: string;
  /** 0, the default: any free one. */
  readonly port?: number;
  /** Paths of PEM files. */
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
  /** What signs clients' certificates: mutual TLS. */
  readonly tlsCa?: string | undefined;
  /** Allows plaintext on an address that is not loopback. */
  readonly isPlaintextAllowed?: boolean;
  /** The origins of web pages that may connect; none by default, `*` for all. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Milliseconds of silence until a ping; 30 000 by default, 0: never. */
  readonly pingIntervalMs?: number;
  /** Milliseconds for anything to come after a ping; 20 000 by default. */
  readonly pingTimeoutMs?: number;
}

/** A bus, reached by WebSockets. */
export interface WsAdapter extends RunningAdapter, AsyncDisposable {
  /** `HOST:PORT`, with the real port. */
  readonly address: string;
}

/** Time for clients to answer the close, at the end of a drain. */
const lastBytesMs = 1500;
const defaultDrainMs = 30_000;

/**
 * Starts a WebSocket server in front of a bus; it listens when this resolves. Rejects with an
 * AdapterSetupError or a ListenError where it cannot listen, and as `createAdapterCore` does.
 */
export async function createWsAdapter(options: WsAdapterOptions): Promise<WsAdapter> {
  const { host = '127.0.0.1', port = 0, pingIntervalMs = 30_000, pingTimeoutMs = 20_000 } = options;
  const tls = listenSecurity({ ...options, host });
  const isOpen = options.tokenFile === undefined && tls?.ca === undefined;
  const origins = createOriginPolicy({ ...options, isOpenLoopback: isOpen && isLoopback(host) });
  const core = await createAdapterCore({
    ...options,
    assertedBy: 'ws',
    hasClientCertificates: tls?.ca !== undefined,
  });
  const scheme = tls === undefined ? 'ws' : 'wss';
  const server = createWebServer(tls, (request, response) => answer(core, request, response));
  const sockets = serveUpgrades(server, { core, origins, pingIntervalMs, pingTimeoutMs });
  let address: string;
  try {
    address = await openWebServer(server, { host, port, scheme });
  } catch (error) {
    await core.close(0);
    throw error;
  }
  const end = async (timeoutMs: number) => {
    const deadlineMs = performance.now() + timeoutMs;
    core.beginDrain();
    server.close();
    await core.idle(timeoutMs);
    sockets.end();
    const limitMs = timeoutMs === 0 ? 0 : lastBytesMs;
    await doneWithin(waitingClock, limitMs, (done) => void sockets.empty.then(done, done));
    sockets.destroy();
    server.closeAllConnections();
    await core.close(Math.max(0, deadlineMs - performance.now()));
  };
  return {
    address,
    url: `${scheme}://${address}`,
    drain: end,
    async destroy() {
      server.close();
      sockets.destroy();
      server.closeAllConnections();
      await core.close(0);
    },
    [asyncDispose]: () => end(defaultDrainMs),
  };
}

/** What is no upgrade: health, and a word on what this is. */
function answer(
  { health }: AdapterCore,
  { url = '/' }: IncomingMessage,
  response: ServerResponse,
): void {
  const [path = '/'] = url.split('?');
  if (path === '/healthz') response.writeHead(200).end('{"healthy":true}');
  else if (path === '/readyz') {
    const { isReady: ready, reasons } = health;
    response.writeHead(ready ? 200 : 503).end(JSON.stringify({ ready, reasons }));
  } else if (webSocketPaths.includes(path)) {
    response.writeHead(426, { upgrade: 'websocket' }).end('this is a WebSocket\n');
  } else response.writeHead(404).end('there is nothing here\n');
}
