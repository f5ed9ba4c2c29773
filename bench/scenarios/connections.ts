import { amongPoints } from './among-points.ts';
import type { Scenario } from './bench.ts';

/** 1000 connections with 64 frames each are 12.8 MB that may wait for the worker at once. */
const limits = { max_output_queue: 64 * 2 ** 20 };
const inFlight = 64;

export const connections: Scenario = {
  name: 'connections',
  summary: '1, 16 and 1000 connections, 64 in flight on each',
  async run(bench) {
    const points = [1, 16, 1000].map(
      (count) =>
        ({
          work: `${count} connection${count === 1 ? '' : 's'}, ${inFlight} in flight on each, 200 B`,
          load: {
            connections: count,
            inFlight,
            frameBytes: 200,
            sessions: count * 4,
            method: 'echo',
          },
          start: { transport: 'tcp', workers: 1, limits },
        }) as const,
    );
    const options = { scenario: 'connections', points, goal: 0.75, against: 'best' } as const;
    const rows = [];
    for (const subject of bench.subjects)
      rows.push(...(await amongPoints(bench, subject, options)));
    return rows;
  },
};
