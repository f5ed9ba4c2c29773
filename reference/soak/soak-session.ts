import type { Ledger } from './ledger.ts';

/** One session of one client: its numbers, and what its workers said that they saw. */
export interface SoakSession {
  readonly id: string;
  readonly pool: string;
  nextNumber: number;
  /** Numbers of requests of which the bus said that no worker had seen them. */
  readonly undelivered: Set<number>;
}

/** A session in which nothing was sent yet. */
export function createSoakSession(id: string, pool: string): SoakSession {
  return { id, pool, nextNumber: 1, undelivered: new Set() };
}

/** What the worker's response says about the request. */
export interface Receipt {
  readonly number: number;
  /** The number that came before it on the same connection, 0 where there was none. */
  readonly previous: number;
}

/** Checks that a worker got the requests of a connection in order (AFF-2), and no refused one. */
export function checkReceipt(session: SoakSession, receipt: Receipt, ledger: Ledger): void {
  const { number, previous } = receipt;
  if (previous >= number) {
    ledger.violation(`${session.id}: the worker got request ${number} after ${previous}`);
  }
  if (session.undelivered.has(previous)) {
    ledger.violation(`${session.id}: request ${previous} was said not to be delivered, but was`);
  }
}
