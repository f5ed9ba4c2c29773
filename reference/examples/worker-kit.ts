import { createBus } from '../index.ts';
import { examplePool } from './example-pool.ts';
import { print } from './print.ts';

/**
 * A worker made with the kit (workers/note-worker.ts), in two sessions: it answers, tells and asks.
 *
 *   node dist/reference/examples/worker-kit.js
 */
await using bus = await createBus(
  { pools: [examplePool('note-worker', 1)] },
  {
    onRequest({ params, sessionId }) {
      const { question } = params as { question: string };
      print(`${sessionId} is asked: ${question}`);
      return { decision: sessionId === 'ada' ? 'accept' : 'decline' };
    },
  },
);

for (const sessionId of ['ada', 'bob']) {
  const changes = bus.notifications({ sessionId });
  await bus.request('add', { text: 'milk' }, { sessionId });
  await bus.request('add', { text: 'bread' }, { sessionId });
  const { value } = await changes.next();
  print(`${sessionId} is told: ${value?.method}`);
  const { notes } = await bus.request<{ notes: number }>('clear', {}, { sessionId });
  print(`${sessionId} has ${notes} notes left`);
}
