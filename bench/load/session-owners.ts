import type { Target } from './load-command.ts';

/** Which worker has which session, by what the workers tell. */
export interface SessionOwners {
  /**
   * A request of the session was answered by this worker; 0: it has not told. Returns how many
   * answers are known now to have come from a wrong worker.
   */
  answered(session: number, worker: number): number;
}

/**
 * A session may move when its worker has died (RST-4). So an answer of another worker is held
 * against the bus only once the worker before it has answered anything again.
 */
export function createSessionOwners(): SessionOwners {
  const ownerOf = new Map<number, number>();
  /** By worker: sessions that were its own, and were answered by another since. */
  const left = new Map<number, number>();

  return {
    answered(session, worker) {
      if (worker === 0) return 0;
      const owner = ownerOf.get(session);
      const wrong = left.size === 0 ? 0 : (left.get(worker) ?? 0);
      if (wrong > 0) left.delete(worker);
      if (owner !== worker) {
        ownerOf.set(session, worker);
        if (owner !== undefined) left.set(owner, (left.get(owner) ?? 0) + 1);
      }
      return wrong;
    },
  };
}

const known = new Map<string, SessionOwners>();

/** Of a target, for as long as this process lives: a session outlives its connection (AFF-1). */
export function sessionOwnersOf(target: Target): SessionOwners {
  const key = JSON.stringify(target);
  const owners = known.get(key) ?? createSessionOwners();
  known.set(key, owners);
  return owners;
}
