import type { Duplex } from 'node:stream';
import type { TracerProvider } from '@opentelemetry/api';
import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import { Bus, type BusParts, type StartFailure } from '../bus/bus.ts';
import { configProblems, isBusConfig } from '../bus/config-check.ts';
import { silentLog } from '../bus/log.ts';
import { settingsFromConfig } from '../bus/settings.ts';
import { asyncDispose } from '../client/async-dispose.ts';
import { clientError } from '../client/bus-request-error.ts';
import { Client } from '../client/client.ts';
import { waitingClock } from '../client/waiting-clock.ts';
import { BusConfigError } from './bus-config-error.ts';
import { type BusListener, openListener } from './bus-listener.ts';
import { createDuplexPair } from './duplex-pair.ts';
import type { CreateBusOptions, EmbeddedBus } from './embedded-bus.ts';
import { guardWorkers } from './exit-guard.ts';

const longestTimerMs = 2 ** 31 - 1;

/**
 * Starts a bus within this process: its workers run when it resolves.
 *
 * Rejects with a BusConfigError that names every problem of the configuration, or the commands that
 * cannot be started; no worker is left then. It handles no signals: a process that is to drain on
 * SIGTERM calls `drain`. Implements CFG-1, CFG-2, CFG-3.
 */
export async function createBus(
  config: BusConfig,
  options: CreateBusOptions = {},
): Promise<EmbeddedBus> {
  if (!isBusConfig(config)) throw new BusConfigError(await configProblems(config));
  const { log = silentLog, tracerProvider } = options;
  // Frozen in time: what the caller does with its object later changes nothing.
  const checked = structuredClone(config);
  const bus = new Bus(checked, { log, ...(tracerProvider && (await partsFor(tracerProvider))) });
  const unguard = guardWorkers(() => pidsOf(bus));
  const failures = await bus.start();
  if (failures.length > 0) {
    unguard();
    throw new BusConfigError(failures.map(problemFromFailure).filter(isFirst));
  }
  return embed(bus, checked, options, unguard);
}

function embed(
  bus: Bus,
  config: BusConfig,
  options: CreateBusOptions,
  unguard: () => void,
): EmbeddedBus {
  const listeners = new Set<BusListener>();
  let client: Client | undefined;
  let isEnding = false;

  const open = (): Duplex => {
    const [mine, itsOwn] = createDuplexPair();
    bus.connect(itsOwn);
    return mine;
  };
  /** Made when it is first needed: a bus that only listens has no client of its own. */
  const own = (): Client => {
    if (client === undefined) {
      client = createOwnClient(config, options, open);
      if (isEnding) client.destroy();
      else client.connect().catch(() => {});
    }
    return client;
  };
  const refuseIfEnding = () => {
    if (isEnding) throw clientError('CLOSED', 'the bus is ending');
  };
  const end = async (endBus: () => Promise<void>) => {
    isEnding = true;
    for (const listener of listeners) listener.close();
    // The bus's own timers do not keep the process: it would end with this promise unsettled.
    const hold = setInterval(() => {}, longestTimerMs);
    await endBus();
    clearInterval(hold);
    client?.destroy();
    unguard();
  };
  const drain = (timeoutMs = settingsFromConfig(config).drainTimeoutMs) => {
    const startMs = performance.now();
    return end(async () => {
      if (client !== undefined) await allTaken(client, timeoutMs);
      await bus.drain(Math.max(0, timeoutMs - (performance.now() - startMs)));
    });
  };

  return {
    request: (method, params, how) => own().request(method, params, how),
    notify: (method, params, how) => own().notify(method, params, how),
    notifications: (filter) => own().notifications(filter),
    [Symbol.asyncIterator]: () => own().notifications(),
    onReconnect: (call) => own().onReconnect(call),
    hello: (params) => own().hello(params),
    stats: async () => bus.stats(),
    connect() {
      refuseIfEnding();
      return open();
    },
    async listen(target) {
      refuseIfEnding();
      const listener = await openListener(target, (stream) => void bus.connect(stream));
      listeners.add(listener);
      if (isEnding) listener.close();
      refuseIfEnding();
      return listener;
    },
    drain: ({ timeoutMs } = {}) => drain(timeoutMs),
    async destroy() {
      client?.destroy();
      await end(() => bus.destroy());
    },
    [asyncDispose]: () => drain(),
  };
}

/** Its modules are loaded only where they are wanted. */
async function partsFor(provider: TracerProvider): Promise<Partial<BusParts>> {
  const { createProviderTracer } = await import('../tracing/provider-tracer.ts');
  const { tracedParts } = await import('../tracing/traced-parts.ts');
  return tracedParts(createProviderTracer(provider));
}

function createOwnClient(config: BusConfig, options: CreateBusOptions, open: () => Duplex): Client {
  const { maxFrameBytes, sessionIdField } = settingsFromConfig(config);
  return new Client({
    dial: async () => open(),
    reconnect: undefined,
    waitsForConnection: true,
    sessionIdField,
    maxFrameBytes,
    // A response may grow by the digits of its id.
    maxReceivedBytes: maxFrameBytes + 64,
    maxWaitingBytes: options.maxWaitingBytes ?? 16_777_216,
    timeoutMs: options.timeoutMs ?? 0,
    onRequest: options.onRequest,
    onState: () => {},
    log: options.log ?? silentLog,
    clock: waitingClock,
  });
}

/**
 * Waits until the bus has taken what this process has asked so far: it answers in the order in which it
 * reads. Without this, requests that were made right before a drain would be refused.
 */
async function allTaken(client: Client, timeoutMs: number): Promise<void> {
  if (timeoutMs === 0) return;
  await client.request('stdio_bus/stats', undefined, { timeoutMs }).catch(() => {});
}

function pidsOf(bus: Bus): number[] {
  return bus.stats().workers.flatMap(({ pid }) => pid ?? []);
}

function problemFromFailure({ pool, member, reason }: StartFailure) {
  return { pointer: `/pools/${pool}/${member}`, problem: reason };
}

/** Every worker of a pool fails for the same reason. */
function isFirst(
  { pointer }: { pointer: string },
  index: number,
  all: readonly { pointer: string }[],
): boolean {
  return all.findIndex((problem) => problem.pointer === pointer) === index;
}
