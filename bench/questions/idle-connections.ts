import { emptyCounts, faultsIn, type LoadResult } from '../load/load-command.ts';
import { settledUsage } from '../subjects/settled-usage.ts';
import { closeLanes, failureOf, keepFailure, type Lane, openLane, spotOf } from './lane.ts';
import type { Bench, Question } from './question.ts';

/** Opened and closed before, so that only the connections are new. */
const warmUpConnections = 100;
const quietMs = 2000;

export const idleConnections: Question = {
  name: 'idle-connections',
  summary: 'memory of the bus by idle connections',
  async run(bench) {
    const connections = bench.effort.idleConnections;
    const spot = { question: 'idle-connections', point: { connections }, round: 1 } as const;
    for (const subject of bench.subjects) {
      bench.progress(`${connections} idle connections · ${subject.name}`);
      const lane = await openLane(bench, subject, { transport: 'any', workers: 1 });
      try {
        const memory = await growth(bench, lane, connections);
        const counts = { ...emptyCounts(), sent: connections, answered: connections };
        if (memory !== undefined) bench.keep({ ...spotOf(lane, spot), counts, ...memory });
      } catch (error) {
        lane.failure ??= await failureOf(lane, (error as Error).message);
        keepFailure(bench, lane, spot);
      } finally {
        await closeLanes([lane]);
      }
    }
  },
};

async function growth(bench: Bench, { running, failure }: Lane, connections: number) {
  if (running === undefined) throw new Error(failure);
  const open = { kind: 'idle', target: running.target, quietMs } as const;
  mustBeWhole(await bench.generate({ ...open, connections: warmUpConnections }));
  mustBeWhole(await bench.generate({ kind: 'close' }));
  const before = await settledUsage(() => running.usage()?.rssBytes);
  mustBeWhole(await bench.generate({ ...open, connections }));
  const after = await settledUsage(() => running.usage()?.rssBytes);
  mustBeWhole(await bench.generate({ kind: 'close' }));
  if (before === undefined || after === undefined) return undefined;
  return { rssBytes: after, rssGrowthBytes: after - before };
}

function mustBeWhole({ error, counts }: LoadResult): void {
  if (error !== undefined) throw new Error(error);
  if (faultsIn(counts) > 0) throw new Error(`${faultsIn(counts)} connections without an answer`);
}
