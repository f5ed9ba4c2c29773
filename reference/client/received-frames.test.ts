import t from 'tap';
import { until } from '../faults/process-table.ts';
import { soon, startClient, startPeer } from './frame-peer.ts';

t.test('answers are taken however they are cut, and what is no frame costs nothing', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const answer = client.request<string>('x');
  const connection = await peer.connection(0);
  const { id } = await connection.take();
  const lines = [
    '\n  \r\nno frame\n[1]\nnull\n{"method":7}\n{"id":[],"result":1}\n{"id":"1","result":2}\n',
    `{"id":${id},"result":"ü😀"}\n{"id":${id},"result":"again"}\n`,
  ];
  for (const byte of Buffer.from(lines.join(''))) connection.write(Buffer.of(byte));
  t.equal(await answer, 'ü😀');
  const next = client.request('y');
  const { id: nextId } = await connection.take();
  t.not(nextId, id, 'an id is never used again');
  connection.send({ id: nextId, result: null });
  t.equal(await next, null);
});

t.test('half an answer, and then the end, is none', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const lost = t.rejects(client.request('x'), { name: 'CONNECTION_LOST' });
  const connection = await peer.connection(0);
  const { id } = await connection.take();
  connection.write(`{"id":${id},"result":1}`);
  connection.end();
  await lost;
  t.ok(await peer.connection(1), 'and it connects again');
});

t.test('a late answer goes to nobody, on a new connection either', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const lost = t.rejects(client.request('x'));
  const first = await peer.connection(0);
  const { id } = await first.take();
  first.destroy();
  await lost;
  const next = client.request('y');
  const second = await peer.connection(1);
  const { id: nextId } = await second.take();
  second.send({ id, result: 'late' }, { id: nextId, result: 'right' });
  t.equal(await next, 'right');
});

t.test(
  'a worker request is answered in its own spelling, and only where it was asked',
  async (t) => {
    const peer = await startPeer(t);
    const answers: (() => void)[] = [];
    const signals: AbortSignal[] = [];
    const client = await startClient(t, peer.url, {
      reconnect: soon,
      onRequest: ({ signal, params }) => {
        signals.push(signal);
        return params === 'wait' ? new Promise<void>((resolve) => answers.push(resolve)) : 'now';
      },
    });
    const first = await peer.connection(0);
    for (const id of ['1.0', '9007199254740993', '"\\u00e9"', '1e3', '0']) {
      first.send(`{"id":${id},"method":"q","sessionId":"\\u00e9"}`);
      t.equal(
        (await first.take()).text,
        `{"jsonrpc":"2.0","id":${id},"sessionId":"é","result":"now"}`,
      );
    }
    first.send({ id: 0, method: 'q', params: 'wait' });
    await until('it is asked', () => answers.length > 0);
    first.destroy();
    const second = await peer.connection(1);
    t.equal(signals.at(-1)?.aborted, true);
    answers[0]?.();
    const next = client.request('x');
    t.match(await second.take(), { method: 'x' }, 'the late answer was not sent here');
    second.send({ id: 6, result: 0 });
    next.catch(() => {});
  },
);

t.test('when its session has lost its worker, a question is answered once, at once', async (t) => {
  const peer = await startPeer(t);
  let answer = (_: string) => {};
  const onRequest = () => new Promise((resolve) => (answer = resolve));
  const client = await startClient(t, peer.url, { onRequest });
  const connection = await peer.connection(0);
  connection.send({ id: 0, method: 'q', sessionId: 's' });
  const params = { sessionId: 's', pool: 'p', reason: 'exit' };
  connection.send({ method: 'stdio_bus/session_lost', sessionId: 's', params });
  t.match(await connection.take(), { id: 0, sessionId: 's', error: { code: -32603 } });
  answer('too late');
  await client.notify('x');
  t.match(await connection.take(), { method: 'x' });
  await client.notify('y');
  t.match(await connection.take(), { method: 'y' });
});

t.test('a bus that finds a frame too long fails the request that it was', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const connection = await peer.connection(0);
  const small = client.request('small');
  const big = client.request('big', { text: 'x'.repeat(5000) });
  await connection.take();
  await connection.take();
  const data = { source: 'bus', name: 'FRAME_TOO_LARGE', retryable: false, delivered: false };
  connection.send({ id: null, error: { code: -32055, message: 'too long', data } });
  await t.rejects(big, { name: 'FRAME_TOO_LARGE', source: 'bus', delivered: false });
  const medium = client.request<string>('medium', { text: 'x'.repeat(5500) });
  await client.notify('bigger', { text: 'x'.repeat(6000) });
  connection.send({ id: null, error: { code: -32055, message: 'too long', data } });
  connection.send({ id: 1, result: 'fine' }, { id: 3, result: 'fine too' });
  t.equal(await medium, 'fine too');
  t.equal(await small, 'fine', 'it may have been the notification: nobody is blamed');
});

t.test('nobody is blamed for a frame that is too long and was given up', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const connection = await peer.connection(0);
  const big = client.request('big', { text: 'x'.repeat(5000) }, { timeoutMs: 20 });
  const small = client.request('small');
  await t.rejects(big, { name: 'TIMEOUT', delivered: true });
  const data = { source: 'bus', name: 'FRAME_TOO_LARGE', retryable: false, delivered: false };
  connection.send({ id: null, error: { code: -32055, message: 'too long', data } });
  connection.send({ id: 2, result: 'fine' });
  t.equal(await small, 'fine');
});

t.test('a response that is too long for this side fails its request, and no other', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url, { maxReceivedBytes: 1000 });
  const [long, short] = [client.request('a'), client.request('b')];
  const failing = t.rejects(long, { name: 'FRAME_TOO_LARGE', source: 'client', delivered: true });
  const connection = await peer.connection(0);
  connection.send({ id: 1, result: 'x'.repeat(1000) }, { id: 2, result: 'short' });
  await failing;
  t.equal(await short, 'short');
});
