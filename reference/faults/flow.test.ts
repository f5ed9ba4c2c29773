import t from 'tap';
import { startBus } from '../../testing/bus-process.ts';
import type { FrameConnection } from './frame-connection.ts';
import { checkBusError, kill, probeConfig, stall, workerSeen } from './probe-pool.ts';
import { residentBytes, until } from './process-table.ts';

t.jobs = 2;

const megabyte = 1_000_000;

/** Writes requests as fast as the transport takes them. */
async function pour(client: FrameConnection, count: number, frame: (id: number) => object) {
  for (let id = 0; id < count; id += 1) {
    if (!client.write(`${JSON.stringify(frame(id))}\n`)) await client.drained(20_000);
  }
}

t.test('a worker that never reads gets OVERLOADED, and other workers go on', async (t) => {
  const limits = { max_output_queue: 2 * megabyte };
  const bus = await startBus(t, { config: probeConfig([{ id: 'stuck' }, { id: 'good' }], limits) });
  const [client, other] = await Promise.all([bus.connect(), bus.connect()]);
  await client.request('stop-reading', {}, { pool: 'stuck' });
  await other.request('echo', {}, { pool: 'good', sessionId: 'g' });
  const before = residentBytes(bus.pid);
  const text = 'x'.repeat(10_000);
  const count = 10_000;
  const pouring = pour(client, count, (id) => ({
    id,
    method: 'echo',
    pool: 'stuck',
    params: { text },
  }));
  for (let n = 0; n < 20; n += 1) {
    t.ok((await other.request('echo', {}, { sessionId: 'g' })).result, 'others go on');
  }
  await pouring;
  const refused = await client.response(count - 1);
  checkBusError(t, refused, 'OVERLOADED', { delivered: false, retryable: true });
  const grown = residentBytes(bus.pid) - before;
  t.ok(grown < 70 * megabyte, `100 MB poured in, ${grown} bytes held`);
  // A notification that finds no room is dropped without a word.
  client.send({ method: 'echo', pool: 'stuck', params: { text } });
  await client.request('stdio_bus/stats');
  const names = new Set(client.queued.map((frame) => frame.error?.data.name));
  t.same([...names], ['OVERLOADED']);
  const refusals = client.queued.length + 1;
  const { pid } = await workerSeen(other, { pool: 'stuck', pending: count - refusals });
  await kill(pid as number);
  await until('each request has its answer', () => client.queued.length === count - 1);
});

t.test('a worker that stands still for a while loses nothing', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  const pid = (await client.request('echo', {}, { sessionId: 's' })).result?.pid as number;
  await stall(pid);
  const params = { text: 'x'.repeat(10_000) };
  for (let id = 0; id < 300; id += 1) client.send({ id, method: 'echo', sessionId: 's', params });
  await workerSeen(client, { pending: 300 });
  process.kill(pid, 'SIGCONT');
  const ids: unknown[] = [];
  for (let n = 0; n < 300; n += 1) ids.push((await client.take()).id);
  t.same(ids, [...ids.keys()], 'answered in order');
});

t.test('a client that never reads is closed after the timeout, and delays nobody', async (t) => {
  const limits = { max_output_queue: megabyte, backpressure_timeout_sec: 1 };
  const bus = await startBus(t, { config: probeConfig([{ id: 'a' }, { id: 'b' }], limits) });
  const [slow, other] = await Promise.all([bus.connect(), bus.connect()]);
  await other.request('echo', {}, { pool: 'b', sessionId: 'o' });
  const before = residentBytes(bus.pid);
  slow.pause();
  const params = { count: 50_000, size: 1000 };
  slow.send({ id: 1, method: 'notify', pool: 'a', sessionId: 's', params });
  let slowest = 0;
  await until(
    'the client is closed',
    async () => {
      const startMs = performance.now();
      await other.request('echo', {}, { sessionId: 'o' });
      slowest = Math.max(slowest, performance.now() - startMs);
      const { result } = await other.request('stdio_bus/stats');
      return result?.clientDisconnects === 1;
    },
    10_000,
  );
  t.ok(slowest < 1000, `the slowest answer to the other took ${slowest} ms`);
  const grown = residentBytes(bus.pid) - before;
  t.ok(grown < 40 * megabyte, `50 MB were due, ${grown} bytes held`);
  slow.resume();
  await slow.ended();
  const numbers = slow.queued.map((frame) => frame.params?.n);
  t.same(numbers, [...numbers.keys()], 'nothing was dropped from the middle');
  t.ok((await other.request('echo', {}, { pool: 'a', sessionId: 'new' })).result, 'the worker too');
});

