import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import { createEnvelopeScanner } from '../envelope-scanner.ts';
import { Pool } from './pool.ts';
import { Router } from './router.ts';
import { SessionTable, tickOf } from './session-table.ts';
import { settingsFromConfig } from './settings.ts';
import type { Slot } from './slot.ts';
import type { Worker } from './worker.ts';

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

/** Two pools, chat with three slots and tools with two, and a router over them. */
function createRouting(routing: BusConfig['routing'] = {}) {
  const chat = createPool(0, 'chat', 3);
  const tools = createPool(1, 'tools', 2);
  const pools = [chat.pool, tools.pool];
  const config = {
    pools: pools.map(({ settings: { id, command } }) => ({ id, command })),
    routing,
  };
  const settings = settingsFromConfig(config);
  const sessions = new SessionTable();
  const router = new Router({ settings, pools, sessions });
  const scanner = createEnvelopeScanner({ sessionIdField: settings.sessionIdField });
  /** The route of a frame, given as a line or by its members. */
  const find = (frame: object | string) => {
    const line = Buffer.from(
      typeof frame === 'string' ? frame : JSON.stringify({ id: 1, method: 'm', ...frame }),
    );
    const kind = scanner.scan(line, 0, line.length);
    assert.ok(kind === 'request' || kind === 'notification');
    return router.route(scanner, kind);
  };
  /** Routes a frame, and binds its session where it has a worker. */
  const route = (frame: object | string, connection = 1, nowMs = 0) => {
    const found = find(frame);
    const session = router.bind(found, connection, nowMs);
    return { worker: found.worker, refusal: found.refusal, session };
  };
  return { chat: chat.slots, tools: tools.slots, sessions, find, route };
}

t.test('a session stays with its worker, whoever sends its frames', async (t) => {
  const { route, sessions } = createRouting();
  const { worker, session } = route({ sessionId: 's1' }, 1, 1000);
  t.match(session, { sessionId: 's1', owner: 1, usedAt: tickOf(1000) });
  t.equal(session?.worker, worker);
  for (let connection = 2; connection < 9; connection++) {
    route({ sessionId: `other-${connection}` }, connection);
    const later = route({ sessionId: 's1' }, connection, 2000 * connection);
    t.equal(later.worker, worker);
    t.equal(later.session, session);
    t.match(sessions.find('s1'), { owner: connection, usedAt: tickOf(2000 * connection) });
  }
});

t.test('two spellings of a session id are one session, and params do not route', async (t) => {
  const { route, sessions } = createRouting();
  const { worker } = route('{"method":"m","sessionId":"\\u00e9","params":{"sessionId":"a"}}');
  const spelled = route('{"method":"m","params":{"sessionId":"b"},"session\\u0049d":"\u00e9"}');
  t.equal(spelled.worker, worker);
  t.equal(sessions.size, 1);
  t.equal(route({ params: { sessionId: '\u00e9' } }).session, undefined);
});

t.test('the sessions of a lost worker are bound anew in their pool, the others stay', async (t) => {
  const { route, tools, chat, sessions } = createRouting();
  const first = route({ sessionId: 's0', pool: 'tools' }).worker;
  const second = route({ sessionId: 's1', pool: 'tools' }).worker;
  tools[0]?.lose();
  t.equal(route({ sessionId: 's1' }).worker, second);
  const { worker, session } = route({ sessionId: 's0' }, 7);
  t.not(worker, first);
  t.equal(worker, second, 'the only live one of its pool');
  t.equal(session?.worker, worker);
  t.equal(session?.owner, 7);
  tools[0]?.restart();
  t.equal(route({ sessionId: 's0' }).worker, worker, 'it does not go back');
  for (const slot of chat) t.equal(slot.worker.sessions, 0);
  t.equal(sessions.size, 2);
});

t.test(
  'a session whose pool has no live worker is refused and keeps its pool and owner',
  async (t) => {
    const { route, tools, sessions } = createRouting();
    route({ sessionId: 's1', pool: 'tools' }, 1);
    for (const slot of tools) slot.lose();
    for (const frame of [{ sessionId: 's1' }, { sessionId: 's1', pool: 'chat' }]) {
      const { worker, refusal } = route(frame, 2);
      t.equal(worker, undefined);
      t.match(refusal, { name: 'UNAVAILABLE', retryable: true });
    }
    t.equal(sessions.find('s1')?.owner, 1, 'a refused frame changes no owner');
    for (const slot of tools) slot.state = 'failed';
    const { refusal } = route({ sessionId: 's1' });
    t.equal(refusal?.name, 'UNAVAILABLE');
    t.notOk(refusal?.retryable, 'no worker will ever be there again');
    tools[1]?.restart();
    t.equal(route({ sessionId: 's1', pool: 'chat' }).worker, tools[1]?.worker);
  },
);

const selections: [name: string, frame: object, pool: number][] = [
  ['the pool that a frame names comes first', { pool: 'chat', method: 'process/start' }, 0],
  ['then the first rule that matches', { method: 'process/start' }, 1],
  ['a later rule does not count', { method: 'process/chat' }, 1],
  ['a later rule counts where the earlier ones do not match', { method: 'chat/x' }, 0],
  ['then the default pool', { method: 'other' }, 1],
];

