import { connect } from 'node:net';
import t from 'tap';
import { kill, probeConfig } from '../../reference/faults/probe-pool.ts';
import { until } from '../../reference/faults/process-table.ts';
import { openWebSocket, refusalAt, startAdapter } from './adapter-under-test.ts';

t.test(
  'a message is a frame, and its bytes reach the worker and come back as they were',
  async (t) => {
    const { url } = await startAdapter(t);
    const socket = await openWebSocket(t, url);
    for (const id of ['1.0e1', '9007199254740993', '"\\u00e9"', '-0', '"1"']) {
      const frame = `{ "id" : ${id}, "method":"line","x":[1.0,9007199254740993],"sessionId":"\\u0073"}`;
      socket.send(frame);
      const { text } = await socket.next();
      t.ok(text.includes(`"id":${id},`), `${id} in ${text}`);
      const { line } = JSON.parse(text).result;
      t.equal(line.replace(/"id" : [^,]+,/, `"id" : ${id},`), frame);
    }
  },
);

t.test('answers come as text to text, and as binary to binary', async (t) => {
  const { url } = await startAdapter(t);
  const socket = await openWebSocket(t, url);
  socket.send(Buffer.from('{"id":1,"method":"echo"}'));
  t.equal((await socket.next()).isBinary, true);
  socket.send('{"id":2,"method":"echo"}');
  t.equal((await socket.next()).isBinary, false);
});

t.test('a message with line feeds between its tokens is one frame', async (t) => {
  const { url } = await startAdapter(t);
  const socket = await openWebSocket(t, url);
  socket.send('{\n  "id": 1,\r\n  "method": "echo",\n "params": {"a":\n1}\n}\n');
  t.match((await socket.next()).frame, { id: 1, result: { params: { a: 1 } } });
  socket.send('{"id":2,"method":"ec\nho"}');
  t.match(
    (await socket.next()).frame,
    { id: null, error: { code: -32700 } },
    'not within a string',
  );
  t.match(await socket.ask('echo'), { result: {} });
});

t.test('what is no frame is answered with an error, and the connection goes on', async (t) => {
  const { url } = await startAdapter(t);
  const socket = await openWebSocket(t, url);
  for (const [text, expected] of [
    ['nonsense', { id: null, error: { code: -32700 } }],
    ['{"id":1} {"id":2}', { id: null, error: { code: -32700 } }],
    ['[]', { id: null, error: { code: -32600 } }],
    ['{"id":5,"method":7}', { id: 5, error: { code: -32600 } }],
  ] as const) {
    socket.send(text);
    t.match((await socket.next()).frame, expected, text);
  }
  t.match(await socket.ask('echo', { a: 1 }), { result: { params: { a: 1 } } });
});

t.test(
  'a session has one worker, and its notifications and questions come to its socket',
  async (t) => {
    const { url } = await startAdapter(t, { bus: probeConfig([{ instances: 3 }]) });
    const first = await openWebSocket(t, url);
    const other = await openWebSocket(t, url);
    const { result } = await first.ask('echo', {}, { sessionId: 's' });
    first.send('{"id":"n","method":"notify","sessionId":"s","params":{"count":2}}');
    t.match((await first.next()).frame, { method: 'note', sessionId: 's', params: { n: 0 } });
    t.match((await first.next()).frame, { method: 'note', params: { n: 1 } });
    t.match((await first.next()).frame, { id: 'n', result: { pid: result?.pid } });
    first.send('{"id":"q","method":"ask","sessionId":"s","params":{"id":0}}');
    t.match((await first.next()).frame, { id: 0, method: 'question', sessionId: 's' });
    first.send('{"jsonrpc":"2.0","id":0,"sessionId":"s","result":{"yes":true}}');
    t.match((await first.next()).frame, { id: 'q', result: { reply: { result: { yes: true } } } });
    const again = await other.ask('echo', {}, { sessionId: 's' });
    t.equal(again.result?.pid, result?.pid, 'from another connection too');
  },
);

t.test('a worker that dies fails its request, and the connection goes on', async (t) => {
  const { url } = await startAdapter(t);
  const socket = await openWebSocket(t, url);
  const { result } = await socket.ask('echo');
  socket.send('{"id":"x","method":"never"}');
  await socket.ask('echo');
  await kill(Number(result?.pid));
  t.match((await socket.next()).frame, { id: 'x', error: { data: { name: 'WORKER_LOST' } } });
  const { result: next } = await until('the next worker', async () => {
    const answer = await socket.ask('echo');
    return answer.error === undefined && answer;
  });
  t.not(next?.pid, result?.pid);
});

