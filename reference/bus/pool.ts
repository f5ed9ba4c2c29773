import type { PoolSettings } from './settings.ts';
import type { Slot } from './slot.ts';
import type { Worker } from './worker.ts';

/** What a worker is chosen for: a new session, one whose worker was lost, a frame without one. */
export type TurnPurpose = 'session' | 'rebind' | 'request' | 'notification';

/** A number of like slots, and whose turn it is. Implements AFF-3, AFF-5, AFF-10. */
export class Pool {
  readonly index: number;
  readonly settings: PoolSettings;
  slots: readonly Slot[] = [];
  /** Whose turn it is, for each purpose: none takes the turns of another. */
  readonly #next: Record<TurnPurpose, number> = {
    session: 0,
    rebind: 0,
    request: 0,
    notification: 0,
  };

  constructor(index: number, settings: PoolSettings) {
    this.index = index;
    this.settings = settings;
  }

  /** Whether every slot has failed: no worker will ever be there again. */
  get hasFailed(): boolean {
    return this.slots.every((slot) => slot.state === 'failed');
  }

  /** The live worker whose turn it is. */
  nextWorker(purpose: TurnPurpose): Worker | undefined {
    const turn = this.#turn(this.#next[purpose]);
    if (turn === undefined) return undefined;
    this.#next[purpose] = turn + 1;
    return this.slots[turn]?.liveWorker;
  }

  /** The first slot from this one on, in the round, that has a live worker. */
  #turn(first: number): number | undefined {
    const { length } = this.slots;
    for (let step = 0; step < length; step++) {
      const index = (first + step) % length;
      if (this.slots[index]?.liveWorker !== undefined) return index;
    }
    return undefined;
  }
}
