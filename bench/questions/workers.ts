import { takeTurns } from './closed-loop.ts';
import type { Question } from './question.ts';

/** 64 for each of 16 workers. */
const inFlight = 1024;
const sessions = 256;

export const workers: Question = {
  name: 'workers',
  summary: 'requests per second by workers, 1024 in flight; none may change its worker',
  async run(bench) {
    const settings = bench.effort.workers.map(
      (count) =>
        ({
          point: { workers: count, inFlight },
          load: { connections: 1, inFlight, frameBytes: 200, sessions, method: 'tell' },
          start: { transport: 'any', workers: count },
        }) as const,
    );
    await takeTurns(bench, { question: 'workers', settings, subjects: bench.subjects });
  },
};