t.test(
  'a message over the limit is answered with an error, then the socket is closed with 1009',
  async (t) => {
    const bus = probeConfig([{}], { max_input_buffer: 2000 });
    const { url } = await startAdapter(t, { bus });
    const socket = await openWebSocket(t, url);
    const frame = '{"id":1,"method":"mark","params":{"a":""}}';
    socket.send(frame.replace('""', `"${'x'.repeat(2000 - frame.length)}"`));
    t.match((await socket.next()).frame, { id: 1, result: {} }, 'exactly the limit');
    socket.send(`"${'x'.repeat(2000)}"`);
    t.match((await socket.next()).frame, {
      id: null,
      error: { data: { name: 'FRAME_TOO_LARGE' } },
    });
    t.match(await socket.closed(), { code: 1009 });
  },
);

t.test(
  'a reader that stands still holds up nobody else, and gets every frame once it reads',
  async (t) => {
    const bus = probeConfig([{ instances: 2 }], { max_output_queue: 100_000_000 });
    const adapter = await startAdapter(t, { bus });
    const slow = await openWebSocket(t, adapter.url);
    slow.webSocket.pause();
    const count = 400;
    const params = JSON.stringify({ count, size: 50_000 });
    slow.send(`{"id":1,"method":"notify","sessionId":"slow","params":${params}}`);
    const other = await openWebSocket(t, adapter.url);
    for (let n = 0; n < 20; n += 1)
      t.match(await other.ask('echo', { n }), { result: { params: { n } } });
    slow.webSocket.resume();
    for (let n = 0; n < count; n += 1) {
      const { frame } = await slow.next();
      if ((frame as { params?: { n: number } }).params?.n !== n) t.fail(`frame ${n} is missing`);
    }
    t.match((await slow.next()).frame, { id: 1, result: {} });
  },
);

t.test('a writer that is faster than its worker is slowed, and loses nothing', async (t) => {
  const { url } = await startAdapter(t);
  const socket = await openWebSocket(t, url);
  const count = 300;
  const text = 'x'.repeat(100_000);
  for (let id = 1; id <= count; id += 1) {
    socket.send(JSON.stringify({ id, method: 'mark', sessionId: 's', params: { n: id, text } }));
  }
  const seen = new Set<unknown>();
  for (let n = 0; n < count; n += 1) seen.add((await socket.next()).frame.id);
  t.equal(seen.size, count);
  const { result } = await socket.ask('marks', {}, { sessionId: 's' });
  t.same(
    result?.marks,
    Array.from({ length: count }, (_, n) => n + 1),
    'in order',
  );
});

t.test('a client that does not answer a ping is cut off; one that does stays', async (t) => {
  const adapter = await startAdapter(t, { pingIntervalMs: 50, pingTimeoutMs: 300 });
  const dead = await openWebSocket(t, adapter.url, { autoPong: false });
  const alive = await openWebSocket(t, adapter.url);
  t.match(await dead.closed(), { code: 1006 });
  t.match(await alive.ask('echo'), { result: {} });
});

t.test('a client that vanishes takes nothing with it', async (t) => {
  const { url } = await startAdapter(t);
  const gone = await openWebSocket(t, url);
  gone.send('{"id":1,"method":"hold","params":{"key":"k"}}');
  const other = await openWebSocket(t, url);
  gone.webSocket.terminate();
  await gone.closed();
  await other.ask('release', { key: 'k' });
  const { result } = await until('one client is left', async () => {
    const stats = await other.ask('stdio_bus/stats');
    const { clientConnects, clientDisconnects } = stats.result as Record<string, number>;
    // The adapter itself has one connection, and the other socket.
    return (clientConnects as number) - (clientDisconnects as number) === 2 && stats;
  });
  t.equal(result?.pending, 0);
});

t.test('what is no WebSocket gets an HTTP status', async (t) => {
  const { address, url } = await startAdapter(t);
  const status = async (path: string) => (await fetch(`http://${address}${path}`)).status;
  t.equal(await status('/'), 426);
  t.equal(await status('/healthz'), 200);
  t.equal(await status('/readyz'), 200);
  t.equal(await status('/other'), 404);
  t.equal((await refusalAt(`${url}/other`)).status, 404);
  await openWebSocket(t, `${url}/v1/ws`);
});

t.test('a handshake without its key leaves nothing open in the bus', async (t) => {
  const { address, url } = await startAdapter(t);
  const [host = '', port] = address.split(':');
  const socket = connect({ host, port: Number(port) });
  t.teardown(() => socket.destroy());
  socket.write(
    `GET / HTTP/1.1\r\nHost: ${address}\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n`,
  );
  let text = '';
  for await (const chunk of socket) text += chunk;
  t.match(text, /^HTTP\/1\.1 400 /);
  const other = await openWebSocket(t, url);
  await until('its connection to the bus has ended', async () => {
    const { result } = await other.ask('stdio_bus/stats');
    return Number(result?.clientConnects) - Number(result?.clientDisconnects) === 2;
  });
});
