import { takeTurns } from './closed-loop.ts';
import type { Question } from './question.ts';

/** 1000 connections with 64 frames each are 12.8 MB that may wait for the worker at once. */
const limits = { max_output_queue: 64 * 2 ** 20 };
const inFlight = 64;

export const connections: Question = {
  name: 'connections',
  summary: 'requests per second by connections, 64 in flight on each',
  async run(bench) {
    const settings = bench.effort.connections.map(
      (count) =>
        ({
          point: { connections: count, inFlight },
          load: {
            connections: count,
            inFlight,
            frameBytes: 200,
            sessions: count * 4,
            method: 'echo',
          },
          start: { transport: 'any', workers: 1, limits },
        }) as const,
    );
    await takeTurns(bench, { question: 'connections', settings, subjects: bench.subjects });
  },
};
