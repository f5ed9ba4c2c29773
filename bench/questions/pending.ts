import { closeLanes, measureLane, openLane } from './lane.ts';
import type { Question } from './question.ts';

/** All answers come at once: 10^5 of 200 bytes are 20 MB. */
const limits = { max_output_queue: 64 * 2 ** 20 };

export const pending: Question = {
  name: 'pending',
  summary: 'many requests pending at once on one connection and worker, none of them lost',
  async run(bench) {
    const frames = bench.effort.pending;
    const spot = { question: 'pending', point: { inFlight: frames }, round: 1 } as const;
    for (const subject of [...bench.subjects, bench.baselines.relay]) {
      const lane = await openLane(bench, subject, { transport: 'any', workers: 1, limits });
      bench.progress(`${frames} requests pending at once · ${subject.name}`);
      const load = { connections: 1, frameBytes: 200, sessions: 16, inFlight: frames, frames };
      await measureLane(bench, lane, { ...load, method: 'hold' }, spot);
      await closeLanes([lane]);
    }
  },
};