for (const [name, frame, pool] of selections) {
  t.test(name, async (t) => {
    const rules = [
      { method: 'process/*', pool: 'tools' },
      { method: '*chat*', pool: 'chat' },
    ];
    const { route } = createRouting({ default_pool: 'tools', rules });
    t.equal(route(frame).worker?.poolIndex, pool, 'without a session');
    t.equal(route({ ...frame, sessionId: 's' }).worker?.poolIndex, pool, 'as a first frame');
  });
}

t.test('without rules and default, the first pool of the configuration is selected', async (t) => {
  t.equal(createRouting().route({}).worker?.poolIndex, 0);
});

t.test('an unknown pool is refused and binds nothing', async (t) => {
  const { route, sessions } = createRouting();
  for (const frame of [{ pool: 'tolls' }, { pool: 'tolls', sessionId: 's1' }]) {
    const { worker, session, refusal } = route(frame);
    t.same([worker, session, refusal?.name], [undefined, undefined, 'UNKNOWN_POOL']);
  }
  t.equal(sessions.size, 0);
  t.equal(route({ sessionId: 's1' }).refusal, undefined, 'a refusal is not kept');
});

t.test('a first frame for a pool without a live worker binds nothing', async (t) => {
  const { route, tools, sessions } = createRouting();
  for (const slot of tools) slot.lose();
  for (const frame of [{ pool: 'tools' }, { pool: 'tools', sessionId: 's1' }]) {
    const { worker, session, refusal } = route(frame);
    t.same([worker, session, refusal?.name], [undefined, undefined, 'UNAVAILABLE']);
  }
  t.equal(sessions.size, 0);
  t.ok(route({}).worker, 'the other pool goes on');
});

t.test('another session member takes the place of sessionId', async (t) => {
  const { route, sessions } = createRouting({ session_id_field: 'thread' });
  t.equal(route({ sessionId: 's1' }).session, undefined);
  t.equal(route({ thread: 's1', sessionId: 's2' }).session?.sessionId, 's1');
  t.equal(sessions.size, 1);
});

t.test('a frame that is not given to the worker of its route binds nothing', async (t) => {
  const { find, sessions, chat } = createRouting();
  t.ok(find({ sessionId: 's1' }).worker);
  t.ok(find({}).worker);
  t.equal(sessions.size, 0);
  t.same(
    chat.map(({ worker }) => worker.sessions),
    [0, 0, 0],
  );
});

t.test('a frame that is refused after all changes no owner', async (t) => {
  const { find, route, sessions, chat } = createRouting();
  const { worker } = route({ sessionId: 's1' }, 1, 1000);
  t.equal(find({ sessionId: 's1' }).worker, worker);
  chat[0]?.lose();
  t.not(find({ sessionId: 's1' }).worker, worker, 'of a lost session neither');
  t.match(sessions.find('s1'), { owner: 1, usedAt: tickOf(1000) });
  t.equal(sessions.find('s1')?.worker, worker);
});

t.test('a frame without a session has none, whatever came before', async (t) => {
  const { route, sessions } = createRouting();
  route({ sessionId: 's1' }, 1);
  t.equal(route({}, 2).session, undefined);
  t.equal(sessions.find('s1')?.owner, 1);
});

t.test(
  'new sessions reach every worker though lost ones are bound anew between them',
  async (t) => {
    const { route, chat } = createRouting();
    for (let count = 0; count < 64 * 3; count++) route({ sessionId: `old-${count}` });
    const lost = chat[0] as TestSlot;
    lost.lose();
    const got = new Set<number>();
    for (let count = 0; count < 16 * 2; count++) {
      got.add(route({ sessionId: `new-${count}` }).worker?.slot ?? -1);
      route({ sessionId: `old-${count * 3}` });
    }
    t.same([...got].sort(), [1, 2]);
  },
);

t.test(
  'requests without a session reach every worker though notifications come between',
  async (t) => {
    const { route, tools } = createRouting({ default_pool: 'tools' });
    const got = new Set<number>();
    for (let count = 0; count < 16 * tools.length; count++) {
      got.add(route({}).worker?.slot ?? -1);
      route({ id: undefined });
    }
    t.same([...got].sort(), [0, 1]);
  },
);

t.test('whatever happens, a session has one worker and never leaves its pool', async () => {
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ session: fc.nat(5), pool: fc.constantFrom('chat', 'tools') }),
    },
    { weight: 2, arbitrary: fc.record({ changed: fc.nat(4) }) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const { route, chat, tools, sessions } = createRouting();
      const slots = [...chat, ...tools];
      const bound = new Map<string, Worker>();
      for (const each of steps) {
        if ('changed' in each) {
          const slot = slots[each.changed] as TestSlot;
          if (slot.worker.isLive) slot.lose();
          else slot.restart();
          continue;
        }
        const sessionId = `s${each.session}`;
        const before = bound.get(sessionId);
        const { worker } = route({ sessionId, pool: each.pool });
        if (before?.isLive) assert.equal(worker, before);
        if (worker === undefined) continue;
        assert.ok(worker.isLive);
        const poolIndex = before?.poolIndex ?? (each.pool === 'chat' ? 0 : 1);
        assert.equal(worker.poolIndex, poolIndex);
        bound.set(sessionId, worker);
      }
      assert.equal(sessions.size, bound.size);
      for (const { worker } of slots) {
        const here = [...bound.values()].filter((each) => each === worker).length;
        if (worker.isLive) assert.equal(worker.sessions, here);
        assert.equal([...sessions.ofWorker(worker)].length, here);
      }
    }),
  );
});
