import { descendantsOf, hasArgument, numbersIn, textOf } from './process-table.ts';

const pageBytes = 4096;

/** What a process and its descendants use, without the processes left out. */
export interface Usage {
  readonly rssBytes: number;
  /** Of all threads since they began. */
  readonly cpuNs: number;
}

/**
 * Reads /proc; undefined where there is none. A process with the argument `without` in its command
 * line is left out: a worker is no part of its bus.
 */
export function usageOf(pid: number, without: string): Usage | undefined {
  let rssBytes = 0;
  let cpuNs = 0;
  let isKnown = false;
  for (const member of [pid, ...descendantsOf(pid)]) {
    const memory = textOf(`/proc/${member}/statm`);
    // The relay names its worker on its own command line.
    if (memory === '' || (member !== pid && hasArgument(member, without))) continue;
    isKnown = true;
    rssBytes += Number(memory.split(' ')[1]) * pageBytes;
    for (const thread of numbersIn(`/proc/${member}/task`)) {
      cpuNs += Number(textOf(`/proc/${member}/task/${thread}/schedstat`).split(' ')[0]);
    }
  }
  return isKnown ? { rssBytes, cpuNs } : undefined;
}
