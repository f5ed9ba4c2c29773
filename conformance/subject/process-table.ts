import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Whether the system shows processes in `/proc`. */
export const hasProcessTable = entries('/proc/self').length > 0;

/** Whether the process runs: a zombie does not. Without `/proc`, whether the system knows it. */
export function isRunning(pid: number): boolean {
  if (!hasProcessTable) return isKnown(pid);
  const state = stateOf(pid);
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** The state of a process as `/proc` names it (`R`, `S`, `T`, `Z` …); undefined without one. */
export function stateOf(pid: number): string | undefined {
  return statOf(pid)?.[0];
}

/** The children of a process, zombies too. */
export function childrenOf(parentPid: number): { readonly pid: number; readonly state: string }[] {
  return pids()
    .map((pid) => ({ pid, stat: statOf(pid) }))
    .filter(({ stat }) => stat !== undefined && Number(stat[1]) === parentPid)
    .map(({ pid, stat }) => ({ pid, state: stat?.[0] ?? '' }));
}

/** The processes whose environment holds this text, whoever their parent is by now. */
export function pidsWithEnvironment(text: string): number[] {
  return pids().filter((pid) => read(`/proc/${pid}/environ`).includes(text));
}

/** The command line of a process, its arguments parted by NUL; empty where the system does not say. */
export function commandLineOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`);
}

export interface Usage {
  readonly rssBytes: number;
  readonly openFiles: number;
  readonly cpuUs: number;
}

/** What a process uses; undefined where the system does not say. */
export function usageOf(pid: number): Usage | undefined {
  const rssKib = /^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1];
  const stat = statOf(pid);
  if (rssKib === undefined || stat === undefined) return undefined;
  const ticks = Number(stat[11]) + Number(stat[12]);
  const openFiles = entries(`/proc/${pid}/fd`).length;
  return { rssBytes: Number(rssKib) * 1024, openFiles, cpuUs: ticks * 10_000 };
}

/** What the open descriptors of a process are: `pipe:[123]`, `socket:[124]`, paths. */
export function descriptorsOf(pid: number): { readonly fd: number; readonly link: string }[] {
  return entries(`/proc/${pid}/fd`).flatMap((name) => {
    try {
      return [{ fd: Number(name), link: readlinkSync(`/proc/${pid}/fd/${name}`) }];
    } catch {
      return [];
    }
  });
}

/** The fields of `/proc/PID/stat` after the name, from the state on. */
function statOf(pid: number): string[] | undefined {
  const stat = read(`/proc/${pid}/stat`);
  // The name stands in parentheses, and may hold anything.
  return stat === '' ? undefined : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function pids(): number[] {
  return entries('/proc')
    .map(Number)
    .filter((pid) => pid > 0);
}

function isKnown(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
