import t from 'tap';
import { startBus } from '../../testing/bus-process.ts';
import { checkBusError, probeConfig, workerStats } from './probe-pool.ts';
import { until } from './process-table.ts';

t.jobs = 4;

t.test('a session stays with its worker, over connections and in between them', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ instances: 4 }]) });
  const first = await bus.connect();
  const pids = new Map<string, unknown>();
  for (let n = 0; n < 32; n += 1) {
    const { result } = await first.request('echo', {}, { sessionId: `s${n}` });
    pids.set(`s${n}`, result?.pid);
  }
  first.destroy();
  const [second, third] = await Promise.all([bus.connect(), bus.connect()]);
  for (const [sessionId, pid] of pids) {
    for (const client of [second, third, second]) {
      t.equal((await client.request('echo', {}, { sessionId })).result?.pid, pid, sessionId);
    }
  }
});

t.test('new sessions spread over all workers, one by one', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ instances: 3 }]) });
  const client = await bus.connect();
  const counts = new Map<unknown, number>();
  for (let n = 0; n < 48; n += 1) {
    const { result } = await client.request('echo', {}, { sessionId: `user-${n}` });
    counts.set(result?.pid, (counts.get(result?.pid) ?? 0) + 1);
  }
  t.same([...counts.values()], [16, 16, 16]);
  t.same(
    (await workerStats(client)).map((each) => each.sessions),
    [16, 16, 16],
  );
});

t.test('requests without a session spread evenly, also one after another', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ instances: 3 }]) });
  const client = await bus.connect();
  const pids = new Set<unknown>();
  for (let n = 0; n < 48; n += 1) pids.add((await client.request('echo')).result?.pid);
  t.equal(pids.size, 3);
});

t.test('the frames of a session arrive in order, in both directions', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ instances: 2 }]) });
  const clients = await Promise.all([bus.connect(), bus.connect()]);
  const count = 1000;
  for (let n = 0; n < count; n += 1) {
    for (const [c, client] of clients.entries()) {
      for (const sessionId of [`a${c}`, `b${c}`]) {
        const id = n % 3 === 0 ? { id: `${sessionId}/${n}` } : {};
        client.send({ jsonrpc: '2.0', ...id, method: 'mark', sessionId, params: { n } });
      }
    }
  }
  for (const [c, client] of clients.entries()) {
    for (const sessionId of [`a${c}`, `b${c}`]) {
      const { result } = await client.request('marks', {}, { sessionId });
      t.same(
        result?.marks,
        Array.from({ length: count }, (_, n) => n),
      );
      await client.request('notify', { count: 500 }, { sessionId });
      const notes = client.queued.filter((each) => each.method && each.sessionId === sessionId);
      t.same(
        notes.map((each) => each.params?.n),
        Array.from({ length: 500 }, (_, n) => n),
      );
    }
  }
});

t.test('only the member at the top routes', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ instances: 4 }]) });
  const client = await bus.connect();
  const pids = new Set<unknown>();
  for (let n = 0; n < 8; n += 1) {
    const params = { sessionId: `inner${n}` };
    pids.add((await client.request('echo', params, { sessionId: 'outer' })).result?.pid);
  }
  t.equal(pids.size, 1);
  const { result } = await client.request('stdio_bus/stats');
  t.equal(result?.sessions, 1);
});

t.test('a session id is a string of 1 to 256 bytes, and is never cut', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ instances: 2 }]) });
  const client = await bus.connect();
  const wrong = ['""', '12', 'null', '[]', `"${'x'.repeat(257)}"`, `"${'é'.repeat(129)}"`];
  for (const [id, sessionId] of wrong.entries()) {
    client.send(`{"id":${id},"method":"echo","sessionId":${sessionId}}`);
    checkBusError(t, await client.response(id), 'INVALID_REQUEST');
  }
  for (const sessionId of ['x'.repeat(256), 'é'.repeat(128)]) {
    const { result } = await client.request('echo', {}, { sessionId });
    t.ok(result, 'the longest passes');
    client.send(`{"id":"e","method":"echo","sessionId":${escaped(sessionId)}}`);
    t.equal((await client.response('e')).result?.pid, result?.pid, 'escapes make no difference');
  }
  const { result } = await client.request('stdio_bus/stats');
  t.equal(result?.sessions, 2);
});

t.test('the pool is the frame’s, else that of a rule, else the default one', async (t) => {
  const rules = [
    { method: 'process/*', pool: 'tools' },
    { method: '*/list?', pool: 'lists' },
    { method: 'process/list?', pool: 'first' },
  ];
  const ids = ['first', 'tools', 'lists', 'standard'];
  const config = probeConfig(
    ids.map((id) => ({ id })),
    {},
    { default_pool: 'standard', rules },
  );
  const bus = await startBus(t, { config });
  const client = await bus.connect();
  const table: [method: string, pool: string | undefined, tag: string][] = [
    ['echo', undefined, 'standard'],
    ['echo', 'tools', 'tools'],
    ['process/start', undefined, 'tools'],
    ['process/', undefined, 'tools'],
    ['process/list1', undefined, 'tools'],
    ['a/b/list1', undefined, 'lists'],
    ['a/list', undefined, 'standard'],
    ['Process/start', undefined, 'standard'],
    ['process/start', 'first', 'first'],
  ];
  for (const [n, [method, pool, tag]] of table.entries()) {
    const named = pool === undefined ? {} : { pool };
    t.equal((await client.request(method, {}, named)).result?.tag, tag, `${method} ${pool}`);
    const sessionId = `s${n}`;
    t.equal((await client.request(method, {}, { ...named, sessionId })).result?.tag, tag);
    // From the second frame on, the session decides.
    t.equal((await client.request('process/x', {}, { sessionId })).result?.tag, tag);
  }
  const moved = await client.request('echo', {}, { sessionId: 's0', pool: 'tools' });
  if (moved.error === undefined) t.equal(moved.result?.tag, 'standard');
  else t.match(moved.error.code, /-32600|-32053/);
  t.equal((await client.request('echo', {}, { sessionId: 's0' })).result?.tag, 'standard');
});

