import type { Judge } from '../finding.ts';
import { poolOf } from './affinity.ts';
import { judgeOf } from './facts.ts';
import { quoted } from './moments.ts';

/** Requests with these methods went to workers of these pools. */
export function methodsGoTo(requirement: string, pools: Readonly<Record<string, string>>): Judge {
  return judgeOf(requirement, {
    floor: ({ workerReceived }) => {
      const missing = Object.keys(pools).find(
        (name) => !workerReceived.some(({ method }) => method === name),
      );
      return missing === undefined ? undefined : `no worker has read a request ${missing}`;
    },
    fault: ({ workerReceived }) => {
      const wrong = workerReceived.find((line) => {
        const expected = pools[line.method ?? ''];
        return expected !== undefined && expected !== poolOf(line);
      });
      if (wrong === undefined) return undefined;
      return {
        reason: 'a rule sent a request to the wrong pool',
        expected: `${wrong.method} in the pool ${pools[wrong.method ?? '']}`,
        seen: `${quoted(wrong)} at ${wrong.place}`,
        records: [wrong.seq],
      };
    },
  });
}
