import type { TracerProvider } from '@opentelemetry/api';
import { type Log, rateLimited, silentLog } from '../../reference/bus/log.ts';
import { waitingClock } from '../../reference/client/waiting-clock.ts';
import { type AdapterTracing, createAdapterTracing } from './adapter-tracing.ts';
import { type Authenticator, createAuthenticator } from './authenticator.ts';
import { type BusChannel, type BusChannelEvents, createBusChannel } from './bus-channel.ts';
import { type BusHealth, watchBusHealth } from './bus-health.ts';
import { type BusLink, openBusLink } from './bus-link.ts';
import type { BusSource } from './bus-source.ts';
import { ChannelSpans } from './channel-spans.ts';
import { createExchange, type Exchange } from './exchange.ts';
import { createFrameGuard, type FrameGuard } from './frame-guard.ts';
import type { Caller } from './identity.ts';
import { SessionOwners } from './session-owners.ts';
import { openTokenFile } from './token-file.ts';

/** What every adapter can be asked for. */
export interface AdapterCoreOptions {
  readonly bus: BusSource;
  /** Path of a file of bearer tokens (see openTokenFile); callers then need one. */
  readonly tokenFile?: string | undefined;
  /** Whether TLS verifies clients' certificates; callers are then known by them. */
  readonly hasClientCertificates?: boolean;
  /** The adapter in `_ext.identity.assertedBy`, as in `grpc`. */
  readonly assertedBy: string;
  /** For a bus whose configuration is not known: its `max_input_buffer`; 1 MiB by default. */
  readonly maxFrameBytes?: number | undefined;
  /** For a bus whose configuration is not known; `sessionId` by default. */
  readonly sessionIdField?: string | undefined;
  /** Whether the bus is asked for `stdio_bus/stats`, for the health; true by default. */
  readonly hasStats?: boolean;
  /** For a bus whose configuration is not known: its `backpressure_timeout_sec`; 60 s by default. */
  readonly backpressureTimeoutMs?: number | undefined;
  /** Sessions that are remembered for their callers; 1 000 000 by default. */
  readonly maxSessions?: number | undefined;
  /** Bytes that may wait for a reader, a stream at a time; 4 MiB by default. */
  readonly maxQueuedBytes?: number | undefined;
  /** Makes the spans of calls that bring a traceparent; without it there are none. */
  readonly tracerProvider?: TracerProvider | undefined;
  readonly log?: Log | undefined;
}

/** What stands behind the listener of an adapter, whatever its transport. */
export interface AdapterCore {
  readonly link: BusLink;
  readonly exchange: Exchange;
  readonly health: BusHealth;
  readonly authenticator: Authenticator;
  readonly guard: FrameGuard;
  readonly tracing: AdapterTracing;
  readonly log: Log;
  readonly maxFrameBytes: number;
  /** The longest frame that is read from the bus. */
  readonly maxReceivedBytes: number;
  readonly maxQueuedBytes: number;
  readonly isDraining: boolean;
  /**
   * Opens a connection to the bus for one caller; `spanName` is what its frames are called in traces.
   * Rejects with a BusRequestError.
   */
  openChannel(
    caller: Caller | undefined,
    events: BusChannelEvents,
    spanName: string,
  ): Promise<BusChannel>;
  /** Claims a session for a caller, where callers are known. Undefined where it is his. */
  claim(sessionId: string, caller: Caller | undefined): ReturnType<SessionOwners['claim']>;
  /** No longer ready; new requests on channels are refused, and what is pending is finished. */
  beginDrain(): void;
  /** Resolves when nothing is pending on the exchange and no channel is left, or after that time. */
  idle(timeoutMs: number): Promise<void>;
  /** Ends everything; a bus that it has started is drained, within that time. */
  close(drainTimeoutMs: number): Promise<void>;
}

/**
 * Opens the bus and all that stands in front of it. Rejects with a RangeError for what names no bus,
 * a BusConfigError, a TokenFileError, or a BusRequestError where the bus cannot be reached.
 */
export async function createAdapterCore(options: AdapterCoreOptions): Promise<AdapterCore> {
  const clock = waitingClock;
  const log = rateLimited(options.log ?? silentLog, () => clock.nowMs());
  const { tokenFile, hasClientCertificates = false, assertedBy } = options;
  const tokens = tokenFile === undefined ? undefined : openTokenFile(tokenFile, log);
  const authenticator = createAuthenticator({ tokens, hasClientCertificates, assertedBy });
  let link: BusLink;
  try {
    link = await openBusLink(options.bus, { ...options, log });
  } catch (error) {
    authenticator.close();
    throw error;
  }
  const { maxFrameBytes, sessionIdField } = link;
  const owners = new SessionOwners({
    maxSessions: options.maxSessions ?? 1_000_000,
    idleMs: link.sessionIdleMs,
    clock,
  });
  const maxReceivedBytes = Math.max(67_108_864, maxFrameBytes + 64);
  const exchange = createExchange({
    link,
    clock,
    log,
    maxWaitingBytes: 16_777_216,
    maxPending: 100_000,
    maxReceivedBytes,
    onSession: authenticator.isRequired ? (sessionId) => owners.touch(sessionId) : undefined,
  });
  try {
    await exchange.firstAttempt;
  } catch (error) {
    exchange.close();
    authenticator.close();
    throw error;
  }
  const health = watchBusHealth(exchange, clock, options.hasStats);
  const guard = createFrameGuard({ sessionIdField, maxFrameBytes, owners });
  const tracing = createAdapterTracing(options.tracerProvider);
  const channels = new Set<BusChannel>();
  const emptyCalls = new Set<() => void>();
  let isDraining = false;

  return {
    link,
    exchange,
    health,
    authenticator,
    guard,
    tracing,
    log,
    maxFrameBytes,
    maxReceivedBytes,
    maxQueuedBytes: options.maxQueuedBytes ?? 4_194_304,
    get isDraining() {
      return isDraining;
    },
    async openChannel(caller, events, spanName) {
      const stream = await link.open();
      const channel = createBusChannel({
        stream,
        caller,
        guard,
        owners,
        sessionIdField,
        maxFrameBytes,
        maxReceivedBytes,
        spans: tracing.isOn ? new ChannelSpans(tracing, spanName) : undefined,
        events: {
          onRoom: () => events.onRoom(),
          onFrame: (frame) => events.onFrame(frame),
          onClose(cause) {
            channels.delete(channel);
            if (channels.size === 0) for (const call of emptyCalls) call();
            events.onClose(cause);
          },
        },
      });
      channels.add(channel);
      if (isDraining) channel.drain();
      return channel;
    },
    claim: (sessionId, caller) =>
      caller === undefined ? undefined : owners.claim(sessionId, caller),
    beginDrain() {
      if (isDraining) return;
      isDraining = true;
      health.drain();
      for (const channel of channels) channel.drain();
    },
    async idle(timeoutMs) {
      const channelsEnd = new Promise<void>((resolve) => {
        const done = () => {
          cancel();
          emptyCalls.delete(done);
          resolve();
        };
        const cancel = clock.after(timeoutMs, done);
        emptyCalls.add(done);
        if (channels.size === 0) done();
      });
      await Promise.all([exchange.idle(timeoutMs), channelsEnd]);
    },
    async close(drainTimeoutMs) {
      isDraining = true;
      for (const channel of channels) channel.destroy();
      health.close();
      exchange.close();
      authenticator.close();
      if (drainTimeoutMs > 0) await link.drain(drainTimeoutMs);
      else await link.destroy();
    },
  };
}
