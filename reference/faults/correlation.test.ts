import t from 'tap';
import { startBus } from '../../testing/bus-process.ts';
import { checkBusError, probeConfig, workerSeen } from './probe-pool.ts';

t.jobs = 4;

const spellings = [
  '1',
  '1.0',
  '1e3',
  '-0',
  '"1"',
  '9007199254740993',
  '"\\u00e9"',
  '""',
  '"a\\/b"',
];

t.test('an id comes back in its own spelling, and the worker sees a safe one', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  for (const spelling of spellings) {
    client.send(`{"jsonrpc":"2.0","id":${spelling},"method":"line"}`);
    const { text, result } = await client.take();
    t.match(text, `"id":${spelling},`);
    const [, seen = ''] = /"id":(-?\d+|"[ -~]{1,64}")[,}]/.exec(result?.line as string) ?? [];
    t.not(seen, '', `${spelling} was given to the worker as ${seen}`);
    t.ok(seen.startsWith('"') || Number.isSafeInteger(Number(seen)), seen);
  }
});

t.test('an id comes back in its own spelling with errors of the bus too', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  for (const spelling of spellings) {
    client.send(`{"id":${spelling},"method":"echo","pool":"none"}`);
    client.send(`{"id":${spelling},"method":"die"}`);
    for (const name of ['UNKNOWN_POOL', 'WORKER_LOST|UNAVAILABLE']) {
      const { text, error } = await client.take();
      t.match(text, `"id":${spelling},`);
      t.match(error?.data.name, new RegExp(name));
    }
  }
});

t.test('two clients use the same ids at the same time on one worker', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const clients = await Promise.all([bus.connect(), bus.connect(), bus.connect()]);
  for (const [n, client] of clients.entries()) {
    client.send({ id: 1, method: 'hold', sessionId: `s${n}`, params: { key: `k${n}` } });
    client.send({ id: 'x', method: 'echo', sessionId: `s${n}`, params: { n } });
  }
  for (const [n, client] of clients.entries()) {
    t.match(await client.response('x'), { sessionId: `s${n}`, result: { params: { n } } });
  }
  for (const n of [2, 0, 1]) {
    await clients[0]?.request('release', { key: `k${n}` });
    t.match(await clients[n]?.response(1), { sessionId: `s${n}` });
  }
  t.same(
    clients.flatMap((client) => client.queued),
    [],
  );
});

t.test('an id that is still pending is refused, and the first request is untouched', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  client.send({ id: 1, method: 'hold', params: { key: 'k' } });
  client.send({ id: 1, method: 'echo' });
  checkBusError(t, await client.response(1), 'INVALID_REQUEST', { delivered: false });
  // Another spelling is another id.
  client.send('{"id":1.0,"method":"echo"}');
  t.match((await client.take()).text, '"id":1.0,');
  await client.request('release', { key: 'k' });
  t.ok((await client.response(1)).result);
  t.ok((await client.request('echo', {}, { id: 1 })).result, 'the id is free again');
});

t.test('responses that match nothing are dropped, and the worker goes on', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  const before = await client.request('echo', {}, { sessionId: 's' });
  const twice = '{"id":$ID,"sessionId":"s","result":{"first":1}}\n{"id":$ID,"result":{}}\n';
  const invented = '{"id":"no such","result":{}}\n{"id":null,"error":{"code":1,"message":""}}\n';
  const text = `${invented}${twice}{"id":123456,"sessionId":"s","error":{"code":1,"message":""}}\n`;
  const first = await client.request('write', { text, silent: true }, { sessionId: 's' });
  t.match(first.result, { first: 1 });
  const after = await client.request('echo', {}, { sessionId: 's' });
  t.equal(after.result?.pid, before.result?.pid);
  t.same(client.queued, []);
});

t.test('a notification is never answered, also where it goes nowhere', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  client.send({ method: 'echo' }, { method: 'echo', sessionId: 's' });
  client.send({ method: 'echo', pool: 'none' }, { method: 'unheard of', params: [1] });
  t.ok((await client.request('echo', {}, { sessionId: 's' })).result);
  t.ok((await client.request('echo')).result);
  t.same(client.queued, []);
});

