import { setTimeout as delay } from 'node:timers/promises';
import { emptyCounts } from '../load/load-command.ts';
import type { Subject } from '../subjects/subject.ts';
import { takeTurns } from './closed-loop.ts';
import { closeLanes, failureOf, keepFailure, openLane, spotOf } from './lane.ts';
import { openLoad, openLoopSamples } from './open-loop.ts';
import type { Bench, Question } from './question.ts';

const question = 'cpu';
const connections = 10;
const workers = 4;
const quietMs = 2000;
/** After the start, until it has come to rest. */
const restMs = 1000;
/** Every bus of this kind can do it, so that all are measured at the same work. */
const ratePerSec = 5000;

export const cpu: Question = {
  name: question,
  summary: 'processor time per frame at a fixed rate, and while nothing happens',
  async run(bench) {
    const durationMs = bench.effort.sampleMs * openLoopSamples;
    const load = { ...openLoad, ratePerSec, durationMs };
    const start = { transport: 'any', workers: 1 } as const;
    const subjects = [...bench.subjects, bench.baselines.relay];
    await takeTurns(bench, {
      question,
      settings: [{ point: { ratePerSec }, load, start }],
      subjects,
    });
    for (const subject of bench.subjects) await measureIdle(bench, subject);
  },
};

async function measureIdle(bench: Bench, subject: Subject): Promise<void> {
  const { idleMs } = bench.effort;
  const spot = { question, point: { connections, workers }, round: 1 } as const;
  bench.progress(`idle · ${subject.name}`);
  const lane = await openLane(bench, subject, { transport: 'any', workers });
  try {
    const { running } = lane;
    if (running === undefined) throw new Error(lane.failure);
    const { target } = running;
    const opened = await bench.generate({ kind: 'idle', target, connections, quietMs });
    if (opened.error !== undefined) throw new Error(opened.error);
    await delay(restMs);
    const before = running.usage();
    await delay(idleMs);
    const after = running.usage();
    const closed = await bench.generate({ kind: 'close' });
    if (closed.error !== undefined) throw new Error(closed.error);
    if (before === undefined || after === undefined) return;
    const cpuShare = Math.max(0, after.cpuNs - before.cpuNs) / (idleMs * 1e6);
    const counts = { ...emptyCounts(), sent: connections, answered: connections };
    bench.keep({ ...spotOf(lane, spot), counts, cpuShare, rssBytes: after.rssBytes });
  } catch (error) {
    lane.failure ??= await failureOf(lane, (error as Error).message);
    keepFailure(bench, lane, spot);
  } finally {
    await closeLanes([lane]);
  }
}
