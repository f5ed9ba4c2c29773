import t from 'tap';
import { startBus } from '../../testing/bus-process.ts';
import { probeConfig } from '../faults/probe-pool.ts';
import { until } from '../faults/process-table.ts';
import { connect } from './connect.ts';
import { soon, startClient, startPeer } from './frame-peer.ts';

t.test('an address that is none is refused in words', async (t) => {
  for (const url of ['', 'localhost:9000', 'tcp://', 'tcp://x:0', 'tcp://x:70000', 'unix:']) {
    await t.rejects(connect(url), RangeError, JSON.stringify(url));
  }
  await t.rejects(connect('tcp://[::1]:1', { sessionIdField: 'id' }), RangeError);
});

t.test('where nobody listens, the first connection fails at once', async (t) => {
  const { server, url } = await startPeer(t);
  server.close();
  await t.rejects(connect(url), {
    name: 'NOT_CONNECTED',
    retryable: true,
    delivered: false,
    cause: { code: 'ECONNREFUSED' },
  });
  await t.rejects(connect('unix:/no/such/socket'), { cause: { code: 'ENOENT' } });
});

t.test('a drained bus answers what is pending before it ends the connection', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await startClient(t, `tcp://${bus.address()}`, { reconnect: false });
  const later = client.request('later', { ms: 100 });
  await until('it is pending', async () => (await client.stats()).pending === 1);
  bus.signal('SIGTERM');
  t.ok(await later);
  await until('the client is closed', () => client.state === 'closed');
  await t.rejects(client.request('echo'), { name: 'CLOSED', delivered: false });
});

t.test('a bus that does not read makes requests wait, and gets them all in order', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const connection = await peer.connection(0);
  connection.pause();
  const text = 'x'.repeat(100_000);
  const count = 140;
  const notified = Array.from({ length: count }, (_, n) => client.notify('n', { n, text }));
  let written = 0;
  for (const each of notified) each.then(() => written++);
  await new Promise((resolve) => setImmediate(resolve));
  t.ok(written < 100, `${written} of ${count} were taken by the socket`);
  connection.resume();
  await Promise.all(notified);
  for (let n = 0; n < count; n++) t.match(await connection.take(), { params: { n } });
});

t.test('close waits for what is pending, and takes nothing new', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const connection = await peer.connection(0);
  const answer = client.request('x');
  const closing = client.close();
  t.equal(client.close() instanceof Promise, true);
  await t.rejects(client.request('y'), { name: 'CLOSED' });
  await t.rejects(client.notify('y'), { name: 'CLOSED' });
  const { id } = await connection.take();
  connection.send({ id, result: 'in time' });
  t.equal(await answer, 'in time');
  await connection.ended();
  connection.end();
  await closing;
  t.equal(client.state, 'closed');
});

t.test('close gives up after its timeout', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const failing = t.rejects(client.request('x'), { name: 'CLOSED', delivered: true });
  await (await peer.connection(0)).take();
  await client.close({ timeoutMs: 30 });
  await failing;
});

t.test('close waits for what waits for a connection too', async (t) => {
  const peer = await startPeer(t);
  const closing: Promise<void>[] = [];
  const client = await startClient(t, peer.url, {
    reconnect: soon,
    onState(state) {
      if (state === 'connecting') closing.push(client.notify('last words'), client.close());
    },
  });
  (await peer.connection(0)).destroy();
  const next = await peer.connection(1);
  t.match(await next.take(), { method: 'last words' });
  next.end();
  await Promise.all(closing);
  t.equal(closing.length, 2);
});

t.test('close without a connection and without anything to send ends at once', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url, { reconnect: { minDelayMs: 60_000 } });
  (await peer.connection(0)).destroy();
  await until('the cut is seen', () => client.state === 'connecting');
  await client.close();
  await client.close();
  t.equal(client.state, 'closed');
});

t.test('await using closes, and the notifications end', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  let notes: AsyncIterator<unknown> | undefined;
  let answer: Promise<unknown> | undefined;
  {
    await using client = await connect(`tcp://${bus.address()}`);
    notes = client.notifications();
    answer = client.request('later', { ms: 50 });
  }
  t.ok(await answer);
  t.match(await notes.next(), { done: true });
});

t.test('destroy fails everything at once, and says what may have been delivered', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const written = t.rejects(client.request('x'), { name: 'CLOSED', delivered: true });
  await (await peer.connection(0)).take();
  client.destroy();
  await written;
  client.destroy();
  await t.rejects(client.request('x'), { name: 'CLOSED', delivered: false });
});