t.test('questions of workers with the same id each get their own answer', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ instances: 3 }]) });
  const client = await bus.connect();
  for (let n = 0; n < 3; n += 1) {
    client.send({ id: n, method: 'ask', sessionId: `s${n}`, params: { id: 0 } });
  }
  const questions = [];
  for (let n = 0; n < 3; n += 1)
    questions.push(await client.take((frame) => frame.id === 0 && frame.method === 'question'));
  t.same(questions.map((each) => each.sessionId).sort(), ['s0', 's1', 's2']);
  for (const { sessionId } of questions.reverse()) {
    client.send({ jsonrpc: '2.0', id: 0, sessionId, result: { for: sessionId } });
  }
  const pids = new Set();
  for (let n = 0; n < 3; n += 1) {
    const { result } = await client.response(n);
    t.match(result, { reply: { id: 0, result: { for: `s${n}` } } });
    pids.add(result?.pid);
  }
  t.equal(pids.size, 3);
  // Answered once: a second answer, an invented one and one without a session go nowhere.
  client.send({ id: 0, sessionId: 's0', result: {} }, { id: 7, result: {} }, { id: 0, result: {} });
  t.ok((await client.request('echo', {}, { sessionId: 's0' })).result);
});

t.test('an answer with the same id from another client goes nowhere', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const [owner, other] = await Promise.all([bus.connect(), bus.connect()]);
  owner.send({ id: 1, method: 'ask', sessionId: 's', params: { id: 'q' } });
  await owner.take((frame) => frame.method === 'question');
  other.send({ jsonrpc: '2.0', id: 'q', sessionId: 's', result: { from: 'other' } });
  await other.request('stdio_bus/stats');
  owner.send({ jsonrpc: '2.0', id: 'q', sessionId: 's', result: { from: 'owner' } });
  t.match((await owner.response(1)).result, { reply: { result: { from: 'owner' } } });
});

t.test('an answer to a question passes byte for byte', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  client.send({ id: 1, method: 'ask', sessionId: 's', params: { id: 5 } });
  t.match((await client.take()).text, '"id":5,"method":"question","sessionId":"s"');
  const answer = ' {"id":5 ,"sessionId":"\\u0073", "result": {"x":1.0}, "more":[ ]} ';
  client.send(answer);
  t.equal((await client.response(1)).result?.line, answer);
});

t.test('a question of a session without an owner is answered by the bus', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  const { result } = await client.request('ask', { id: 0, session: 'nobody' }, { sessionId: 's' });
  const reply = result?.reply as never;
  checkBusError(t, { text: '', ...(reply as object) }, 'UNAVAILABLE', {
    delivered: false,
    retryable: true,
  });
  t.match(reply, { id: 0 });
  const without = await client.request('ask', { id: 1, session: null }, { sessionId: 's' });
  const refusal = without.result?.reply as object;
  checkBusError(t, { text: '', ...refusal }, 'INVALID_REQUEST', { delivered: false });
  t.same(client.queued, []);
});

for (const leaving of ['leaves', 'closes its sending side'] as const) {
  t.test(`an owner that ${leaving} with a question open gives the worker an error`, async (t) => {
    const bus = await startBus(t, { config: probeConfig() });
    const [owner, other] = await Promise.all([bus.connect(), bus.connect()]);
    // The other asks in its own session; the question goes to the owner of s.
    await owner.request('echo', {}, { sessionId: 's' });
    other.send({ id: 1, method: 'ask', sessionId: 'o', params: { id: 'q', session: 's' } });
    await owner.take((frame) => frame.method === 'question');
    if (leaving === 'leaves') owner.destroy();
    else owner.end();
    const { result } = await other.response(1);
    const error = { text: '', ...(result?.reply as object) };
    checkBusError(t, error, 'UNAVAILABLE', { delivered: true, retryable: false });
  });
}

t.test(
  'a request past its deadline gets DEADLINE_EXCEEDED, and its late answer nobody',
  async (t) => {
    const bus = await startBus(t, { config: probeConfig([{}], { request_timeout_sec: 0.4 }) });
    const client = await bus.connect();
    await client.request('echo');
    const startMs = performance.now();
    client.send({ id: 1, method: 'hold', sessionId: 's', params: { key: 'k' } });
    const late = await client.response(1);
    checkBusError(t, late, 'DEADLINE_EXCEEDED', { delivered: true, retryable: false });
    const tookMs = performance.now() - startMs;
    t.ok(tookMs > 380 && tookMs < 1500, `after ${tookMs} ms`);
    await client.request('release', { key: 'k' }, { sessionId: 's' });
    await client.request('echo', {}, { sessionId: 's' });
    t.same(client.queued, []);
    await workerSeen(client, { pending: 0 });
  },
);
