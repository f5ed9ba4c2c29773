import type { Row } from '../report/row.ts';
import { amongPoints } from './among-points.ts';
import type { Bench, Scenario } from './bench.ts';
import { faultOf, type Lane, type Load, measureLane } from './lane.ts';
import { settledRss } from './settled-rss.ts';

const scenario = 'sessions';
const fewSessions = 10;
const goalBytes = 250;
const load = { connections: 1, inFlight: 256, frameBytes: 200, method: 'echo' } as const;

export const sessions: Scenario = {
  name: scenario,
  summary: '10 to 10^6 live sessions: throughput, memory of the bus for each',
  async run(bench) {
    const most = bench.effort.sessions;
    const points = [fewSessions, most / 100, most].map(
      (count) =>
        ({
          work: `${count} live sessions, 256 in flight, 200 B`,
          load: { ...load, sessions: count },
          start: { transport: 'tcp', workers: 4 },
        }) as const,
    );
    const options = { scenario, points, goal: 0.8, against: 'first', prepare: populate } as const;
    const rows = [];
    for (const subject of bench.subjects)
      rows.push(...(await amongPoints(bench, subject, options)));
    return rows;
  },
};

/** Brings its sessions to life, after as many frames in a few, so that only sessions are new. */
async function populate(bench: Bench, lane: Lane): Promise<Row[]> {
  const { running, load: full } = lane;
  if (running === undefined) return [];
  // A bus that is not warm yet would be a slow first point.
  const frames = Math.max(full.sessions, bench.effort.sessions / 10);
  await prepareWith(bench, lane, { ...full, sessions: fewSessions, frames });
  const before = await settledRss(running);
  await prepareWith(bench, lane, { ...full, frames });
  const after = await settledRss(running);
  if (full.sessions !== bench.effort.sessions) return [];
  const row = {
    scenario,
    work: `memory for each of ${full.sessions} sessions`,
    subject: lane.subject.name,
    goal: `≤ ${goalBytes} bytes`,
  };
  if (before === undefined || after === undefined) return [{ ...row, note: 'no /proc to read' }];
  const value = (after - before) / full.sessions;
  return [{ ...row, value, unit: 'bytes', isMet: value <= goalBytes }];
}

/** Its faults count, its speed does not. */
async function prepareWith(bench: Bench, lane: Lane, load: Load): Promise<void> {
  const preparing: Lane = { ...lane, load, samples: [] };
  await measureLane(bench, preparing, 0, scenario);
  lane.failure = faultOf(preparing);
}
