import type { Ledger } from './ledger.ts';

/** What the soak's worker says about its frame, in each of them. */
export interface FrameOrder {
  readonly worker: string;
  readonly sent: number;
  /** The connection that alone has sent requests of the session to this worker. */
  readonly only?: string;
}

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

/** What is wrong with the next of a worker's frames of a session on a connection (AFF-2), if anything. */
export function orderFault(last: FrameOrder | undefined, next: FrameOrder): string | undefined {
  const sentBefore = last?.worker === next.worker ? last.sent : 0;
  if (next.sent <= sentBefore) return `frame ${next.sent} of its worker came after ${sentBefore}`;
  return undefined;
}

/** What is missing before this frame, where every frame of the worker is for one connection. */
export function gapBefore(last: FrameOrder | undefined, next: FrameOrder): string | undefined {
  const sentBefore = last?.worker === next.worker ? last.sent : 0;
  const due = sentBefore + 1;
  return next.sent > due ? `frame ${next.sent} of its worker came where ${due} was due` : undefined;
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
