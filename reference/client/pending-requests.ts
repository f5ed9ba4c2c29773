import type { BusRequestError } from './bus-request-error.ts';

/** A request that was asked of this client and has no answer yet. */
export interface PendingRequest {
  readonly id: number;
  readonly sessionId: string | undefined;
  readonly byteLength: number;
  /** Whether it was given to a connection: from then on the worker may have seen it. */
  isWritten: boolean;
  /** Takes its answer. */
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: BusRequestError) => void;
}

/** The requests without an answer, by id. Ids are never used again, not even on a new connection. */
export class PendingRequests {
  readonly #byId = new Map<number, PendingRequest>();
  #lastId = 0;

  get size(): number {
    return this.#byId.size;
  }

  nextId(): number {
    return ++this.#lastId;
  }

  add(request: PendingRequest): void {
    this.#byId.set(request.id, request);
  }

  /** Takes out the request with this id; undefined where it was answered or given up. */
  take(id: unknown): PendingRequest | undefined {
    const request = this.#byId.get(id as number);
    if (request !== undefined) this.#byId.delete(request.id);
    return request;
  }

  /** Takes out those that were written: their connection is gone. */
  takeWritten(): PendingRequest[] {
    const written = [...this.#byId.values()].filter(({ isWritten }) => isWritten);
    for (const { id } of written) this.#byId.delete(id);
    return written;
  }

  takeAll(): PendingRequest[] {
    const all = [...this.#byId.values()];
    this.#byId.clear();
    return all;
  }

  /**
   * Takes out the longest of those that were written, where it is longer than this. A bus that finds
   * a line too long cannot say whose it was; the longest that has no answer certainly was too long.
   */
  takeLongestWritten(overBytes: number): PendingRequest | undefined {
    let longest: PendingRequest | undefined;
    for (const request of this.#byId.values()) {
      if (request.isWritten && request.byteLength > (longest?.byteLength ?? overBytes)) {
        longest = request;
      }
    }
    return longest && this.take(longest.id);
  }
}
