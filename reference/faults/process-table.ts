import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** A process as `/proc` shows it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parentPid: number;
  /** `Z` is a zombie. */
  readonly state: string;
}

/** The process with this id, a zombie too; undefined where there is none. */
export function processEntry(pid: number): ProcessEntry | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === '') return undefined;
  // The name stands in parentheses, and may hold anything.
  const [state = '', parentPid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { pid, parentPid: Number(parentPid), state };
}

/** The children of a process, zombies too. */
export function childrenOf(parentPid: number): ProcessEntry[] {
  return allPids()
    .map(processEntry)
    .filter((entry) => entry !== undefined)
    .filter((entry) => entry.parentPid === parentPid);
}

/** The processes that run with this text in their environment, whoever their parent is by now. */
export function pidsWithEnvironment(text: string): number[] {
  return allPids().filter((pid) => read(`/proc/${pid}/environ`).includes(text));
}

/** Whether the process runs: a zombie does not. */
export function isRunning(pid: number): boolean {
  const state = processEntry(pid)?.state;
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** The resident memory of a process, in bytes. */
export function residentBytes(pid: number): number {
  const pages = /^VmRSS:\s*(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1];
  if (pages === undefined) throw new Error(`process ${pid} has no VmRSS`);
  return Number(pages) * 1024;
}

/** The numbers of the descriptors that a process has open. */
export function descriptorsOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/fd`).map(Number);
}

/** Waits until the probe gives something. Throws after the deadline. */
export async function until<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  deadlineMs = 20_000,
): Promise<T> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`not within ${deadlineMs} ms: ${what}`);
    await wait(5);
  }
}

function allPids(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // It ended meanwhile.
    return '';
  }
}
