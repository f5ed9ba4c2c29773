import { allSubjects } from './all-subjects.ts';
import { type Setting, takeTurns } from './closed-loop.ts';
import type { Load } from './lane.ts';
import type { Question } from './question.ts';

/** Two samples long: of a slow rate, a percentile needs time. */
export const openLoopSamples = 2;

/** Requests on schedule; more than this cannot wait for their answers. */
export const openLoad: Load = {
  connections: 1,
  inFlight: 1 << 16,
  frameBytes: 200,
  sessions: 16,
  method: 'echo',
};

export const openLoop: Question = {
  name: 'open-loop',
  summary: 'latency at fixed rates, requests on schedule, from the intended time',
  async run(bench) {
    const durationMs = bench.effort.sampleMs * openLoopSamples;
    const settings = bench.effort.ratesPerSec.map(
      (ratePerSec): Setting => ({
        point: { ratePerSec },
        load: { ...openLoad, ratePerSec, durationMs },
        start: { transport: 'any', workers: 1 },
      }),
    );
    await takeTurns(bench, { question: 'open-loop', settings, subjects: allSubjects(bench) });
  },
};
