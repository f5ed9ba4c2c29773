import { faultsIn, type LoadResult } from '../load/load-command.ts';
import type { Row } from '../report/row.ts';
import { type RunningSubject, type Subject, startSubject } from '../subjects/subject.ts';
import type { Bench, Scenario } from './bench.ts';
import { deathMs } from './lane.ts';
import { settledRss } from './settled-rss.ts';

const scenario = 'idle-connections';
const goalKb = 20;
/** Opened and closed before, so that only the connections are new. */
const warmUpConnections = 100;
const quietMs = 2000;

export const idleConnections: Scenario = {
  name: scenario,
  summary: '5000 idle connections: memory of the bus for each',
  async run(bench) {
    const rows = [];
    for (const subject of bench.subjects) rows.push(await rowOf(bench, subject));
    return rows;
  },
};

async function rowOf(bench: Bench, subject: Subject): Promise<Row> {
  const count = bench.effort.idleConnections;
  const row = {
    scenario,
    work: `memory for each of ${count} idle connections`,
    subject: subject.name,
    goal: `≤ ${goalKb} KB`,
  };
  let running: RunningSubject | undefined;
  try {
    bench.progress(`${count} idle connections · ${subject.name}`);
    running = await startSubject(subject, bench.place, { transport: 'tcp', workers: 1 });
    const bytes = await growth(bench, running, count);
    if (bytes === undefined) return { ...row, note: 'no /proc to read' };
    const value = bytes / count / 1000;
    return { ...row, value, unit: 'KB', isMet: value <= goalKb };
  } catch (error) {
    return { ...row, fault: (await running?.deathWithin(deathMs)) ?? (error as Error).message };
  } finally {
    await running?.stop();
  }
}

async function growth(bench: Bench, running: RunningSubject, connections: number) {
  const { target } = running;
  const open = { kind: 'idle', target, quietMs } as const;
  mustBeWhole(await bench.generate({ ...open, connections: warmUpConnections }));
  mustBeWhole(await bench.generate({ kind: 'close' }));
  const before = await settledRss(running);
  mustBeWhole(await bench.generate({ ...open, connections }));
  const after = await settledRss(running);
  mustBeWhole(await bench.generate({ kind: 'close' }));
  return before === undefined || after === undefined ? undefined : after - before;
}

function mustBeWhole({ error, counts }: LoadResult): void {
  if (error !== undefined) throw new Error(error);
  if (faultsIn(counts) > 0) throw new Error(`${faultsIn(counts)} connections without an answer`);
}
