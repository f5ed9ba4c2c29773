import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Bus } from '../bus/bus.ts';
import { PoolCounters } from '../bus/counters.ts';
import type { Pool } from '../bus/pool.ts';

/** What an operator watches of a bus; README.md lists it. */
export interface Metrics {
  readonly contentType: string;
  /** Everything as it is now, in the text format of Prometheus. */
  text(): Promise<string>;
  /** A chunk was routed in so many seconds. */
  observeRouting(seconds: number): void;
}

const prefix = 'stdio_bus_';

/** Metrics of a bus, in a registry of their own. Nothing is counted twice: all is read when asked. */
export function createMetrics(bus: Bus): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addTraffic(registry, bus);
  addFaults(registry, bus);
  addPools(registry, bus);
  addClients(registry, bus);
  const routing = new Histogram({
    name: `${prefix}routing_seconds`,
    help: 'Time from a chunk of a client to the write of its frames; one of 64 chunks',
    buckets: [1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 5e-2, 0.25],
    registers: [registry],
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    observeRouting: (seconds) => routing.observe(seconds),
  };
}

/** A value with its labels. */
type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

interface MetricOptions {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly string[];
  readonly read: () => Iterable<Sample>;
}

function addCounter(registry: Registry, { name, help, labelNames = [], read }: MetricOptions) {
  new Counter({
    name: prefix + name,
    help,
    labelNames,
    registers: [registry],
    collect() {
      this.reset();
      for (const [labels, value] of read()) this.inc(labels, value);
    },
  });
}

function addGauge(registry: Registry, { name, help, labelNames = [], read }: MetricOptions) {
  new Gauge({
    name: prefix + name,
    help,
    labelNames,
    registers: [registry],
    collect() {
      this.reset();
      for (const [labels, value] of read()) this.set(labels, value);
    },
  });
}

function addTraffic(registry: Registry, { board }: Bus): void {
  const { counters, pools } = board;
  const perPool = function* (
    received: (of: PoolCounters) => number,
    sent: (of: PoolCounters) => number,
  ): Generator<Sample> {
    let ownOut = sent(counters);
    for (const { index, settings } of pools) {
      const pool = counters.pools[index] ?? new PoolCounters();
      yield [{ direction: 'in', pool: settings.id }, received(pool)];
      yield [{ direction: 'out', pool: settings.id }, sent(pool)];
      ownOut -= sent(pool);
    }
    yield [{ direction: 'out', pool: '' }, ownOut];
  };
  const labelNames = ['direction', 'pool'];
  addCounter(registry, {
    name: 'frames_total',
    help: 'Frames to workers (in) and to clients (out); without a pool: those of the bus itself',
    labelNames,
    read: () =>
      perPool(
        ({ messagesIn }) => messagesIn,
        ({ messagesOut }) => messagesOut,
      ),
  });
  addCounter(registry, {
    name: 'bytes_total',
    help: 'Bytes of these frames',
    labelNames,
    read: () =>
      perPool(
        ({ bytesIn }) => bytesIn,
        ({ bytesOut }) => bytesOut,
      ),
  });
}

function addFaults(registry: Registry, { board }: Bus): void {
  const { counters } = board;
  addCounter(registry, {
    name: 'errors_total',
    help: 'Errors that the bus made, by name',
    labelNames: ['name'],
    read: () => [...counters.errors].map(([name, count]) => [{ name }, count]),
  });
  addCounter(registry, {
    name: 'drops_total',
    help: 'Frames that were dropped by rule, by reason',
    labelNames: ['reason'],
    read: () => [...counters.drops].map(([reason, count]) => [{ reason }, count]),
  });
  addCounter(registry, {
    name: 'routing_errors_total',
    help: 'Frames that were refused, or dropped by rule',
    read: () => [[{}, counters.routingErrors]],
  });
}

function addPools(registry: Registry, bus: Bus): void {
  const { pools, sessions } = bus.board;
  const each = (read: (pool: Pool) => number) => () =>
    pools.map((pool): Sample => [{ pool: pool.settings.id }, read(pool)]);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  const labelNames = ['pool'];
  addGauge(registry, {
    name: 'pending_requests',
    help: 'Requests given to a worker and not answered yet',
    labelNames,
    read: each(({ slots }) => sum(slots.map(({ worker }) => worker?.pending.size ?? 0))),
  });
  addGauge(registry, {
    name: 'sessions',
    help: 'Sessions that are bound',
    read: () => [[{}, sessions.size]],
  });
  addGauge(registry, {
    name: 'pool_sessions',
    help: 'Sessions bound to a live worker of the pool',
    labelNames,
    read: each(({ slots }) =>
      sum(slots.map(({ worker }) => (worker?.isLive ? worker.sessions : 0))),
    ),
  });
  addGauge(registry, {
    name: 'workers',
    help: 'Workers by state',
    labelNames: ['pool', 'state'],
    read: () => workerSamples(bus),
  });
  addCounter(registry, {
    name: 'worker_restarts_total',
    help: 'Restarts that were carried out',
    labelNames,
    read: each(({ slots }) => sum(slots.map(({ incarnation }) => Math.max(0, incarnation - 1)))),
  });
}

const states = ['starting', 'ready', 'backoff', 'draining', 'failed', 'exited'] as const;

function workerSamples(bus: Bus): Sample[] {
  const { workers } = bus.stats();
  return bus.board.pools.flatMap(({ settings: { id } }) =>
    states.map((state): Sample => {
      const count = workers.filter((worker) => worker.pool === id && worker.state === state).length;
      return [{ pool: id, state }, count];
    }),
  );
}

function addClients(registry: Registry, { board }: Bus): void {
  const { pools, connections, counters } = board;
  addGauge(registry, {
    name: 'queue_bytes',
    help: 'Bytes that wait to be written to workers, by pool, and to clients',
    labelNames: ['peer', 'pool'],
    *read(): Generator<Sample> {
      for (const { settings, slots } of pools) {
        let bytes = 0;
        for (const { worker } of slots) bytes += worker?.output.queuedBytes ?? 0;
        yield [{ peer: 'worker', pool: settings.id }, bytes];
      }
      let bytes = 0;
      for (const { output } of connections.values()) bytes += output.queuedBytes;
      yield [{ peer: 'client', pool: '' }, bytes];
    },
  });
  addGauge(registry, {
    name: 'connections',
    help: 'Connections of clients that are open',
    read: () => [[{}, connections.size]],
  });
  addCounter(registry, {
    name: 'connects_total',
    help: 'Connections of clients that were accepted',
    read: () => [[{}, counters.clientConnects]],
  });
  addCounter(registry, {
    name: 'disconnects_total',
    help: 'Connections of clients that have ended',
    read: () => [[{}, counters.clientDisconnects]],
  });
  addGauge(registry, {
    name: 'draining',
    help: 'Whether the bus drains: 1 or 0',
    read: () => [[{}, board.isDraining ? 1 : 0]],
  });
}
