import { setTimeout as delay } from 'node:timers/promises';
import { emptyCounts } from '../load/load-command.ts';
import { openLineClient, requestLine } from '../subjects/line-client.ts';
import type { RunningSubject } from '../subjects/subject.ts';
import type { Question } from './question.ts';
import { type Figures, startedRounds } from './rounds.ts';

const timeoutMs = 15_000;
const pauseMs = 1;

export const recovery: Question = {
  name: 'recovery',
  summary: 'kill -9 of the only worker, until the first answer again',
  run: (bench) =>
    startedRounds(bench, {
      question: 'recovery',
      point: { workers: 1 },
      start: { transport: 'any', workers: 1 },
      subjects: bench.subjects,
      measure,
    }),
};

/** Errors meanwhile are as they should be (RST-1); a request without an answer is lost. */
async function measure(running: RunningSubject): Promise<Figures> {
  const [worker] = running.workers();
  if (worker === undefined) throw new Error('its worker is not to be seen in /proc');
  const counts = emptyCounts();
  let answeredAt = 0;
  let closed = false;
  const client = await openLineClient(running.target, ({ isError }) => {
    counts.answered++;
    if (!isError) answeredAt ||= performance.now();
  });
  void client.ended.then(() => {
    closed = true;
  });
  const began = performance.now();
  process.kill(worker, 'SIGKILL');
  try {
    while (answeredAt === 0) {
      if (closed) throw new Error('the connection was closed');
      if (performance.now() - began > timeoutMs) {
        throw new Error(`no answer ${timeoutMs / 1000} s after kill -9 of the worker`);
      }
      client.socket.write(requestLine(counts.sent++, `recovery-${counts.sent}`));
      await delay(pauseMs);
    }
    for (const end = Date.now() + 1000; counts.answered < counts.sent && Date.now() < end; ) {
      await delay(pauseMs);
    }
  } finally {
    client.socket.destroy();
  }
  counts.lost = counts.sent - counts.answered;
  return { counts, durationUs: (answeredAt - began) * 1000 };
}
