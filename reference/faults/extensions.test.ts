import t from 'tap';
import { startBus } from '../../testing/bus-process.ts';
import { checkBusError, probeConfig, workerStats } from './probe-pool.ts';
import { until } from './process-table.ts';

t.jobs = 4;

t.test('the counts of stats are what happened', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ instances: 2 }, { id: 'b' }]) });
  const client = await bus.connect();
  for (let n = 0; n < 4; n += 1) await client.request('echo', {}, { sessionId: `s${n}` });
  client.send({ id: 1, method: 'hold', sessionId: 's0', params: { key: 'k' } }, 'bad', {
    method: 'echo',
    pool: 'none',
  });
  await client.response(null);
  const { result } = await client.request('stdio_bus/stats');
  t.match(result, {
    messagesIn: 5,
    workerRestarts: 0,
    routingErrors: 2,
    clientConnects: 1,
    clientDisconnects: 0,
    sessions: 4,
    pending: 1,
    workers: [
      { pool: 'main', slot: 0, incarnation: 1, state: 'ready', sessions: 2 },
      { pool: 'main', slot: 1, incarnation: 1, state: 'ready', sessions: 2 },
      { pool: 'b', slot: 0, incarnation: 1, state: 'ready', sessions: 0 },
    ],
  });
  const pids = (await workerStats(client)).map((each) => each.pid);
  t.same(
    pids.sort(),
    bus
      .children()
      .map((each) => each.pid)
      .sort(),
  );
});

t.test('hello negotiates versions and extensions, and fails as a whole', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const [client, other] = await Promise.all([bus.connect(), bus.connect()]);
  const hello = (params: object) => client.request('stdio_bus/hello', params);
  const plain = await hello({ protocolVersion: '1' });
  t.match(plain.result, { negotiatedProtocolVersion: '1', sessionId: /./, extensions: {} });
  const second = await other.request('stdio_bus/hello', { protocolVersion: '1' });
  t.not(second.result?.sessionId, plain.result?.sessionId);
  const extensions = { 'session-lost': {}, teleport: { version: '1' } };
  t.match((await hello({ protocolVersion: '1.7', extensions })).result, {
    negotiatedProtocolVersion: '1',
    extensions: {
      'session-lost': { selected: '1', active: true },
      teleport: { selected: null, active: false },
    },
  });
  const required = { teleport: { required: true } };
  checkBusError(t, await hello({ protocolVersion: '1', extensions: required }), 'INVALID_PARAMS');
  checkBusError(t, await hello({ protocolVersion: '7' }), 'INVALID_PARAMS');
  checkBusError(t, await hello({}), 'INVALID_PARAMS');
});

t.test('_ext and agentId pass untouched in both directions', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  const members = `"agentId":"reviewer", "_ext":{"identity": {"subjectId":"u-19","role":"user"},"trace":{"traceparent":"${parent}","tracestate":"a=b"},"n":1.0}`;
  client.send(`{"id":1,"method":"line","sessionId":"s",${members}}`);
  t.match((await client.response(1)).result?.line, members);
  const note = `{"method":"note","sessionId":"s",${members}}`;
  await client.request('write', { text: `${note}\n` }, { sessionId: 's' });
  await until('the note', () => client.queued.some((frame) => frame.text === note));
});

t.test('a session has done with its lost worker before the next one says anything', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ instances: 2 }]) });
  const client = await bus.connect();
  const extensions = { 'session-lost': {} };
  await client.request('stdio_bus/hello', { protocolVersion: '1', extensions });
  const sessionId = 's';
  client.send({ id: 'first', method: 'never', sessionId });
  const { result } = await client.request('close-stdin', {}, { sessionId });
  // It is found lost as soon as something is written to it, and then has a moment to end.
  let id = 0;
  await until('another worker answers', () => {
    client.send({ id: `echo ${id++}`, method: 'echo', sessionId });
    return client.queued.some((frame) => (frame.result?.pid ?? result?.pid) !== result?.pid);
  });
  const isFirst = (frame: { id?: unknown }) => frame.id === 'first';
  await until('the first request is answered', () => client.queued.some(isFirst));
  await until('the worker has ended', () => bus.children().every(({ pid }) => pid !== result?.pid));
  await client.request('stdio_bus/stats');
  const places = [
    client.queued.findIndex(isFirst),
    client.queued.findIndex(({ method }) => method === 'stdio_bus/session_lost'),
    client.queued.findIndex((frame) => (frame.result?.pid ?? result?.pid) !== result?.pid),
  ];
  t.same(
    places,
    [...places].sort((a, b) => a - b),
  );
  t.notOk(places.includes(-1));
  checkBusError(t, await client.response('first'), 'WORKER_LOST', { delivered: true });
  const losses = client.queued.filter(({ method }) => method === 'stdio_bus/session_lost');
  t.match(losses, [{ sessionId, params: { sessionId, pool: 'main', reason: 'exit' } }]);
});
