/**
 * Gives each of `takers` one of `givers` that fits, no giver to two, to as many as possible.
 * Returns the takers that get none. Earlier takers are served first.
 */
export function unassigned<T, G>(
  takers: readonly T[],
  givers: readonly G[],
  fits: (taker: T, giver: G) => boolean,
): T[] {
  const takerOf = new Map<number, T>();
  /** All givers before this one are taken. */
  let firstFree = 0;
  return takers.filter((taker) => {
    // Nearly always there is one that is free.
    for (let index = firstFree; index < givers.length; index++) {
      if (takerOf.has(index) || !fits(taker, givers[index] as G)) continue;
      takerOf.set(index, taker);
      while (takerOf.has(firstFree)) firstFree++;
      return false;
    }
    return !canMove(taker, new Set());
  });

  /** Takes a giver from a taker that can have another. */
  function canMove(taker: T, tried: Set<number>): boolean {
    for (const [index, giver] of givers.entries()) {
      if (tried.has(index) || !fits(taker, giver)) continue;
      tried.add(index);
      const holder = takerOf.get(index);
      if (takerOf.has(index) && !canMove(holder as T, tried)) continue;
      takerOf.set(index, taker);
      return true;
    }
    return false;
  }
}
