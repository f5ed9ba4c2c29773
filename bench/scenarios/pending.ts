import type { Row } from '../report/row.ts';
import type { Bench, Scenario } from './bench.ts';
import { closeLanes, faultOf, type Lane, measureLane, openLane } from './lane.ts';

const scenario = 'pending';
/** All answers come at once: 10^5 of 200 bytes are 20 MB. */
const limits = { max_output_queue: 64 * 2 ** 20 };

export const pending: Scenario = {
  name: scenario,
  summary: '10^5 requests pending at once on one connection and worker',
  async run(bench) {
    const rows = [];
    for (const subject of [bench.baselines.relay, ...bench.subjects]) {
      rows.push(await rowOf(bench, subject));
    }
    return rows;
  },
};

async function rowOf(bench: Bench, subject: Lane['subject']): Promise<Row> {
  const frames = bench.effort.pending;
  const work = `${frames} requests pending at once`;
  const once = { connections: 1, frameBytes: 200, sessions: 16, inFlight: frames, frames } as const;
  const load = { ...once, method: 'hold' } as const;
  const start = { transport: 'tcp', workers: 1, limits } as const;
  const lane = await openLane(bench, { subject, work, load, start });
  try {
    await measureLane(bench, lane, 1, scenario);
  } finally {
    await closeLanes([lane]);
  }
  const fault = faultOf(lane);
  const [sample] = lane.samples;
  return {
    scenario,
    work,
    subject: subject.name,
    ...(sample && {
      value: sample.counts.answered,
      unit: 'answers',
      compared: `in ${Math.round(sample.durationMs)} ms`,
    }),
    ...(fault !== undefined && { fault }),
    ...(subject.role === 'subject' && { goal: 'none lost', isMet: fault === undefined }),
  };
}
