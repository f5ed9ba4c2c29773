import { allSubjects } from './all-subjects.ts';
import { type Setting, takeTurns } from './closed-loop.ts';
import type { Question } from './question.ts';

const shortFrame = 200;

export const throughput: Question = {
  name: 'throughput',
  summary: 'requests per second by requests in flight and payload, one connection, one worker',
  async run(bench) {
    const settings = [
      ...bench.effort.inFlight.map((inFlight) => setting(shortFrame, inFlight)),
      ...bench.effort.throughputPayloads.map(([bytes, inFlight]) => setting(bytes, inFlight)),
    ];
    await takeTurns(bench, { question: 'throughput', settings, subjects: allSubjects(bench) });
  },
};

function setting(frameBytes: number, inFlight: number): Setting {
  return {
    point: { payloadBytes: frameBytes, inFlight },
    load: { connections: 1, inFlight, frameBytes, sessions: 16, method: 'echo' },
    start: { transport: 'any', workers: 1 },
  };
}
