import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Row } from '../report/row.ts';
import { medianOf } from '../report/statistics.ts';
import { type Subject, startSubject } from '../subjects/subject.ts';
import type { Bench, Scenario } from './bench.ts';

const scenario = 'start';
const workers = 10;
/** So many new sessions reach every worker (AFF-3). */
const readySessions = workers * 16;
const goalMs = 150;
const work = `start to ready with ${workers} workers`;

interface StartLane {
  readonly subject: Subject;
  readonly timesMs: number[];
  /** Beyond the slowest worker of the same round. */
  readonly extraMs: number[];
  fault?: string;
}

export const start: Scenario = {
  name: scenario,
  summary: `${work}, until all of them have answered`,
  async run(bench) {
    const lanes = bench.subjects.map(
      (subject): StartLane => ({ subject, timesMs: [], extraMs: [] }),
    );
    const workerMs: number[] = [];
    for (let round = 1; round <= bench.effort.rounds; round++) {
      bench.progress(`${work} · round ${round}`);
      const slowestMs = await slowestWorkerMs(bench.place.worker.argv);
      workerMs.push(slowestMs);
      for (const lane of lanes) await measure(bench, lane, slowestMs);
    }
    const alone = {
      scenario,
      work,
      subject: 'worker',
      value: medianOf(workerMs),
      unit: 'ms',
    } as const;
    return [alone, ...lanes.map(rowOf)];
  },
};

async function measure(bench: Bench, lane: StartLane, slowestMs: number): Promise<void> {
  if (lane.fault !== undefined) return;
  const began = performance.now();
  try {
    const options = { transport: 'tcp', workers, readySessions } as const;
    const running = await startSubject(lane.subject, bench.place, options);
    const tookMs = performance.now() - began;
    lane.timesMs.push(tookMs);
    lane.extraMs.push(tookMs - slowestMs);
    await running.stop();
  } catch (error) {
    lane.fault = (error as Error).message;
  }
}

/** All of them started at once, each until its first answer. */
async function slowestWorkerMs(argv: readonly string[]): Promise<number> {
  const [command, ...args] = argv;
  const began = performance.now();
  const times = Array.from({ length: workers }, async () => {
    const child = spawn(String(command), args, { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"echo"}\n');
    await once(child.stdout, 'data');
    const tookMs = performance.now() - began;
    child.stdin.end();
    await once(child, 'close');
    return tookMs;
  });
  return Math.max(...(await Promise.all(times)));
}

function rowOf({ subject, timesMs, extraMs, fault }: StartLane): Row {
  const goal = `≤ ${goalMs} ms more`;
  const row: Row = { scenario, work, subject: subject.name, goal, ...(fault && { fault }) };
  if (timesMs.length === 0) return row;
  const extra = medianOf(extraMs);
  return {
    ...row,
    value: medianOf(timesMs),
    unit: 'ms',
    compared: `${Math.round(extra)} ms more than the slowest worker`,
    isMet: extra <= goalMs && fault === undefined,
  };
}
