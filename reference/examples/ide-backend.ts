import { strict as assert } from 'node:assert';
import { createBus } from '../index.ts';
import { examplePool } from './example-pool.ts';
import { print } from './print.ts';

/**
 * The backend of an editor: two agents work for one user, and ask before they run a command. Both
 * count their questions from 0; each answer reaches the agent that asked (COR-6).
 *
 *   node dist/reference/examples/ide-backend.js
 */
interface Prompted {
  readonly worker: number;
  readonly command: string;
  readonly done: boolean;
}

const asked: unknown[] = [];
let bothHaveAsked = () => {};
const both = new Promise<void>((resolve) => {
  bothHaveAsked = resolve;
});

await using bus = await createBus(
  { pools: [examplePool('agent-worker', 2)] },
  {
    async onRequest({ method, sessionId, params, frame }) {
      assert.equal(method, 'approval/request');
      const { command } = params as { command: string };
      asked.push(frame.id);
      print(`${sessionId} asks (id ${frame.id}): may I run "${command}"?`);
      // The user thinks until both have asked: two open questions with the same id.
      if (asked.length === 2) bothHaveAsked();
      await both;
      return { decision: command.endsWith('main') ? 'decline' : 'accept' };
    },
  },
);

const [feature, main] = await Promise.all([
  bus.request<Prompted>('prompt', { branch: 'feature' }, { sessionId: 'window 1' }),
  bus.request<Prompted>('prompt', { branch: 'main' }, { sessionId: 'window 2' }),
]);
print(`window 1: ${feature.command} ${feature.done ? 'was run' : 'was declined'}`);
print(`window 2: ${main.command} ${main.done ? 'was run' : 'was declined'}`);

assert.notEqual(feature.worker, main.worker, 'two agents');
assert.deepEqual(asked, [0, 0], 'which used the same id at the same time');
assert.deepEqual([feature.done, main.done], [true, false]);
print('both questions had the id 0, and each agent got its own answer');
