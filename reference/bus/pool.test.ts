import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { methodPattern } from './method-pattern.ts';
import { Pool, type TurnPurpose } from './pool.ts';
import type { Slot } from './slot.ts';
import type { Worker } from './worker.ts';

const patterns: [glob: string, matching: string[], others: string[]][] = [
  [
    'process/*',
    ['process/', 'process/start', 'process/a/b'],
    ['process', 'Process/x', 'xprocess/'],
  ],
  ['tools/?*', ['tools/a', 'tools/ab'], ['tools/', 'tools']],
  ['*', ['', 'a', 'a/b\n'], []],
  ['?', ['a', '\n', '\u00e9', '\u{1f600}', '*'], ['', 'ab']],
  ['a*b*c', ['abc', 'a-b-c', 'abbcc', 'abcbc'], ['ab', 'acb', 'abcd']],
  ['a.c', ['a.c'], ['abc']],
  ['Tools/*', ['Tools/a'], ['tools/a']],
  ['[a]\\', ['[a]\\'], ['a']],
  ['**', ['', 'x'], []],
];

for (const [glob, matching, others] of patterns) {
  t.test(`the pattern ${glob} matches whole names only`, async (t) => {
    const matches = methodPattern(glob);
    for (const name of matching) t.ok(matches(name), JSON.stringify(name));
    for (const name of others) t.notOk(matches(name), JSON.stringify(name));
  });
}

t.test('a pattern matches what a regular expression of it does', async () => {
  const text = (...characters: string[]) =>
    fc.string({ unit: fc.constantFrom(...characters), maxLength: 12, size: 'max' });
  const glob = text('*', '*', '?', 'a', 'b', '.', '/', '\u{1f600}');
  const name = text('a', 'a', 'b', '.', '/', '\u{1f600}', '*', '\n', '\ud83d');
  fc.assert(
    fc.property(glob, name, (glob, name) => {
      const source = Array.from(glob, (character) =>
        character === '*' ? '.*' : character === '?' ? '.' : character.replace(/[./]/, '\\$&'),
      );
      const expected = new RegExp(`^${source.join('')}$`, 'su').test(name);
      assert.equal(methodPattern(glob)(name), expected);
    }),
    { numRuns: 3000 },
  );
});

t.test('no pattern takes more than its length times that of the name', async (t) => {
  const name = 'a'.repeat(50_000);
  for (const glob of ['*a'.repeat(60), '*a*?*'.repeat(20), '*'.repeat(1000), '?*'.repeat(60)]) {
    t.notOk(methodPattern(`${glob}b`)(name), glob.slice(0, 10));
  }
});

/** A slot whose worker comes and goes. */
class TestSlot {
  state = 'ready';
  worker: Worker;
  readonly #poolIndex: number;
  readonly #slot: number;

  constructor(poolIndex: number, slot: number) {
    this.#poolIndex = poolIndex;
    this.#slot = slot;
    this.worker = this.#startWorker();
  }

  get liveWorker(): Worker | undefined {
    return this.worker.isLive && !this.worker.isEnding ? this.worker : undefined;
  }

  lose(): void {
    this.worker.isLive = false;
  }

  restart(): void {
    this.worker = this.#startWorker();
  }

  #startWorker(): Worker {
    const place = { poolIndex: this.#poolIndex, slot: this.#slot };
    return { ...place, isLive: true, isEnding: false, sessions: 0 } as unknown as Worker;
  }
}

function createPool(index: number, id: string, size: number) {
  const slots = Array.from({ length: size }, (_, slot) => new TestSlot(index, slot));
  const settings = { id, command: 'x', args: [], instances: size, env: {}, cwd: undefined };
  const pool = new Pool(index, settings);
  pool.slots = slots as unknown as Slot[];
  return { pool, slots };
}

const purposes: TurnPurpose[] = ['session', 'rebind', 'request', 'notification'];

t.test('each live worker gets its turn, for each purpose apart', async (t) => {
  const { pool, slots } = createPool(0, 'chat', 3);
  const turns = (purpose: TurnPurpose) =>
    Array.from({ length: 4 }, () => pool.nextWorker(purpose)?.slot ?? -1);
  for (const purpose of purposes) t.same(turns(purpose), [0, 1, 2, 0], purpose);
  slots[1]?.lose();
  t.same(turns('session'), [2, 0, 2, 0]);
  slots[1]?.restart();
  t.same(turns('session'), [1, 2, 0, 1]);
  for (const slot of slots) slot.lose();
  t.same(turns('request'), [-1, -1, -1, -1]);
});

t.test('a pool has failed when all of its slots have', async (t) => {
  const { pool, slots } = createPool(0, 'chat', 2);
  const [first, second] = slots as [TestSlot, TestSlot];
  first.state = 'failed';
  t.notOk(pool.hasFailed);
  second.state = 'backoff';
  t.notOk(pool.hasFailed);
  second.state = 'failed';
  t.ok(pool.hasFailed);
});

t.test('between starts and losses, no live worker gets two more turns than another', async () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...purposes) },
    { weight: 1, arbitrary: fc.record({ changed: fc.nat(4) }) },
  );
  const steps = fc.array(step, { maxLength: 200, size: 'max' });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), steps, (size, steps) => {
      const { pool, slots } = createPool(0, 'chat', size);
      const turns = new Map<string, number>();
      for (const each of steps) {
        if (typeof each === 'object') {
          const slot = slots[each.changed % size] as TestSlot;
          if (slot.worker.isLive) slot.lose();
          else slot.restart();
          turns.clear();
          continue;
        }
        const live = slots.flatMap(({ liveWorker }) => liveWorker ?? []);
        const worker = pool.nextWorker(each);
        assert.equal(worker?.isLive, live.length > 0 ? true : undefined);
        const turnsOf = (of: Worker | undefined) => turns.get(`${each} ${of?.slot}`) ?? 0;
        turns.set(`${each} ${worker?.slot}`, turnsOf(worker) + 1);
        const counts = live.map(turnsOf);
        assert.ok(Math.max(...counts, 0) - Math.min(...counts) <= 1, `${each}: ${counts}`);
      }
    }),
  );
});
