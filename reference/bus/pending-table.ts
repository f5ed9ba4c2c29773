import type { ClientId } from './client-id.ts';
import type { Pending } from './correlator.ts';

const fewestSlots = 8;
/** Longer tables are given back once they are empty. */
const keptSlots = 1024;

/**
 * Pending requests by their ids. Ids are counted up nearly always, so that those in use at a time
 * end in different bits: each has a slot, and those that share one are in a map.
 */
export class PendingTable {
  /** Requests in it. */
  size = 0;
  #slots: (Pending | undefined)[] = new Array(fewestSlots).fill(undefined);
  /** The ids of the requests in the slots; what is in an empty slot does not matter. */
  #ids: number[] = new Array(fewestSlots).fill(0);
  #others: Map<ClientId, Pending> | undefined;

  get(id: ClientId): Pending | undefined {
    if (typeof id === 'number') {
      const slot = id & (this.#slots.length - 1);
      if (this.#ids[slot] === id && this.#slots[slot] !== undefined) return this.#slots[slot];
    }
    return this.#others?.get(id);
  }

  has(id: ClientId): boolean {
    return this.get(id) !== undefined;
  }

  /** Adds a request under an id that is not in it. */
  set(id: ClientId, pending: Pending): void {
    this.size++;
    if (typeof id === 'number') {
      if (this.size * 2 > this.#slots.length) this.#grow();
      const slot = id & (this.#slots.length - 1);
      if (this.#slots[slot] === undefined) {
        this.#slots[slot] = pending;
        this.#ids[slot] = id;
        return;
      }
    }
    this.#others ??= new Map();
    this.#others.set(id, pending);
  }

  /** False where there is no such id. */
  delete(id: ClientId): boolean {
    const slot = typeof id === 'number' ? id & (this.#slots.length - 1) : 0;
    if (this.#ids[slot] === id && this.#slots[slot] !== undefined) this.#slots[slot] = undefined;
    else if (this.#others?.delete(id) !== true) return false;
    this.size--;
    if (this.size === 0 && this.#slots.length > keptSlots) this.#shrink();
    return true;
  }

  /** All of them, in no certain order; the table may change meanwhile. */
  values(): Pending[] {
    const inSlots = this.#slots.filter((pending) => pending !== undefined);
    return [...inSlots, ...(this.#others?.values() ?? [])];
  }

  /** Twice as many slots: those that had one of their own have one again. */
  #grow(): void {
    const [slots, ids] = [this.#slots, this.#ids];
    this.#slots = new Array(slots.length * 2).fill(undefined);
    this.#ids = new Array(slots.length * 2).fill(0);
    for (const [index, pending] of slots.entries()) {
      if (pending === undefined) continue;
      const id = ids[index] as number;
      const slot = id & (this.#slots.length - 1);
      this.#slots[slot] = pending;
      this.#ids[slot] = id;
    }
  }

  #shrink(): void {
    this.#slots = new Array(fewestSlots).fill(undefined);
    this.#ids = new Array(fewestSlots).fill(0);
    this.#others = undefined;
  }
}
