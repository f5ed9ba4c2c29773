import type { ClientId } from './client-id.ts';
import type { Connection } from './connection.ts';
import type { Session } from './session-table.ts';
import type { Worker } from './worker.ts';

/** A request that was given to a worker and is not answered yet. */
export interface Pending {
  readonly connection: Connection;
  readonly worker: Worker;
  readonly session: Session | undefined;
  /** The id that the worker sees. */
  readonly busId: number;
  /** The id that the client gave it. */
  readonly clientId: ClientId;
  /** Position of its first byte in what is written to the worker. */
  readonly position: number;
  /** When its deadline passes, in milliseconds of the bus's clock; 0 where it has none. */
  readonly deadlineMs: number;
}

/**
 * Which request a response answers: requests by the id that the worker sees, and by the id of the
 * connection that asked. Implements COR-1, COR-2, COR-3, COR-5, COR-9.
 */
export class Correlator {
  /** Requests that are pending. */
  size = 0;
  /** In the order of their deadlines; empty where requests have none. */
  readonly #byDeadline = new Set<Pending>();
  readonly #requestTimeoutMs: number;

  constructor(requestTimeoutMs: number) {
    this.#requestTimeoutMs = requestTimeoutMs;
  }

  /** Whether an id is still in use on its connection. */
  isPending(connection: Connection, clientId: ClientId): boolean {
    return connection.pending.has(clientId);
  }

  /** A request is about to be given to a worker. */
  open(
    connection: Connection,
    clientId: ClientId,
    worker: Worker,
    session: Session | undefined,
    nowMs: number,
  ): Pending {
    const pending: Pending = {
      connection,
      worker,
      session,
      busId: worker.nextId++,
      clientId,
      position: worker.output.stagedBytes,
      deadlineMs: this.#requestTimeoutMs > 0 ? nowMs + this.#requestTimeoutMs : 0,
    };
    worker.pending.set(pending.busId, pending);
    connection.pending.set(clientId, pending);
    if (session !== undefined) session.pending++;
    if (this.#requestTimeoutMs > 0) this.#byDeadline.add(pending);
    this.size++;
    return pending;
  }

  /** The request that a worker's response answers. */
  find(worker: Worker, busId: number): Pending | undefined {
    return worker.pending.get(busId);
  }

  /** The request is answered, or nobody waits for it any more; false where that was so before. */
  close(pending: Pending): boolean {
    if (!pending.worker.pending.delete(pending.busId)) return false;
    pending.connection.pending.delete(pending.clientId);
    if (pending.session !== undefined) pending.session.pending--;
    if (this.#requestTimeoutMs > 0) this.#byDeadline.delete(pending);
    this.size--;
    return true;
  }

  /** The requests whose deadline has passed. */
  expired(nowMs: number): Pending[] {
    const expired: Pending[] = [];
    for (const pending of this.#byDeadline) {
      if (pending.deadlineMs > nowMs) break;
      expired.push(pending);
    }
    return expired;
  }

  /** Whether no byte of the request was given to its worker. */
  isUndelivered({ worker, position }: Pending): boolean {
    return position >= worker.output.handedBytes;
  }
}
