import type { BusScenario } from '../../bus-scenario.ts';
import type { Client, RequestOptions } from '../../client/client.ts';
import { fatesAreMet } from '../../judges/fates.ts';
import { bind } from './bound-sessions.ts';

const pools = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

/** Sends a request that has to be served by a pool; by a method of its own, where one is named. */
async function expectAt(
  client: Client,
  fate: string,
  { method = 'x', ...options }: RequestOptions & { readonly method?: string } = {},
): Promise<void> {
  const call = client.request(method, { ...options, params: { fate: `at ${fate}` } });
  await call.response({ requirement: 'AFF-7' });
}

export const routingScenarios: readonly BusScenario[] = [
  {
    id: 'routing/first-pool',
    title: 'Without any other word the first pool is selected',
    requirements: ['AFF-7', 'COR-1'],
    does: 'Three pools, no default and no rules: sends requests with and without a session.',
    config: { pools },
    async drive(scene) {
      const client = await scene.connect();
      for (const sessionId of ['s', 's', 't']) await expectAt(client, 'a', { sessionId });
      for (let n = 0; n < 3; n++) await expectAt(client, 'a');
    },
    judges: [fatesAreMet('AFF-7', 6)],
  },
  {
    id: 'routing/default-pool',
    title: 'The default pool is selected where neither the frame nor a rule says another',
    requirements: ['AFF-7', 'COR-1'],
    does: 'Names the second of three pools as the default.',
    config: { pools, routing: { default_pool: 'b', rules: [{ method: 'c/*', pool: 'c' }] } },
    async drive(scene) {
      const client = await scene.connect();
      for (const sessionId of ['s', 's', 't']) await expectAt(client, 'b', { sessionId });
      for (let n = 0; n < 3; n++) await expectAt(client, 'b');
      await expectAt(client, 'c', { method: 'c/x' });
    },
    judges: [fatesAreMet('AFF-7', 7)],
  },
  {
    id: 'routing/pool-member',
    title: "A frame's own pool goes before rules and the default",
    requirements: ['AFF-7', 'COR-1'],
    does: 'Sends first and session-less frames that name each of the pools, notifications too.',
    config: { pools, routing: { default_pool: 'b', rules: [{ method: '*', pool: 'c' }] } },
    async drive(scene) {
      const client = await scene.connect();
      for (const pool of ['a', 'b', 'c']) {
        await expectAt(client, pool, { pool });
        await expectAt(client, pool, { pool, sessionId: `of ${pool}` });
        client.notify('probe/note', { pool, params: { fate: `at ${pool}` } });
        const params = { fate: `at ${pool}` };
        client.notify('probe/note', { pool, sessionId: `noted ${pool}`, params });
        await expectAt(client, pool, { sessionId: `noted ${pool}` });
      }
      await expectAt(client, 'c');
    },
    judges: [fatesAreMet('AFF-7', 16)],
  },
  {
    id: 'routing/rules',
    title: 'The first rule whose pattern matches the whole method selects the pool',
    requirements: ['AFF-7', 'CFG-1'],
    does:
      'Rules with `*` and `?`, with overlap, and with characters that have a meaning elsewhere: ' +
      'sends methods that match and others that nearly do.',
    config: {
      pools: [...pools, { id: 'd' }],
      routing: {
        default_pool: 'd',
        rules: [
          { method: 'process/*', pool: 'b' },
          { method: 'process/start', pool: 'c' },
          { method: 'tools/?*', pool: 'c' },
          { method: 't?l', pool: 'b' },
          { method: '*/end', pool: 'a' },
          { method: 'a.b+(c)[d]', pool: 'a' },
          { method: 'x*y*z', pool: 'c' },
        ],
      },
    },
    async drive(scene) {
      const client = await scene.connect();
      const table: readonly (readonly [pool: string, ...methods: string[]])[] = [
        ['b', 'process/start', 'process/', 'process/a/b', 'tél', 't l', 't/l'],
        ['c', 'tools/x', 'tools/x/end', 'xyz', 'x1y2z', 'xyzyz', 'x/y/z'],
        ['a', 'some/end', '/end', 'a.b+(c)[d]', 'prefix/process/end'],
        ['d', 'process', 'Process/start', 'my/process/x', 'tools/', 'tl', 'tool', 'some/end/'],
        ['d', 'aXb+(c)[d]', 'a.bb(c)[d]', 'a.b+(c)d', 'xy', 'xyzq', 'end', ''],
      ];
      for (const [pool, ...methods] of table) {
        for (const method of methods) await expectAt(client, pool, { method });
        const [method = ''] = methods;
        await expectAt(client, pool, { method, sessionId: `session of ${method}` });
      }
    },
    judges: [fatesAreMet('AFF-7', 35), fatesAreMet('CFG-1', 35)],
  },
  {
    id: 'routing/bound-session',
    title: 'A bound session stays in its pool, and need not name it again',
    requirements: ['AFF-7', 'AFF-1'],
    does:
      'Binds sessions to pools by their member, by a rule and by default; then sends frames of ' +
      'them without a pool, with methods that a rule sends elsewhere, and with the right pool.',
    config: {
      pools: pools.map((pool) => ({ ...pool, instances: 2 })),
      routing: { default_pool: 'c', rules: [{ method: 'to-b/*', pool: 'b' }] },
    },
    async drive(scene) {
      const client = await scene.connect();
      await expectAt(client, 'a', { sessionId: 'by member', pool: 'a' });
      await expectAt(client, 'b', { sessionId: 'by rule', method: 'to-b/x' });
      await expectAt(client, 'c', { sessionId: 'by default' });
      for (const [sessionId, pool] of [
        ['by member', 'a'],
        ['by rule', 'b'],
        ['by default', 'c'],
      ] as const) {
        await expectAt(client, pool, { sessionId });
        await expectAt(client, pool, { sessionId, method: 'to-b/x' });
        await expectAt(client, pool, { sessionId, pool });
        client.notify('to-b/note', { sessionId, params: { fate: `at ${pool}` } });
        await expectAt(client, pool, { sessionId });
      }
    },
    judges: [fatesAreMet('AFF-7', 18)],
  },
  {
    id: 'routing/other-pool',
    title: 'A later frame that names another pool does not move the session',
    requirements: ['AFF-7'],
    does:
      'Sends frames of a bound session that name another pool and one that does not exist: each is ' +
      'refused, or its pool is ignored. Then asks where the session is.',
    config: { pools },
    async drive(scene) {
      const client = await scene.connect();
      for (const [sessionId, pool] of [
        ['s', 'a'],
        ['t', 'b'],
      ] as const) {
        await expectAt(client, pool, { sessionId, pool });
        for (const other of ['c', 'nowhere', pool === 'a' ? 'b' : 'a']) {
          await expectAt(client, `${pool} or error`, { sessionId, pool: other });
          const params = { fate: `at ${pool} or error` };
          client.notify('probe/note', { sessionId, pool: other, params });
          await expectAt(client, pool, { sessionId });
        }
      }
    },
    judges: [fatesAreMet('AFF-7', 14)],
  },
  {
    id: 'routing/unknown-pool',
    title: 'A request for a pool that does not exist gets an error, and binds nothing',
    requirements: ['AFF-7', 'COR-4'],
    does:
      'Names unknown pools in requests and notifications, with and without a session; then sends a ' +
      'first frame of the same session to a pool that exists.',
    config: { pools },
    async drive(scene) {
      const client = await scene.connect();
      for (const pool of ['nowhere', 'A', 'a ', 'a/0', '0', 'x'.repeat(300)]) {
        const error = { params: { fate: 'error' } };
        const sessionId = `s of ${pool.slice(0, 10)}`;
        client.notify('probe/note', { pool, sessionId, params: { fate: 'dropped' } });
        await client.request('x', { pool, ...error }).response({ requirement: 'AFF-7' });
        await client.request('x', { pool, sessionId, ...error }).response({ requirement: 'AFF-7' });
        await expectAt(client, 'b', { pool: 'b', sessionId });
      }
    },
    judges: [fatesAreMet('AFF-7', 24), fatesAreMet('COR-4', 24)],
  },
  {
    id: 'routing/bad-pool',
    title: 'A pool that is no string or empty is refused with -32600',
    requirements: ['AFF-7', 'FRM-5'],
    does: 'Sends requests whose pool is a number, null, an array, an object, true, or empty.',
    config: { pools },
    async drive(scene) {
      const client = await scene.connect();
      for (const pool of [0, null, ['a'], { id: 'a' }, true, '']) {
        const members = { pool };
        const call = client.request('x', { members, params: { fate: '-32600' } });
        await call.response({ requirement: 'AFF-7' });
      }
      await expectAt(client, 'a');
    },
    judges: [fatesAreMet('AFF-7', 7)],
  },
  {
    id: 'routing/pool-after-loss',
    title: 'A session stays in its pool also after its worker was lost',
    requirements: ['AFF-7', 'RST-4'],
    does: 'Kills the workers of two pools to which sessions are bound, and goes on with the sessions.',
    config: { pools, routing: { default_pool: 'c' } },
    async drive(scene) {
      const client = await scene.connect();
      for (const pool of ['a', 'b']) {
        const { probe } = await bind(scene, client, `of ${pool}`, { pool });
        await scene.kill(probe);
        await scene.worker({ pool, incarnation: 2 });
        await expectAt(client, pool, { sessionId: `of ${pool}` });
        await expectAt(client, pool, { sessionId: `of ${pool}` });
      }
    },
    judges: [fatesAreMet('AFF-7', 4)],
  },
];
