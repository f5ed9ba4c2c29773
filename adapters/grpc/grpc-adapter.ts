import { Server, ServerCredentials } from '@grpc/grpc-js';
import { ReflectionService } from '@grpc/reflection';
import { HealthImplementation } from 'grpc-health-check';
import { bracketed } from '../../reference/bus/listener.ts';
import { asyncDispose } from '../../reference/client/async-dispose.ts';
import { doneWithin } from '../../reference/client/deadline.ts';
import { waitingClock } from '../../reference/client/waiting-clock.ts';
import {
  type AdapterCore,
  type AdapterCoreOptions,
  createAdapterCore,
} from '../core/adapter-core.ts';
import type { RunningAdapter } from '../core/adapter-process.ts';
import { listenSecurity, type TlsFiles } from '../core/listen-security.ts';
import { busHandlers } from './bus-handlers.ts';
import { draining } from './caller-call.ts';
import { listenFailure } from './listen-failure.ts';
import { createOpenStreams } from './open-streams.ts';
import { busService, packageDefinition, processService } from './package-definition.ts';
import { processHandlers } from './process-handlers.ts';

/** Where and how the adapter listens, and the bus behind it. */
export interface GrpcAdapterOptions
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
}

/** A bus, reached by gRPC. */
export interface GrpcAdapter extends RunningAdapter, AsyncDisposable {
  /** `HOST:PORT`, with the real port. */
  readonly address: string;
}

/** Time for the last bytes of streams that have ended, and for streams that nobody ends. */
const lastBytesMs = 1000;
const defaultDrainMs = 30_000;
/** What a message has besides its frame. */
const messageOverhead = 65_536;
const services = ['', 'stdiobus.v1.Bus', 'stdiobus.v1.Process'];

/**
 * Starts a gRPC server in front of a bus; it listens when this resolves. Rejects with an
 * AdapterSetupError or a ListenError where it cannot listen, and as `createAdapterCore` does.
 */
export async function createGrpcAdapter(options: GrpcAdapterOptions): Promise<GrpcAdapter> {
  const { host = '127.0.0.1', port = 0 } = options;
  const tls = listenSecurity({ ...options, host });
  const core = await createAdapterCore({
    ...options,
    assertedBy: 'grpc',
    hasClientCertificates: tls?.ca !== undefined,
  });
  const streams = createOpenStreams();
  const server = new Server({
    'grpc.max_receive_message_length': core.maxFrameBytes + messageOverhead,
    'grpc.max_send_message_length': -1,
    'grpc.keepalive_time_ms': 30_000,
    'grpc.keepalive_timeout_ms': 20_000,
  });
  server.addService(busService, busHandlers(core, streams));
  server.addService(processService, processHandlers(core, streams));
  new ReflectionService(packageDefinition).addToServer(server);
  serveHealth(server, core);
  let realPort: number;
  try {
    realPort = await bound(server, { host, port, tls });
  } catch (error) {
    await core.close(0);
    throw error;
  }
  const end = async (timeoutMs: number) => {
    const deadlineMs = performance.now() + timeoutMs;
    core.beginDrain();
    // New connections are refused, and clients told to go elsewhere (GOAWAY).
    const hasShutDown = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
    await core.idle(timeoutMs);
    streams.end(draining());
    const limitMs = timeoutMs === 0 ? 0 : lastBytesMs;
    await doneWithin(waitingClock, limitMs, (done) => void hasShutDown.then(done, done));
    server.forceShutdown();
    await core.close(Math.max(0, deadlineMs - performance.now()));
  };
  const address = `${bracketed(host)}:${realPort}`;
  return {
    address,
    url: `${tls === undefined ? 'grpc' : 'grpcs'}://${address}`,
    drain: end,
    destroy: async () => {
      server.forceShutdown();
      await core.close(0);
    },
    [asyncDispose]: () => end(defaultDrainMs),
  };
}

/** Follows the bus and the drain (grpc.health.v1). */
function serveHealth(server: Server, { health }: AdapterCore): void {
  const implementation = new HealthImplementation();
  const tell = () => {
    const status = health.isReady ? 'SERVING' : 'NOT_SERVING';
    for (const service of services) implementation.setStatus(service, status);
  };
  tell();
  health.onChange(tell);
  implementation.addToServer(server);
}

function bound(
  server: Server,
  { host, port, tls }: { host: string; port: number; tls: TlsFiles | undefined },
): Promise<number> {
  const address = `${bracketed(host)}:${port}`;
  const credentials =
    tls === undefined
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(
          tls.ca ?? null,
          [{ cert_chain: tls.cert, private_key: tls.key }],
          tls.ca !== undefined,
        );
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, realPort) => {
      if (error === null) resolve(realPort);
      else reject(listenFailure(address, error));
    });
  });
}