t.test(
  'a client that pauses gets every frame or is closed, on a worker that others use',
  async (t) => {
    const limits = { max_output_queue: megabyte, backpressure_timeout_sec: 5 };
    const bus = await startBus(t, { config: probeConfig([{}], limits) });
    const [slow, other] = await Promise.all([bus.connect(), bus.connect()]);
    await other.request('echo', {}, { sessionId: 'o' });
    slow.pause();
    const params = { count: 30_000, size: 1000 };
    slow.send({ id: 1, method: 'notify', sessionId: 's', params });
    const asked = other.request('echo', {}, { sessionId: 'o', deadlineMs: 8000 });
    await until('the worker is through, or waits', async () => {
      const { result } = await other.request('stdio_bus/stats');
      return result?.pending === 0 || (result?.messagesOut as number) > 1000;
    });
    slow.resume();
    await Promise.race([slow.ended(10_000), slow.response(1, 10_000)]);
    const numbers = slow.queued.map((frame) => frame.params?.n);
    t.same(numbers, [...numbers.keys()], 'nothing was dropped from the middle');
    t.ok((await asked).result);
  },
);

t.test('a client that writes without reading is slowed, not dropped', async (t) => {
  const limits = { max_output_queue: megabyte, backpressure_timeout_sec: 30 };
  const bus = await startBus(t, { config: probeConfig([{}], limits) });
  const client = await bus.connect();
  const before = residentBytes(bus.pid);
  client.pause();
  const count = 3000;
  let written = 0;
  const params = { text: 'x'.repeat(10_000) };
  const pouring = pour(client, count, (id) => {
    written = id;
    return { id, method: 'echo', sessionId: 's', params };
  });
  // As soon as the transport takes no more, the number stands still.
  let last = -1;
  let sinceMs = 0;
  await until('the transport takes no more', () => {
    if (written !== last) sinceMs = performance.now();
    last = written;
    return performance.now() - sinceMs > 300;
  });
  t.ok(written < count - 1, `${written} of ${count} written`);
  t.ok(residentBytes(bus.pid) - before < 40 * megabyte);
  client.resume();
  await pouring;
  const answers = new Map<unknown, number>();
  for (let n = 0; n < count; n += 1) {
    const { id, error } = await client.take();
    if (error !== undefined) t.equal(error.data.name, 'OVERLOADED');
    answers.set(id, (answers.get(id) ?? 0) + 1);
  }
  t.equal(answers.size, count, 'one answer for each');
});

t.test('a worker that floods reaches its reader whole, and delays nobody', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ id: 'a' }, { id: 'b' }]) });
  const [reader, other, gone] = await Promise.all([bus.connect(), bus.connect(), bus.connect()]);
  await other.request('echo', {}, { pool: 'b', sessionId: 'o' });
  // Only one client hears the worker now; so the worker waits for it, and nobody else has to.
  await gone.request('echo', {}, { pool: 'a', sessionId: 'g' });
  gone.destroy();
  await until('one has left', async () => {
    return (await other.request('stdio_bus/stats')).result?.clientDisconnects === 1;
  });
  const before = residentBytes(bus.pid);
  const count = 100_000;
  const flood = reader.request(
    'notify',
    { count, size: 300 },
    { pool: 'a', sessionId: 's', deadlineMs: 30_000 },
  );
  for (let n = 0; n < 20; n += 1) {
    t.ok((await other.request('echo', {}, { sessionId: 'o' })).result);
  }
  await flood;
  t.equal(reader.queued.length, count);
  t.ok(reader.queued.every((frame, n) => frame.params?.n === n));
  t.ok(residentBytes(bus.pid) - before < 60 * megabyte);
});

t.test('a worker that floods its stdout with logs delays nobody', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ id: 'a' }, { id: 'b' }]) });
  const client = await bus.connect();
  await client.request('echo', {}, { pool: 'b', sessionId: 'o' });
  const before = residentBytes(bus.pid);
  const flood = client.request('log', { lines: 100_000 }, { pool: 'a', deadlineMs: 20_000 });
  for (let n = 0; n < 20; n += 1) {
    t.ok((await client.request('echo', {}, { sessionId: 'o' })).result);
  }
  await flood;
  t.same(client.queued, []);
  t.ok(residentBytes(bus.pid) - before < 40 * megabyte);
  t.ok(bus.stderr.length < 5000, `${bus.stderr.length} lines of the bus about it`);
});

t.test('a worker that logs much on stderr does not stop', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  const response = await client.request(
    'write-stderr',
    { lines: 20_000, size: 200 },
    { deadlineMs: 10_000 },
  );
  t.ok(response.result);
});

t.test('several requests in one write are answered without a pause', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  await client.request('echo', {}, { sessionId: 's' });
  const times: number[] = [];
  for (let round = 0; round < 41; round += 1) {
    const startMs = performance.now();
    client.send(...[1, 2, 3, 4, 5].map((id) => ({ id, method: 'echo', sessionId: 's' })));
    for (const id of [1, 2, 3, 4, 5]) await client.response(id);
    times.push(performance.now() - startMs);
  }
  const median = times.sort((a, b) => a - b)[20] as number;
  t.ok(median < 20, `a round of five takes ${median} ms`);
});

t.test('ten thousand requests at once each get one answer', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ instances: 2 }]) });
  const client = await bus.connect();
  const count = 10_000;
  await pour(client, count, (id) => ({ id, method: 'echo', sessionId: `s${id % 100}` }));
  await until('all are answered', () => client.queued.length >= count, 15_000);
  await client.request('stdio_bus/stats');
  t.equal(new Set(client.queued.map((frame) => frame.id)).size, count);
  t.equal(client.queued.length, count);
});
