import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { emptyCounts } from '../load/load-command.ts';
import { startSubject } from '../subjects/subject.ts';
import type { Bench, Question } from './question.ts';

const question = 'start';
/** So many new sessions reach every worker (AFF-3). */
const sessionsPerWorker = 16;

export const start: Question = {
  name: question,
  summary: 'start to ready: until every worker has answered; beside it the slowest worker alone',
  async run(bench) {
    const out = new Set<string>();
    for (let round = 1; round <= bench.effort.rounds; round++) {
      bench.progress(`start to ready · round ${round}`);
      await measureWorkers(bench, round);
      for (const subject of bench.subjects) {
        if (out.has(subject.name)) continue;
        const kept = await measure(bench, subject, round);
        if (!kept) out.add(subject.name);
      }
    }
  },
};

async function measure(bench: Bench, subject: Bench['subjects'][number], round: number) {
  const workers = bench.effort.startWorkers;
  const spot = { subject: subject.name, round, question, point: { workers } } as const;
  const began = performance.now();
  try {
    const readySessions = workers * sessionsPerWorker;
    const options = { transport: 'any', workers, readySessions } as const;
    const running = await startSubject(subject, bench.place, options);
    const durationUs = (performance.now() - began) * 1000;
    await running.stop();
    const counts = { ...emptyCounts(), sent: readySessions, answered: readySessions };
    bench.keep({ ...spot, counts, durationUs });
    return true;
  } catch (error) {
    bench.keep({ ...spot, counts: emptyCounts(), error: (error as Error).message });
    return false;
  }
}

/** All of them started at once, each until its first answer: the slowest counts. */
async function measureWorkers({ place, effort, keep }: Bench, round: number): Promise<void> {
  const workers = effort.startWorkers;
  const [command, ...args] = place.worker.argv;
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
  const slowestMs = Math.max(...(await Promise.all(times)));
  const counts = { ...emptyCounts(), sent: workers, answered: workers };
  const spot = { subject: 'worker', round, question, point: { workers } } as const;
  keep({ ...spot, counts, durationUs: slowestMs * 1000 });
}
