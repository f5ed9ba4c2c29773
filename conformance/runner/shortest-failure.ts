/**
 * The shortest part of a list that still fails, as far as so many tries find it: halves, then ever
 * smaller pieces are left out (delta debugging). `fails` is asked about lists in the same order.
 */
export async function shortestFailure<T>(
  items: readonly T[],
  fails: (part: readonly T[]) => Promise<boolean>,
  maxTries: number,
): Promise<readonly T[]> {
  let part = items;
  let pieces = 2;
  let tries = 0;
  while (part.length > 1 && tries < maxTries) {
    const size = Math.ceil(part.length / pieces);
    let isShorter = false;
    for (let start = 0; start < part.length && tries < maxTries; start += size) {
      const rest = [...part.slice(0, start), ...part.slice(start + size)];
      tries++;
      if (await fails(rest)) {
        part = rest;
        pieces = Math.max(pieces - 1, 2);
        isShorter = true;
        break;
      }
    }
    if (isShorter) continue;
    if (size === 1) break;
    pieces = Math.min(pieces * 2, part.length);
  }
  return part;
}
