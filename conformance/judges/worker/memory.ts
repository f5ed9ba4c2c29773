import type { Judge } from '../../finding.ts';
import { judgeOf } from '../facts.ts';

const mebibyte = 1024 * 1024;

/**
 * The worker's memory did not grow by more than this beyond the first time it was measured. Inconclusive
 * where the system does not show what a process uses.
 */
export function workerMemoryGrowsByAtMost(requirement: string, bytes: number): Judge {
  return judgeOf(requirement, {
    floor: ({ resources }) =>
      resources.length === 0 ? 'the system does not show the memory of a process' : undefined,
    fault({ resources }) {
      const [first = 0, ...rest] = resources.map(({ rssBytes = 0 }) => rssBytes);
      const largest = Math.max(first, ...rest);
      if (largest - first <= bytes) return undefined;
      return {
        reason: 'the memory of the worker grew without a bound',
        expected: `at most ${Math.round(bytes / mebibyte)} MiB more than at first`,
        seen: `${Math.round((largest - first) / mebibyte)} MiB more`,
        records: resources.filter(({ rssBytes }) => rssBytes === largest).map(({ seq }) => seq),
      };
    },
  });
}
