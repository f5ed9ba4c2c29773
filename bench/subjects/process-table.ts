import { readdirSync, readFileSync } from 'node:fs';

/** A process as /proc shows it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Ended, and waits for its parent to look. */
  readonly isZombie: boolean;
}

/** All processes; none where there is no /proc. */
export function processTable(): ProcessEntry[] {
  return numbersIn('/proc').flatMap((name) => {
    // The command in brackets may hold anything, so the rest is found from behind.
    const fields = textOf(`/proc/${name}/stat`).split(') ').pop()?.split(' ') ?? [];
    const [state, parent, group] = fields;
    if (group === undefined) return [];
    const isZombie = state === 'Z' || state === 'X';
    return [{ pid: Number(name), parent: Number(parent), group: Number(group), isZombie }];
  });
}

/** Pids of children, their children and so on. */
export function descendantsOf(pid: number, table = processTable()): number[] {
  const found = table.filter(({ parent }) => parent === pid).map((child) => child.pid);
  return found.flatMap((child) => [child, ...descendantsOf(child, table)]);
}

/** Whether a process has this word on its command line. */
export function hasArgument(pid: number, word: string): boolean {
  return textOf(`/proc/${pid}/cmdline`).split('\0').includes(word);
}

/** The entries of a folder that are numbers. */
export function numbersIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** The text of a file; none where it has gone meanwhile. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
