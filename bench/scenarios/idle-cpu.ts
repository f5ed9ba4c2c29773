import { setTimeout as delay } from 'node:timers/promises';
import type { Row } from '../report/row.ts';
import { type RunningSubject, type Subject, startSubject } from '../subjects/subject.ts';
import type { Bench, Scenario } from './bench.ts';
import { deathMs } from './lane.ts';

const scenario = 'idle-cpu';
const connections = 10;
const quietMs = 2000;
/** After the start, until it has come to rest. */
const restMs = 1000;
/** Of one core; below it is nothing. */
const goalPercent = 0.1;

export const idleCpu: Scenario = {
  name: scenario,
  summary: 'processor time while nothing happens',
  async run(bench) {
    const rows = [];
    for (const subject of bench.subjects) rows.push(await rowOf(bench, subject));
    return rows;
  },
};

async function rowOf(bench: Bench, subject: Subject): Promise<Row> {
  const { idleMs } = bench.effort;
  const work = `idle for ${idleMs / 1000} s, ${connections} connections, 4 workers`;
  const row = { scenario, work, subject: subject.name, goal: `0 % (below ${goalPercent})` };
  let running: RunningSubject | undefined;
  try {
    bench.progress(`${work} · ${subject.name}`);
    running = await startSubject(subject, bench.place, { transport: 'tcp', workers: 4 });
    const { target } = running;
    const opened = await bench.generate({ kind: 'idle', target, connections, quietMs });
    if (opened.error !== undefined) throw new Error(opened.error);
    await delay(restMs);
    const before = running.usage();
    await delay(idleMs);
    const after = running.usage();
    const closed = await bench.generate({ kind: 'close' });
    if (closed.error !== undefined) throw new Error(closed.error);
    if (before === undefined || after === undefined) return { ...row, note: 'no /proc to read' };
    const value = ((after.cpuNs - before.cpuNs) / (idleMs * 1e6)) * 100;
    return { ...row, value, unit: '% CPU', isMet: value < goalPercent };
  } catch (error) {
    return { ...row, fault: (await running?.deathWithin(deathMs)) ?? (error as Error).message };
  } finally {
    await running?.stop();
  }
}
