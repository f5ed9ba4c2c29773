import type { Clock } from '../../reference/bus/clock.ts';
import { busFailure, type Failure, refusal } from './failure.ts';
import type { Caller } from './identity.ts';

export interface SessionOwnersOptions {
  /** Sessions that are remembered at most. */
  readonly maxSessions: number;
  /** Milliseconds after which the bus forgets an idle session; 0: never. */
  readonly idleMs: number;
  readonly clock: Clock;
}

interface Owned {
  readonly key: string;
  usedAtMs: number;
}

/**
 * Which caller has opened which session. A session stays its caller's for as long as the bus may know
 * it: where the table is full, new sessions are refused, since forgetting one would give it away.
 */
export class SessionOwners {
  readonly #options: SessionOwnersOptions;
  /** In the order of their last use. */
  readonly #owned = new Map<string, Owned>();

  constructor(options: SessionOwnersOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#owned.size;
  }

  /** Opens the session for this caller, or finds that it is his; else why not. */
  claim(sessionId: string, { key }: Caller): Failure | undefined {
    const nowMs = this.#options.clock.nowMs();
    const owned = this.#owned.get(sessionId);
    if (owned !== undefined && !this.#isForgotten(owned, nowMs)) {
      if (owned.key !== key) {
        return refusal('PERMISSION_DENIED', 'this session is of another caller');
      }
      if (this.#options.idleMs > 0) this.#use(sessionId, owned, nowMs);
      return undefined;
    }
    if (owned === undefined && !this.#hasRoom(nowMs)) {
      const message = `the adapter knows ${this.#owned.size} sessions and takes no more`;
      return busFailure({ name: 'OVERLOADED', message, retryable: true });
    }
    this.#use(sessionId, { key, usedAtMs: nowMs }, nowMs);
    return undefined;
  }

  /** A frame of the session came from the bus, which keeps it there. */
  touch(sessionId: string): void {
    if (this.#options.idleMs === 0) return;
    const owned = this.#owned.get(sessionId);
    if (owned !== undefined) this.#use(sessionId, owned, this.#options.clock.nowMs());
  }

  #use(sessionId: string, owned: Owned, nowMs: number): void {
    owned.usedAtMs = nowMs;
    this.#owned.delete(sessionId);
    this.#owned.set(sessionId, owned);
  }

  #hasRoom(nowMs: number): boolean {
    if (this.#owned.size < this.#options.maxSessions) return true;
    for (const [sessionId, owned] of this.#owned) {
      if (!this.#isForgotten(owned, nowMs)) break;
      this.#owned.delete(sessionId);
    }
    return this.#owned.size < this.#options.maxSessions;
  }

  #isForgotten({ usedAtMs }: Owned, nowMs: number): boolean {
    const { idleMs } = this.#options;
    // Twice, since the clocks of the bus and the adapter do not start with the same frame.
    return idleMs > 0 && nowMs - usedAtMs > 2 * idleMs;
  }
}
