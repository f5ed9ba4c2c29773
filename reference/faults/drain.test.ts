import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import t from 'tap';
import { launchBus, startBus } from '../../testing/bus-process.ts';
import {
  checkBusError,
  checkNothingLeft,
  kill,
  probeConfig,
  stall,
  workerSeen,
} from './probe-pool.ts';
import { until } from './process-table.ts';

t.jobs = 4;

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  t.test(`${signal} finishes what is pending, refuses what is new, and ends with 0`, async (t) => {
    const bus = await startBus(t, { config: probeConfig([{ instances: 2 }]) });
    const client = await bus.connect();
    // Pending until the client has answered the worker's question.
    client.send({ id: 1, method: 'ask', sessionId: 's', params: { id: 0 } });
    await client.take((frame) => frame.method === 'question');
    bus.signal(signal);
    const refused = await until('a new request is refused', async () => {
      const response = await client.request('echo', {}, { sessionId: 's' });
      return response.error !== undefined && response;
    });
    checkBusError(t, refused, 'DRAINING', { delivered: false, retryable: true });
    const port = Number(bus.address().split(':')[1]);
    await t.rejects(once(connect({ host: '127.0.0.1', port }), 'connect'), 'no new connection');
    client.send({ jsonrpc: '2.0', id: 0, sessionId: 's', result: { allowed: true } });
    t.match((await client.response(1)).result, { reply: { result: { allowed: true } } });
    t.match(await bus.exit(), { code: 0, signal: null });
    checkNothingLeft(t, bus);
  });
}

t.test('a drain ends with 0 as soon as nothing is pending, whoever is connected', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ args: ['--sigterm', 'code:3'] }]) });
  const client = await bus.connect();
  await client.request('echo');
  client.send({ id: 1, method: 'later', params: { ms: 300 } });
  await workerSeen(client, { pending: 1 });
  const startMs = performance.now();
  bus.signal('SIGTERM');
  t.ok((await client.response(1)).result);
  const { code, atMs } = await bus.exit();
  t.equal(code, 0, 'whatever the exit code of the worker');
  t.ok(atMs - startMs < 1500, 'long before the drain timeout');
  await client.ended();
  checkNothingLeft(t, bus);
});

t.test('a worker that exits on SIGTERM gets it only when it has nothing pending', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ args: ['--sigterm', 'exit'] }]) });
  const client = await bus.connect();
  for (let id = 0; id < 10; id += 1) {
    client.send({ id, method: 'later', params: { ms: 100 + 30 * id } });
  }
  await workerSeen(client, { pending: 10 });
  bus.signal('SIGTERM');
  for (let id = 0; id < 10; id += 1) t.ok((await client.response(id)).result);
  t.match(await bus.exit(), { code: 0 });
});

t.test(
  'a stubborn worker is killed at the drain timeout, and its requests get errors',
  async (t) => {
    const config = probeConfig([{ args: ['--sigterm', 'ignore'] }], { drain_timeout_sec: 0.7 });
    const bus = await startBus(t, { config });
    const client = await bus.connect();
    client.send({ id: 1, method: 'never' });
    await workerSeen(client, { pending: 1 });
    const startMs = performance.now();
    bus.signal('SIGTERM');
    const response = await client.response(1);
    checkBusError(t, response, 'DRAINING', { delivered: true, retryable: false });
    t.ok(performance.now() - startMs > 650, 'not before the timeout');
    const { atMs } = await bus.exit();
    t.ok(atMs - startMs < 1700, 'the bus ends within 1 s more');
    checkNothingLeft(t, bus);
  },
);

t.test('a stubborn worker without requests is killed at the drain timeout too', async (t) => {
  const config = probeConfig([{ args: ['--sigterm', 'ignore'] }], { drain_timeout_sec: 0.5 });
  const bus = await startBus(t, { config });
  const client = await bus.connect();
  await client.request('echo');
  bus.signal('SIGTERM');
  const { signal } = await bus.exit(1500);
  t.equal(signal, null);
  checkNothingLeft(t, bus);
});

t.test('what was still queued at the drain timeout is marked as not delivered', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{}], { drain_timeout_sec: 0.5 }) });
  const client = await bus.connect();
  await stall((await client.request('echo')).result?.pid as number);
  const params = { text: 'x'.repeat(10_000) };
  for (let id = 0; id < 200; id += 1) client.send({ id, method: 'echo', params });
  await workerSeen(client, { pending: 200 });
  bus.signal('SIGTERM');
  checkBusError(t, await client.response(0), 'DRAINING', { delivered: true, retryable: false });
  const last = await client.response(199);
  checkBusError(t, last, 'DRAINING', { delivered: false, retryable: true });
  await bus.exit(1500);
  checkNothingLeft(t, bus);
});

t.test('a second signal ends everything at once', async (t) => {
  for (const second of ['SIGTERM', 'SIGINT'] as const) {
    const bus = await startBus(t, { config: probeConfig([{ args: ['--sigterm', 'ignore'] }]) });
    const client = await bus.connect();
    client.send({ id: 1, method: 'never' });
    await workerSeen(client, { pending: 1 });
    bus.signal('SIGTERM');
    await until('the drain has begun', async () => {
      const { error } = await client.request('echo');
      return error !== undefined;
    });
    const startMs = performance.now();
    bus.signal(second);
    t.ok((await bus.exit()).atMs - startMs < 1000);
    checkNothingLeft(t, bus);
  }
});

