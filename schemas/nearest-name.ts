/** The known name with the fewest edits to what was typed, where it is near enough to be meant. */
export function nearestName(typed: string, known: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let fewest = Math.ceil(typed.length / 3) + 1;
  for (const name of known) {
    // What is far longer or shorter needs as many edits at least; typed text may be of any length.
    if (Math.abs(typed.length - name.length) >= fewest) continue;
    const distance = edits(typed.toLowerCase(), name.toLowerCase());
    if (distance < fewest) [nearest, fewest] = [name, distance];
  }
  return nearest;
}

/** Insertions, deletions and replacements that make one text of the other. */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] as number) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[to.length] as number;
}
