import type { Judge } from '../finding.ts';
import { judgeOf } from './facts.ts';

const mebibyte = 1024 * 1024;

/**
 * The subject's memory never grew by more than this beyond the first time it was measured. Inconclusive
 * where the system does not show what a process uses.
 */
export function memoryGrowsByAtMost(requirement: string, bytes: number): Judge {
  return judgeOf(requirement, {
    floor: ({ resources }) =>
      resources.length < 2 ? 'the system does not show the memory of a process' : undefined,
    fault: ({ resources }) => {
      const [first, ...rest] = resources.map(({ rssBytes = 0 }) => rssBytes);
      const growth = Math.max(0, ...rest) - (first ?? 0);
      if (growth <= bytes) return undefined;
      const largest = resources.find(({ rssBytes = 0 }) => rssBytes === Math.max(...rest));
      return {
        reason: 'the memory of the bus grew with what was queued',
        expected: `at most ${Math.round(bytes / mebibyte)} MiB more than at first`,
        seen: `${Math.round(growth / mebibyte)} MiB more`,
        records: largest === undefined ? [] : [largest.seq],
      };
    },
  });
}
