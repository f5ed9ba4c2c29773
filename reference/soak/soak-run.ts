import { setMaxListeners } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BusProcess, connectOptions, startBus } from '../../testing/bus-process.ts';
import { createFrameConnection, type ProbeResult } from '../faults/frame-connection.ts';
import { until } from '../faults/process-table.ts';
import { runChaos } from './chaos.ts';
import { type Sample, sampleOf, type Trend, trendOf } from './gauge.ts';
import type { Ledger } from './ledger.ts';
import { createRandom } from './random.ts';
import { SoakClient } from './soak-client.ts';
import { poolIds, soakConfig } from './soak-config.ts';

const transports = ['tcp', 'unix'] as const;
const clientCount = 50;
const sessionCount = 2000;
const settleMs = 40_000;
const drainMs = 15_000;

export interface SoakOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly ledger: Ledger;
  /** Ends the load early. */
  readonly signal: AbortSignal;
}

export interface SoakResult {
  /** By transport. */
  readonly trends: ReadonlyMap<string, Trend>;
  readonly restarts: number;
}

/** Runs a soak against two buses, one on TCP and one on a Unix socket. Leaves nothing behind. */
export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  const ends: (() => Promise<void>)[] = [];
  const owner = { teardown: (end: () => Promise<void>) => ends.push(end) };
  try {
    const config = soakConfig();
    const start = (transport: (typeof transports)[number]) =>
      startBus(owner, { config, transport });
    return await soakBuses(await Promise.all(transports.map(start)), options);
  } finally {
    await Promise.all(ends.map((end) => end()));
  }
}

async function soakBuses(buses: readonly BusProcess[], options: SoakOptions): Promise<SoakResult> {
  const { seconds, seed, ledger, signal } = options;
  const startMs = performance.now();
  const load = startLoad(options);
  const clients = createClients(buses, load, seed);
  const [samples] = await Promise.all([
    sampleBuses(buses, load, Math.min(1000, seconds * 10)),
    runChaos({ ...load, buses, random: createRandom(seed) }),
    ...clients.map((client) => client.run()),
  ]);
  const fromMs = startMs + Math.min(120_000, (seconds * 1000) / 3);
  const trends = new Map(transports.map((each, n) => [each, trendOf(samples[n] ?? [], fromMs)]));
  if (!signal.aborted) checkTrends(trends, ledger);
  const restarts = await settleAndDrain(buses, clients, ledger);
  return { trends, restarts };
}

interface Load {
  readonly ledger: Ledger;
  isOver(): boolean;
  end(): void;
  /** Resolves after the time, or when the load is over. */
  wait(ms: number): Promise<void>;
}

/** The load lasts so many seconds, unless something ends it before. */
function startLoad({ seconds, ledger, signal }: SoakOptions): Load {
  const over = new AbortController();
  setMaxListeners(0, over.signal);
  const timer = setTimeout(() => over.abort(), seconds * 1000);
  over.signal.addEventListener('abort', () => clearTimeout(timer));
  signal.addEventListener('abort', () => over.abort());
  return {
    ledger,
    isOver: () => over.signal.aborted,
    end: () => over.abort(),
    wait: (ms) => sleep(ms, undefined, { signal: over.signal }).catch(() => {}),
  };
}

function createClients(buses: readonly BusProcess[], load: Load, seed: number): SoakClient[] {
  return Array.from({ length: clientCount }, (_, n) => {
    const bus = buses[n % buses.length] as BusProcess;
    return new SoakClient({
      ...load,
      name: `c${n}`,
      address: bus.address(),
      pools: poolIds,
      sessionCount: sessionCount / clientCount,
      random: createRandom(seed + n + 1),
    });
  });
}

/** Samples each bus at intervals. A bus that has ended ends the load. */
async function sampleBuses(buses: readonly BusProcess[], load: Load, intervalMs: number) {
  const samples = buses.map((): Sample[] => []);
  while (!load.isOver()) {
    for (const [n, { pid, stderr }] of buses.entries()) {
      const sample = sampleOf(pid);
      if (sample !== undefined) samples[n]?.push(sample);
      else {
        load.ledger.cause(`a bus ended: ${stderr.slice(-5).join(' | ')}`);
        load.end();
      }
    }
    await load.wait(intervalMs);
  }
  return samples;
}

function checkTrends(trends: ReadonlyMap<string, Trend>, ledger: Ledger): void {
  for (const [transport, { isFlat, residentMegabytes, descriptors }] of trends) {
    const said = `memory ${residentMegabytes.map(Math.round)} MB, descriptors ${descriptors}`;
    if (!isFlat) ledger.violation(`the bus on ${transport} grew: ${said}`);
  }
}

/** Waits for what is pending, then drains with one more request of each client under way. */
async function settleAndDrain(
  buses: readonly BusProcess[],
  clients: readonly SoakClient[],
  ledger: Ledger,
): Promise<number> {
  const checked = async (what: string, check: () => Promise<unknown>) => {
    await check().catch((error: Error) => ledger.violation(`${what}: ${error.message}`));
  };
  const areQuiet = () => {
    for (const client of clients) client.checkDeadlines();
    return clients.every((client) => client.isQuiet);
  };
  await checked('at the end', () => until('every client is quiet', areQuiet, settleMs));
  let restarts = 0;
  for (const bus of buses) {
    await checked('the last stats', async () => {
      const { pending, sessions, workerRestarts } = await statsOf(bus);
      if (pending !== 0) ledger.violation(`${pending} requests are pending at the end`);
      const most = sessionCount / buses.length;
      if ((sessions as number) > most) ledger.violation(`${sessions} sessions, of ${most}`);
      restarts += workerRestarts as number;
    });
  }
  await Promise.all(clients.map((client) => client.askLast(1500)));
  for (const bus of buses) {
    const arrived = async () => ((await statsOf(bus)).pending as number) >= clientCount / 2;
    await checked('before the drain', async () => {
      await until('the last requests are there', arrived);
      bus.signal('SIGTERM');
    });
  }
  for (const bus of buses) {
    await checked('the drain', async () => {
      const { code, signal } = await bus.exit(drainMs);
      if (code !== 0) ledger.violation(`the drain ended with ${code ?? signal}`);
      const left = bus.leftovers();
      if (left.length > 0) ledger.violation(`the processes ${left.join(', ')} are left`);
    });
  }
  await checked('after the drain', () => until('every client is quiet', areQuiet, 1000));
  for (const client of clients) client.leave();
  return restarts;
}

async function statsOf(bus: BusProcess): Promise<ProbeResult> {
  const socket = connect(connectOptions(bus.address()));
  try {
    const { result } = await createFrameConnection(socket, socket).request('stdio_bus/stats');
    return result as ProbeResult;
  } finally {
    socket.destroy();
  }
}
