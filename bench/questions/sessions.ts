import { faultsIn } from '../load/load-command.ts';
import { settledUsage } from '../subjects/settled-usage.ts';
import { type Setting, takeTurns } from './closed-loop.ts';
import {
  closeLanes,
  keepFailure,
  type Lane,
  type Load,
  openLane,
  runOnLane,
  spotOf,
} from './lane.ts';
import type { Bench, Question } from './question.ts';

const question = 'sessions';
const fewSessions = 10;
const load = { connections: 1, inFlight: 256, frameBytes: 200, method: 'echo' } as const;

/** The relay knows no sessions: what it loses with them is the load generator's own memory traffic. */
export const sessions: Question = {
  name: question,
  summary: 'requests per second and memory by live sessions; the relay shows the generator’s part',
  async run(bench) {
    const settings = bench.effort.sessions.map(
      (count): Setting => ({
        point: { sessions: count },
        load: { ...load, sessions: count },
        start: { transport: 'any', workers: 4 },
      }),
    );
    const subjects = [...bench.subjects, bench.baselines.relay];
    await takeTurns(bench, {
      question,
      settings,
      subjects,
      prepare: (lane, setting) => populate(bench, lane, setting.load),
    });
    for (const subject of bench.subjects) await measureMemory(bench, subject);
  },
};

/** Brings its sessions to life. */
async function populate(bench: Bench, lane: Lane, full: Load): Promise<void> {
  bench.progress(`${full.sessions} sessions come to life · ${lane.subject.name}`);
  const most = Math.max(...bench.effort.sessions);
  // A bus that is not warm yet would be a slow first point.
  const frames = Math.max(full.sessions, most / 10);
  await prepareWith(bench, lane, { ...full, frames });
}

/** Growth from a few sessions to the most, after as many frames in a few, so that only they are new. */
async function measureMemory(bench: Bench, subject: Lane['subject']): Promise<void> {
  const most = Math.max(...bench.effort.sessions);
  const spot = { question, point: { sessions: most }, round: 1 } as const;
  const lane = await openLane(bench, subject, { transport: 'any', workers: 4 });
  try {
    bench.progress(`memory of ${most} sessions · ${subject.name}`);
    await prepareWith(bench, lane, { ...load, sessions: fewSessions, frames: most });
    const before = await settledUsage(() => lane.running?.usage()?.rssBytes);
    await prepareWith(bench, lane, { ...load, sessions: most, frames: most });
    const after = await settledUsage(() => lane.running?.usage()?.rssBytes);
    if (lane.failure !== undefined) keepFailure(bench, lane, spot);
    else if (before !== undefined && after !== undefined) {
      const counts = {
        sent: most,
        answered: most,
        lost: 0,
        duplicated: 0,
        misrouted: 0,
        errors: 0,
      };
      const memory = { rssBytes: after, rssGrowthBytes: after - before };
      bench.keep({ ...spotOf(lane, spot), counts, ...memory });
    }
  } finally {
    await closeLanes([lane]);
  }
}

/** Its faults count, its speed does not. */
async function prepareWith(bench: Bench, lane: Lane, load: Load): Promise<void> {
  const result = await runOnLane(bench, lane, load);
  if (result === undefined || lane.failure !== undefined) return;
  const faults = faultsIn(result.counts);
  if (faults > 0) lane.failure = `${faults} requests without an answer of their own`;
}
