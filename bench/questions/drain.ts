import { setTimeout as delay } from 'node:timers/promises';
import { emptyCounts } from '../load/load-command.ts';
import { type LineClient, openLineClient, requestLine } from '../subjects/line-client.ts';
import type { RunningSubject } from '../subjects/subject.ts';
import type { Question } from './question.ts';
import { type Figures, startedRounds } from './rounds.ts';

const connections = 4;
const workers = 4;
const timeoutMs = 20_000;
const pollMs = 1;
/** What was delivered before the end arrives soon after it. */
const endMs = 1000;

export const drain: Question = {
  name: 'drain',
  summary: 'SIGTERM with many requests under way: time to the end, and what was lost',
  run(bench) {
    const inFlight = bench.effort.drainPending;
    return startedRounds(bench, {
      question: 'drain',
      point: { inFlight, connections, workers },
      start: { transport: 'any', workers, limits: { drain_timeout_sec: 10 } },
      subjects: bench.subjects,
      measure: (running) => measure(running, Math.ceil(inFlight / connections)),
    });
  },
};

/** Every request was on its way before the signal; an error is an answer, silence is a loss. */
async function measure(running: RunningSubject, perConnection: number): Promise<Figures> {
  const counts = emptyCounts();
  const clients: LineClient[] = [];
  let firstAnswers = 0;
  let ended = 0;
  try {
    for (let index = 0; index < connections; index++) {
      const seen = new Set<unknown>();
      const client = await openLineClient(running.target, ({ id, isError }) => {
        if (seen.size === 0) firstAnswers++;
        if (seen.has(id)) counts.duplicated++;
        else counts.answered++;
        seen.add(id);
        if (isError) counts.errors++;
      });
      clients.push(client);
      void client.ended.then(() => {
        ended++;
      });
    }
    for (const [index, { socket }] of clients.entries()) {
      const lines = Array.from({ length: perConnection }, (_, id) =>
        requestLine(id, `drain-${index}-${id % 64}`),
      );
      counts.sent += perConnection;
      socket.write(lines.join(''));
    }
    const began = performance.now();
    while (firstAnswers < connections && performance.now() - began < timeoutMs) await delay(pollMs);
    const signalled = performance.now();
    process.kill(running.pid as number, 'SIGTERM');
    if ((await running.deathWithin(timeoutMs)) === undefined) {
      throw new Error(`still there ${timeoutMs / 1000} s after SIGTERM`);
    }
    const durationUs = (performance.now() - signalled) * 1000;
    for (const end = Date.now() + endMs; ended < connections && Date.now() < end; ) {
      await delay(pollMs);
    }
    counts.lost = counts.sent - counts.answered;
    // Refused because it drains: that is what it should say (DRN-1).
    counts.errors = 0;
    return { counts, durationUs };
  } finally {
    for (const { socket } of clients) socket.destroy();
  }
}
