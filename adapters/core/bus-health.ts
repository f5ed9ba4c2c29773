import type { Clock } from '../../reference/bus/clock.ts';
import type { Exchange } from './exchange.ts';

/** Milliseconds between two questions to the bus, and for its answer. */
const intervalMs = 1000;
const answerTimeoutMs = 5000;

/** Whether the bus behind an adapter can be given work. */
export interface BusHealth {
  readonly isReady: boolean;
  /** Why not, in words; empty where it is ready. */
  readonly reasons: readonly string[];
  /** Calls whenever `isReady` has changed. */
  onChange(call: (isReady: boolean) => void): void;
  /** Never ready again: the adapter drains. */
  drain(): void;
  close(): void;
}

interface Slot {
  readonly pool?: unknown;
  readonly state?: unknown;
}

/**
 * Asks the bus for its stats, every second, over the exchange. It is ready while each of its pools has
 * a live worker; where it has no such method, while it answers at all; without `hasStats`, while it
 * can be reached: one that does not know the method would hand it to a worker.
 */
export function watchBusHealth(exchange: Exchange, clock: Clock, hasStats = true): BusHealth {
  const calls: ((isReady: boolean) => void)[] = [];
  let reasons: readonly string[] = ['the bus was not reached yet'];
  let isDraining = false;
  let isClosed = false;
  let cancelNext = () => {};
  let giveUp = () => {};

  const settle = (now: readonly string[]) => {
    const before = reasons.length === 0;
    reasons = isDraining ? ['the adapter is draining'] : now;
    const isReady = reasons.length === 0;
    if (isReady !== before) for (const call of calls) call(isReady);
  };
  const next = () => {
    cancelNext();
    if (!isClosed) cancelNext = clock.after(intervalMs, ask);
  };
  const ask = () => {
    cancelNext();
    giveUp();
    if (!exchange.isConnected) {
      settle(['the bus cannot be reached']);
      return;
    }
    if (!hasStats) {
      settle([]);
      return;
    }
    const idJson = exchange.nextIdJson();
    const line = Buffer.from(`{"jsonrpc":"2.0","id":${idJson},"method":"stdio_bus/stats"}\n`);
    const cancelTimeout = clock.after(answerTimeoutMs, () => {
      giveUp();
      settle([`the bus has not answered for ${answerTimeoutMs} ms`]);
      next();
    });
    const cancelRequest = exchange.request({ line, idJson, callerIdJson: idJson }, (answer) => {
      cancelTimeout();
      giveUp = () => {};
      if (answer.failure === undefined) settle(reasonsFrom(answer.result));
      else settle(answer.failure.name === 'WORKER_ERROR' ? [] : reasonsOf(answer.failure));
      next();
    });
    giveUp = () => {
      cancelTimeout();
      cancelRequest();
    };
  };
  exchange.onState(ask);
  ask();

  return {
    get isReady() {
      return reasons.length === 0;
    },
    get reasons() {
      return reasons;
    },
    onChange: (call) => void calls.push(call),
    drain() {
      isDraining = true;
      settle([]);
    },
    close() {
      isClosed = true;
      cancelNext();
      giveUp();
    },
  };
}

/** A bus that refuses its own methods, but in its own words, is there. */
function reasonsOf({ name, message }: { name: string; message: string }): string[] {
  return ['DRAINING', 'UNAVAILABLE', 'WORKER_LOST'].includes(name) ? [message] : [];
}

function reasonsFrom(result: Buffer): string[] {
  const { workers } = (JSON.parse(result.toString()) ?? {}) as { workers?: unknown };
  if (!Array.isArray(workers)) return [];
  const pools = byPool(workers);
  return [...pools]
    .filter(([, slots]) => !slots.some(({ state }) => state === 'ready' || state === 'starting'))
    .map(([pool, slots]) => {
      const isDraining = slots.some(({ state }) => state === 'draining');
      return isDraining ? 'the bus is draining' : `pool ${pool} has no live worker`;
    });
}

function byPool(workers: readonly Slot[]): Map<string, Slot[]> {
  const pools = new Map<string, Slot[]>();
  for (const slot of workers) {
    const pool = String(slot.pool);
    const slots = pools.get(pool) ?? [];
    pools.set(pool, slots);
    slots.push(slot);
  }
  return pools;
}
