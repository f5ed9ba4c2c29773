import { amongPoints } from './among-points.ts';
import type { Scenario } from './bench.ts';

/** 64 for each of 16 workers. */
const inFlight = 1024;
const sessions = 256;

export const workers: Scenario = {
  name: 'workers',
  summary: '1, 4 and 16 workers, 1024 in flight on one connection',
  async run(bench) {
    const points = [1, 4, 16].map(
      (count) =>
        ({
          work: `${count} worker${count === 1 ? '' : 's'}, ${inFlight} in flight, 200 B`,
          load: { connections: 1, inFlight, frameBytes: 200, sessions, method: 'echo' },
          start: { transport: 'tcp', workers: count },
        }) as const,
    );
    const options = { scenario: 'workers', points, goal: 0.75, against: 'best' } as const;
    const rows = [];
    for (const subject of bench.subjects)
      rows.push(...(await amongPoints(bench, subject, options)));
    return rows;
  },
};
