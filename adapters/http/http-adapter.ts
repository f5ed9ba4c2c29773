import { asyncDispose } from '../../reference/client/async-dispose.ts';
import { doneWithin } from '../../reference/client/deadline.ts';
import { waitingClock } from '../../reference/client/waiting-clock.ts';
import { type AdapterCoreOptions, createAdapterCore } from '../core/adapter-core.ts';
import type { RunningAdapter } from '../core/adapter-process.ts';
import { isLoopback, listenSecurity } from '../core/listen-security.ts';
import { createOriginPolicy } from '../core/origin-policy.ts';
import { createWebServer, openWebServer } from '../core/web-server.ts';
import { Deadlines } from './deadlines.ts';
import { EventStreams } from './event-stream.ts';
import { openApiDocument } from './openapi.ts';
import { bodyTimeoutMs } from './request-body.ts';
import { createRoutes } from './routes.ts';
import { SessionEventsTable } from './session-events.ts';

/** Where and how the adapter listens, and the bus behind it. */
export interface HttpAdapterOptions
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
  /** The origins of web pages that may call; none by default, `*` for all. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Bytes of events that are kept for each session that is watched; 1 MiB by default. */
  readonly maxEventBytes?: number | undefined;
  /** Milliseconds that they are kept after the last reader has left; 60 000 by default. */
  readonly retainEventsMs?: number | undefined;
}

/** A bus, reached by HTTP. */
export interface HttpAdapter extends RunningAdapter, AsyncDisposable {
  /** `HOST:PORT`, with the real port. */
  readonly address: string;
}

/** Time for the last bytes of responses. */
const lastBytesMs = 1000;
const defaultDrainMs = 30_000;
/** For the events of all sessions. */
const maxEventBytesInAll = 67_108_864;
const maxWatchedSessions = 10_000;

/**
 * Starts an HTTP server in front of a bus; it listens when this resolves. Rejects with an
 * AdapterSetupError or a ListenError where it cannot listen, and as `createAdapterCore` does.
 */
export async function createHttpAdapter(options: HttpAdapterOptions): Promise<HttpAdapter> {
  const { host = '127.0.0.1', port = 0 } = options;
  const tls = listenSecurity({ ...options, host });
  const hasClientCertificates = tls?.ca !== undefined;
  const hasTokens = options.tokenFile !== undefined;
  const origins = createOriginPolicy({
    ...options,
    isOpenLoopback: !hasTokens && !hasClientCertificates && isLoopback(host),
  });
  const core = await createAdapterCore({ ...options, assertedBy: 'http', hasClientCertificates });
  const events = new SessionEventsTable({
    exchange: core.exchange,
    clock: waitingClock,
    maxSessionBytes: options.maxEventBytes ?? 1_048_576,
    maxBytes: maxEventBytesInAll,
    maxSessions: maxWatchedSessions,
    retainMs: options.retainEventsMs ?? 60_000,
  });
  const streams = new EventStreams();
  const deadlines = new Deadlines(waitingClock, bodyTimeoutMs);
  const openApi = openApiDocument({ hasTokens, hasClientCertificates });
  const server = createWebServer(
    tls,
    createRoutes({ core, origins, events, streams, deadlines, openApi }),
  );
  const scheme = tls === undefined ? 'http' : 'https';
  let address: string;
  try {
    address = await openWebServer(server, { host, port, scheme });
  } catch (error) {
    events.close();
    await core.close(0);
    throw error;
  }
  const end = async (timeoutMs: number) => {
    const deadlineMs = performance.now() + timeoutMs;
    core.beginDrain();
    const hasEnded = new Promise<void>((resolve) => server.close(() => resolve()));
    await core.idle(timeoutMs);
    streams.end();
    events.close();
    // Those that said nothing yet, or nothing more.
    server.closeIdleConnections();
    const limitMs = timeoutMs === 0 ? 0 : lastBytesMs;
    await doneWithin(waitingClock, limitMs, (done) => void hasEnded.then(done, done));
    server.closeAllConnections();
    deadlines.close();
    await core.close(Math.max(0, deadlineMs - performance.now()));
  };
  return {
    address,
    url: `${scheme}://${address}`,
    drain: end,
    async destroy() {
      server.close();
      events.close();
      server.closeAllConnections();
      deadlines.close();
      await core.close(0);
    },
    [asyncDispose]: () => end(defaultDrainMs),
  };
}
