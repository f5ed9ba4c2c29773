import type { Duplex } from 'node:stream';
import type { TracerProvider } from '@opentelemetry/api';
import type { Log } from '../../reference/bus/log.ts';
import { settingsFromConfig } from '../../reference/bus/settings.ts';
import { dial } from '../../reference/client/dial.ts';
import { waitingClock } from '../../reference/client/waiting-clock.ts';
import { createBus } from '../../reference/embedded/create-bus.ts';
import type { EmbeddedBus } from '../../reference/embedded/embedded-bus.ts';
import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import { type BusSource, type ResolvedBus, resolveBus } from './bus-source.ts';

/** Milliseconds for one attempt to connect to a bus. */
const dialTimeoutMs = 10_000;

/** Opens connections to a bus, wherever it is: bytes of frames in both directions. */
export interface BusLink {
  /** `embedded:…`, `tcp://…` or `unix:…`. */
  readonly url: string;
  /** The bus's `max_input_buffer`: what a configuration says, else what was given, else 1 MiB. */
  readonly maxFrameBytes: number;
  /** The bus's `session_id_field`. */
  readonly sessionIdField: string;
  /** Milliseconds after which the bus forgets an idle session; 0: never, or not known. */
  readonly sessionIdleMs: number;
  /** The bus's `backpressure_timeout_sec`, in milliseconds: so long a reader may hold up its stream. */
  readonly backpressureTimeoutMs: number;
  /** A new connection, TCP_NODELAY set. Rejects with a BusRequestError (NOT_CONNECTED, CLOSED). */
  open(signal?: AbortSignal): Promise<Duplex>;
  /** Drains a bus that this link has started; nothing for any other. Never rejects. */
  drain(timeoutMs: number): Promise<void>;
  /** Ends a bus that this link has started, at once. Never rejects. */
  destroy(): Promise<void>;
}

/** What is taken of a bus whose configuration is not known. */
export interface BusLinkOptions {
  /** Bytes, LF excluded; 1 048 576 by default. */
  readonly maxFrameBytes?: number | undefined;
  /** `sessionId` by default. */
  readonly sessionIdField?: string | undefined;
  /** 60 000 by default. */
  readonly backpressureTimeoutMs?: number | undefined;
  readonly log?: Log | undefined;
  /** Makes the spans of an embedded bus; without it there are none. */
  readonly tracerProvider?: TracerProvider | undefined;
}

/**
 * Opens a link. An embedded bus is started, and its workers run when this resolves; a bus elsewhere
 * need not be there yet. Rejects as `resolveBus` does, and with a BusConfigError where a worker
 * cannot be started.
 */
export async function openBusLink(
  source: BusSource,
  options: BusLinkOptions = {},
): Promise<BusLink> {
  const resolved = await resolveBus(source);
  if (resolved.kind === 'address') return remoteLink(resolved, options);
  if (resolved.kind === 'bus') {
    const nothing = async () => {};
    return embeddedLink(resolved, resolved.bus, options, { drain: nothing, destroy: nothing });
  }
  const { log, tracerProvider } = options;
  const bus = await createBus(resolved.config, {
    ...(log && { log }),
    ...(tracerProvider && { tracerProvider }),
  });
  return embeddedLink(resolved, bus, options, {
    drain: (timeoutMs) => bus.drain({ timeoutMs }),
    destroy: () => bus.destroy(),
  });
}

function remoteLink(
  { url, address }: Extract<ResolvedBus, { kind: 'address' }>,
  options: BusLinkOptions,
): BusLink {
  const { maxFrameBytes = 1_048_576, sessionIdField = 'sessionId' } = options;
  const never = new AbortController().signal;
  return {
    url,
    maxFrameBytes,
    sessionIdField,
    sessionIdleMs: 0,
    backpressureTimeoutMs: options.backpressureTimeoutMs ?? 60_000,
    open: (signal = never) =>
      dial(address, { clock: waitingClock, timeoutMs: dialTimeoutMs, signal }),
    drain: async () => {},
    destroy: async () => {},
  };
}

function embeddedLink(
  { url, config }: { readonly url: string; readonly config: BusConfig | undefined },
  bus: EmbeddedBus,
  given: BusLinkOptions,
  ending: Pick<BusLink, 'drain' | 'destroy'>,
): BusLink {
  const settings = config === undefined ? undefined : settingsFromConfig(config);
  return {
    url,
    maxFrameBytes: settings?.maxFrameBytes ?? given.maxFrameBytes ?? 1_048_576,
    sessionIdField: settings?.sessionIdField ?? given.sessionIdField ?? 'sessionId',
    sessionIdleMs: settings?.sessionIdleMs ?? 0,
    backpressureTimeoutMs: settings?.backpressureTimeoutMs ?? given.backpressureTimeoutMs ?? 60_000,
    open: async () => bus.connect(),
    ...ending,
  };
}
