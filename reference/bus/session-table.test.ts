import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { createEnvelopeScanner } from '../envelope-scanner.ts';
import { SessionTable } from './session-table.ts';
import type { Worker } from './worker.ts';

const createWorker = () => ({ sessions: 0 }) as unknown as Worker;

t.test('a session is forgotten only when it is idle and has nothing pending', async (t) => {
  const worker = createWorker();
  const table = new SessionTable();
  table.add('old', worker, 1, 1000);
  table.add('busy', worker, 1, 1000).pending = 1;
  table.add('new', worker, 1, 5000);
  t.equal(table.forgetIdle(900), 0);
  t.equal(table.forgetIdle(3000), 1);
  t.same([table.find('old'), table.find('busy')?.sessionId, table.size], [undefined, 'busy', 2]);
  t.equal(worker.sessions, 2);
});

t.test('a session is not forgotten before it has been idle for the whole time', async () => {
  const time = fc.nat(10_000);
  fc.assert(
    fc.property(time, time, (usedAt, since) => {
      fc.pre(usedAt > since);
      const table = new SessionTable();
      table.add('s1', createWorker(), 1, usedAt);
      assert.equal(table.forgetIdle(since), 0);
    }),
  );
});

t.test('sessions are found, counted and told apart by their workers', async (t) => {
  const [first, second] = [createWorker(), createWorker()];
  const table = new SessionTable();
  const one = table.add('s1', first, 7, 0);
  table.add('__proto__', first, 8, 0);
  t.equal(table.find('s1'), one);
  t.equal(table.find('__proto__')?.owner, 8);
  t.same([table.find('toString'), table.find('s2')], [undefined, undefined]);
  table.rebind(one, second);
  t.same([...table.ofWorker(second)], [one]);
  t.same(
    [...table.ofWorker(first)].map(({ sessionId }) => sessionId),
    ['__proto__'],
  );
  t.equal(second.sessions, 1);
  table.forget(one);
  t.same([table.size, table.find('s1'), second.sessions], [1, undefined, 0]);
});

t.test(
  'the session of a frame is the one of its id, however often and in whatever order',
  async () => {
    const scanner = createEnvelopeScanner();
    const character = fc.constantFrom('a', 'b', '0', '"', '\u00e9');
    const sessionId = fc.oneof(
      fc.string({ unit: character, minLength: 1, maxLength: 9 }),
      fc.constantFrom(
        ...[4, 63, 64, 65, 200].flatMap((length) =>
          ['a', 'b'].map((letter) => `${'x'.repeat(length - 1)}${letter}`),
        ),
      ),
      fc.nat(600).map((count) => `0198c0de-7a3e-7b10-9c4d-${count}`),
    );
    const step = fc.record({ sessionId, isForgotten: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
        const table = new SessionTable();
        const worker = createWorker();
        for (const { sessionId, isForgotten } of steps) {
          const line = Buffer.from(JSON.stringify({ method: 'm', sessionId }));
          scanner.scan(line, 0, line.length);
          const session = table.findFor(scanner);
          assert.equal(session, table.find(sessionId));
          if (session === undefined) table.add(sessionId, worker, 1, 0);
          else if (isForgotten) table.forget(session);
          assert.equal(table.findFor(scanner), table.find(sessionId));
        }
        scanner.scan(Buffer.from('{"method":"m"}'), 0, 14);
        assert.equal(table.findFor(scanner), undefined);
      }),
    );
  },
);
