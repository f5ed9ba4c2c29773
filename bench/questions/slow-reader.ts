import { setTimeout as delay } from 'node:timers/promises';
import { emptyCounts } from '../load/load-command.ts';
import { openLineClient, requestLine } from '../subjects/line-client.ts';
import { settledUsage } from '../subjects/settled-usage.ts';
import type { RunningSubject } from '../subjects/subject.ts';
import type { Question } from './question.ts';
import { type Figures, startedRounds } from './rounds.ts';

const payloadBytes = 16 * 1024;
/** Much more than any queue should hold. */
const mostBytes = 64 * 2 ** 20;
/** No byte was taken for so long: the transport holds the writer up. */
const heldMs = 500;
const pollMs = 20;

export const slowReader: Question = {
  name: 'slow-reader',
  summary: 'memory of the bus while a client asks for 64 MiB and reads nothing',
  run: (bench) =>
    startedRounds(bench, {
      question: 'slow-reader',
      point: { payloadBytes },
      start: { transport: 'any', workers: 1 },
      subjects: [...bench.subjects, bench.baselines.relay],
      measure,
    }),
};

async function measure(running: RunningSubject): Promise<Figures> {
  const before = await settledUsage(() => running.usage()?.rssBytes);
  if (before === undefined) throw new Error('no /proc to read');
  const counts = emptyCounts();
  const client = await openLineClient(running.target, () => {});
  let isClosed = false;
  void client.ended.then(() => {
    isClosed = true;
  });
  client.socket.on('error', () => {});
  client.socket.pause();
  const text = 'x'.repeat(payloadBytes - requestLine(0, 'slow').length);
  let most = before;
  let heldSince = Date.now();
  while (!isClosed && counts.sent * payloadBytes < mostBytes && Date.now() - heldSince < heldMs) {
    while (client.socket.writableLength < payloadBytes * 4 && !isClosed) {
      client.socket.write(requestLine(counts.sent++, 'slow', text));
      heldSince = Date.now();
      if (counts.sent * payloadBytes >= mostBytes) break;
    }
    await delay(pollMs);
    most = Math.max(most, running.usage()?.rssBytes ?? 0);
  }
  client.socket.destroy();
  const death = await running.deathWithin(0);
  if (death !== undefined) throw new Error(death);
  return { counts, rssBytes: most, rssGrowthBytes: most - before };
}
