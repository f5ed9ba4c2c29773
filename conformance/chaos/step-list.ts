/** Numbers of steps as `--steps` takes them: `0-4,7`. */
export function stepListText(steps: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const step of [...steps].sort((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range !== undefined && step === range[1] + 1) range[1] = step;
    else ranges.push([step, step]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join();
}

const maxStep = 100_000;

/** The steps of a list such as `0-4,7`; undefined where it is none. */
export function stepsFromText(text: string): Set<number> | undefined {
  const steps = new Set<number>();
  for (const part of text.split(',')) {
    const [, first = '', last = first] = /^ *(\d{1,6})(?:-(\d{1,6}))? *$/.exec(part) ?? [];
    if (first === '' || Number(first) > Number(last) || Number(last) > maxStep) return undefined;
    for (let step = Number(first); step <= Number(last); step++) steps.add(step);
  }
  return steps;
}
