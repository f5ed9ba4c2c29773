import type { Bus } from '../bus/bus.ts';

/** Whether a bus can be given work. */
export interface Readiness {
  readonly ready: boolean;
  /** Why not, in words; empty where it is ready. */
  readonly reasons: readonly string[];
}

/** A bus is ready while it does not drain and every pool has a live worker. */
export function readinessOf({ board }: Bus): Readiness {
  const reasons = board.pools
    .filter(({ slots }) => slots.every(({ liveWorker }) => liveWorker === undefined))
    .map(({ settings, hasFailed }) =>
      hasFailed
        ? `every worker of pool ${settings.id} has failed`
        : `pool ${settings.id} has no live worker`,
    );
  if (board.isDraining) reasons.unshift('the bus is draining');
  return { ready: reasons.length === 0, reasons };
}