t.test('without a default the first pool takes it, and an unknown pool is an error', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ id: 'one' }, { id: 'two' }]) });
  const client = await bus.connect();
  t.equal((await client.request('echo')).result?.tag, 'one');
  const refused = await client.request('echo', {}, { pool: 'three', sessionId: 's' });
  checkBusError(t, refused, 'UNKNOWN_POOL', { delivered: false, retryable: false });
  const { result } = await client.request('echo', {}, { pool: 'two', sessionId: 's' });
  t.equal(result?.tag, 'two', 'a refused frame binds nothing');
  for (const pool of ['""', '1', 'null']) {
    client.send(`{"id":"p","method":"echo","pool":${pool}}`);
    checkBusError(t, await client.response('p'), 'INVALID_REQUEST');
  }
});

t.test('session_id_field takes the place of sessionId everywhere', async (t) => {
  const args = ['--session-field', 'tenant'];
  const config = probeConfig([{ instances: 3, args }], {}, { session_id_field: 'tenant' });
  const bus = await startBus(t, { config });
  const [client, other] = await Promise.all([bus.connect(), bus.connect()]);
  const pids = new Set<unknown>();
  for (let id = 0; id < 6; id += 1) {
    // Now an ordinary member, of any type.
    client.send({ id, method: 'notify', tenant: 't', sessionId: id, params: { count: 1 } });
    pids.add((await client.response(id)).result?.pid);
  }
  t.equal(pids.size, 1);
  t.equal(client.queued.length, 6, 'the notifications reach the owner');
  t.same(other.queued, []);
  client.send({ id: 'w', method: 'echo', tenant: 5 });
  checkBusError(t, await client.response('w'), 'INVALID_REQUEST');
  client.send({ id: 'q', method: 'ask', tenant: 't', params: { id: 0 } });
  await client.take((frame) => frame.method === 'question');
  client.send({ jsonrpc: '2.0', id: 0, tenant: 't', result: {} });
  t.match((await client.response('q')).result, { reply: { id: 0, tenant: 't' } });
});

t.test('frames of a worker go to the owner of their session and to nobody else', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const [first, second, third] = await Promise.all([bus.connect(), bus.connect(), bus.connect()]);
  await first.request('notify', { count: 2 }, { sessionId: 's' });
  t.equal(first.queued.splice(0).length, 2);
  // The next that sends a frame of the session owns it.
  await second.request('notify', { count: 3 }, { sessionId: 's' });
  t.equal(second.queued.splice(0).length, 3);
  // A frame that is refused, or that the bus answers, changes no owner.
  third.send('{"id":1,"method":"echo","sessionId":"s","pool":""}');
  await third.response(1);
  await third.request('stdio_bus/stats', {}, { sessionId: 's' });
  await third.request('notify', { count: 4, session: 's' }, { sessionId: 'other' });
  await second.request('echo', {}, { sessionId: 's' });
  t.equal(second.queued.splice(0).length, 4, 'the owner, whoever caused it');
  // A response goes to the one that asked, though another is the owner by then.
  first.send({ id: 'late', method: 'hold', sessionId: 's', params: { key: 'k' } });
  await until('it is pending', async () => (await workerStats(third))[0]?.pending === 1);
  await second.request('release', { key: 'k' }, { sessionId: 's' });
  t.ok((await first.response('late')).result);
  // Without a session, or of one that nobody owns.
  await third.request('notify', { count: 5, session: 'unheard of' }, { sessionId: 'other' });
  await third.request('write', { text: '{"method":"note"}\n' }, { sessionId: 'other' });
  await Promise.all([first, second, third].map((client) => client.request('echo')));
  t.same([...first.queued, ...second.queued, ...third.queued], []);
});

t.test('an idle session is forgotten, one with something pending is not', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{}], { session_idle_sec: 0.3 }) });
  const client = await bus.connect();
  await client.request('echo', {}, { sessionId: 'idle' });
  client.send({ id: 1, method: 'hold', sessionId: 'busy', params: { key: 'k' } });
  const sessions = async () => (await client.request('stdio_bus/stats')).result?.sessions;
  await until('one is forgotten', async () => (await sessions()) === 1);
  await client.request('release', { key: 'k' });
  t.match(await client.response(1), { sessionId: 'busy' });
  await until('so is the other', async () => (await sessions()) === 0);
  t.ok((await client.request('echo', {}, { sessionId: 'idle' })).result);
});

/** The text as a JSON string in which every character is escaped. */
function escaped(text: string): string {
  const code = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `"${[...text].map(code).join('')}"`;
}