t.test('without grace a drain ends within 1 s, with an error for what is pending', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{}], { drain_timeout_sec: 0 }) });
  const client = await bus.connect();
  client.send({ id: 1, method: 'never' });
  await workerSeen(client, { pending: 1 });
  const startMs = performance.now();
  bus.signal('SIGTERM');
  checkBusError(t, await client.response(1), 'DRAINING', { delivered: true, retryable: false });
  t.ok((await bus.exit()).atMs - startMs < 1000);
  checkNothingLeft(t, bus);
});

t.test('a worker that is lost during a drain is not restarted', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{}, { id: 'other' }]) });
  const client = await bus.connect();
  const lost = (await client.request('echo', {}, { pool: 'main' })).result?.pid as number;
  client.send({ id: 1, method: 'never', pool: 'main' });
  client.send({ id: 2, method: 'later', pool: 'other', params: { ms: 700 } });
  await workerSeen(client, { pool: 'main', pending: 1 });
  await workerSeen(client, { pool: 'other', pending: 1 });
  bus.signal('SIGTERM');
  await kill(lost);
  checkBusError(t, await client.response(1), 'WORKER_LOST', { delivered: true });
  t.ok((await client.response(2)).result);
  t.match(await bus.exit(), { code: 0 });
  checkNothingLeft(t, bus);
});

t.test('SIGTERM during the wait for a restart ends the bus without that wait', async (t) => {
  const config = probeConfig([{ args: ['--exit-at-start', '1'] }]);
  const bus = await startBus(t, { config });
  const client = await bus.connect();
  await workerSeen(client, { state: 'backoff' });
  client.send({ id: 1, method: 'echo' });
  bus.signal('SIGTERM');
  t.match(await client.response(1), { error: {} });
  t.match(await bus.exit(1500), { code: 0 });
  checkNothingLeft(t, bus);
});

t.test('a signal at any moment of the start leaves nothing behind', async (t) => {
  for (const delayMs of [0, 20, 40, 60, 80, 100, 130, 160, 200, 260]) {
    const bus = launchBus(t, { config: probeConfig([{ instances: 3 }]), transport: 'unix' });
    const startMs = performance.now();
    await until('the moment comes', () => performance.now() - startMs >= delayMs);
    bus.signal('SIGTERM');
    const { code, signal } = await bus.exit();
    // Before it has installed its handler, the signal itself ends it.
    t.ok(code === 0 || signal === 'SIGTERM', `after ${delayMs} ms: ${code} ${signal}`);
    await until('nothing is left', () => bus.leftovers().length === 0, 1000);
    t.notOk(existsSync(`${bus.folder}/bus.sock`));
  }
});

t.test('after a drain the socket file and the grandchildren are gone', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ instances: 2 }]), transport: 'unix' });
  const client = await bus.connect();
  await client.request('grandchild');
  t.ok(existsSync(bus.address()));
  bus.signal('SIGTERM');
  t.match(await bus.exit(), { code: 0 });
  t.notOk(existsSync(bus.address()));
  await until('nothing is left', () => bus.leftovers().length === 0, 1000);
});

t.test('a client that does not read holds up a drain only to its timeout', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{}], { drain_timeout_sec: 1 }) });
  const [slow, other] = await Promise.all([bus.connect(), bus.connect()]);
  slow.pause();
  slow.send({ id: 1, method: 'notify', sessionId: 's', params: { count: 3000, size: 1000 } });
  await until('the bus has 3000 frames out', async () => {
    const { result } = await other.request('stdio_bus/stats');
    return (result?.messagesOut as number) > 3000;
  });
  const startMs = performance.now();
  bus.signal('SIGTERM');
  t.ok((await bus.exit()).atMs - startMs < 2000);
  checkNothingLeft(t, bus);
});

t.test('in stdio mode the end of stdin is a drain', async (t) => {
  const bus = await startBus(t, { config: probeConfig(), transport: 'stdio' });
  bus.stdio.send({ id: 1, method: 'later', params: { ms: 300 } }, { id: 2, method: 'echo' });
  bus.stdio.end();
  t.ok((await bus.stdio.response(2)).result);
  t.ok((await bus.stdio.response(1)).result);
  t.match(await bus.exit(), { code: 0 });
  checkNothingLeft(t, bus);
});

t.test('in stdio mode a stdout that nobody reads any more ends the bus', async (t) => {
  const bus = await startBus(t, { config: probeConfig(), transport: 'stdio' });
  t.ok((await bus.stdio.request('echo', {}, { sessionId: 's' })).result);
  bus.stdout.destroy();
  bus.stdio.send({ id: 1, method: 'notify', sessionId: 's', params: { count: 10 } });
  t.match(await bus.exit(), { signal: null });
  checkNothingLeft(t, bus);
});

t.test('the end of stdin is nothing to a bus that listens on a socket', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  bus.stdin.end();
  bus.stdout.destroy();
  bus.signal('SIGPIPE');
  t.ok((await client.request('echo')).result);
});
