import type { Judge } from '../finding.ts';
import { judgeOf } from './facts.ts';

/** Each pool has had as many slots as the configuration gives it, and no more. CFG-1. */
export const everySlotIsFilled: Judge = judgeOf('CFG-1', {
  fault: ({ header, processes }) => {
    const tags = [...processes.keys()];
    const counts = header.pools.map(({ id, instances }) => {
      const count = tags.filter((tag) => tag.startsWith(`${id}/`) && tag.endsWith('/1')).length;
      return { id, instances, count };
    });
    const wrong = counts.find(({ instances, count }) => count !== instances);
    if (wrong === undefined) return undefined;
    return {
      reason: 'a pool has not the number of workers that it is configured with',
      expected: `${wrong.instances} workers in ${wrong.id}`,
      seen: `${wrong.count}`,
    };
  },
});
