import { allSubjects } from './all-subjects.ts';
import { type Setting, takeTurns } from './closed-loop.ts';
import type { Question } from './question.ts';

export const roundTrip: Question = {
  name: 'round-trip',
  summary: 'one request after another, by payload, over TCP and Unix',
  async run(bench) {
    const shortest = bench.effort.payloads[0] as number;
    const settings = [
      ...bench.effort.payloads.map((bytes) => setting('tcp', bytes)),
      setting('unix', shortest),
    ];
    await takeTurns(bench, { question: 'round-trip', settings, subjects: allSubjects(bench) });
  },
};

function setting(transport: 'tcp' | 'unix', frameBytes: number): Setting {
  return {
    point: { payloadBytes: frameBytes, transport },
    load: { connections: 1, inFlight: 1, frameBytes, sessions: 16, method: 'echo' },
    start: { transport, workers: 1, limits: { max_input_buffer: 2 ** 21 } },
  };
}
