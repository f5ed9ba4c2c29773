import type { Address } from './dialect.ts';

/** A request that has come and is not answered yet. */
export interface RunningRequest {
  readonly idJson: string;
  readonly address: Address;
  readonly method: string;
  readonly frame: Readonly<Record<string, unknown>>;
  readonly byteLength: number;
  /** Aborting it with an AnswerError says what to answer with. */
  readonly controller: AbortController;
}

export interface RequestLimits {
  readonly maxPending: number;
  readonly maxPendingBytes: number;
}

/** The requests that are not answered yet, and the room that they take. Serves WRK-2. */
export class RunningRequests {
  readonly #limits: RequestLimits;
  readonly #requests = new Set<RunningRequest>();
  #bytes = 0;

  constructor(limits: RequestLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#requests.size;
  }

  /** Whether one more of this length would be too much; the first never is. */
  isTooMuch(byteLength: number): boolean {
    const { maxPending, maxPendingBytes } = this.#limits;
    if (this.size === 0) return false;
    return this.size >= maxPending || this.#bytes + byteLength > maxPendingBytes;
  }

  add(request: RunningRequest): void {
    this.#requests.add(request);
    this.#bytes += request.byteLength;
  }

  /** It is answered now; false where it was before. */
  delete(request: RunningRequest): boolean {
    if (!this.#requests.delete(request)) return false;
    this.#bytes -= request.byteLength;
    return true;
  }

  all(): RunningRequest[] {
    return [...this.#requests];
  }
}
