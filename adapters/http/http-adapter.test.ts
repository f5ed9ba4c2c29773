import { connect } from 'node:net';
import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import { kill, probeConfig } from '../../reference/faults/probe-pool.ts';
import { until } from '../../reference/faults/process-table.ts';
import { openStream, rpc, startAdapter } from './adapter-under-test.ts';

t.test(
  'a frame reaches its worker byte for byte, and the answer has its id as it was',
  async (t) => {
    const { url } = await startAdapter(t);
    for (const id of ['1.0e1', '9007199254740993', '"\\u00e9"', '-0', '"1"']) {
      const frame = `{ "id" : ${id}, "method":"line","x":[1.0,9007199254740993],"sessionId":"\\u0073"}`;
      const { status, text, headers } = await rpc(url, frame);
      t.equal(status, 200);
      t.equal(headers.get('content-type'), 'application/json');
      t.ok(text.includes(`"id":${id},`), `${id} in ${text}`);
      const { line } = JSON.parse(text).result;
      t.equal(line.replace(/"id" : [^,]+,/, `"id" : ${id},`), frame);
    }
  },
);

t.test('the session and the pool may be in the headers, and no others in the frame', async (t) => {
  const { url } = await startAdapter(t, { bus: probeConfig([{ id: 'a' }, { id: 'b' }]) });
  const headers = { 'x-session-id': 's', 'x-pool': 'b' };
  const { frame } = await rpc(url, { id: 1, method: 'line' }, headers);
  t.match(frame, { result: { tag: 'b' } });
  t.match(JSON.parse(String(frame.result?.line)), { sessionId: 's', pool: 'b' });
  const other = await rpc(url, { id: 1, method: 'echo', sessionId: 'other' }, headers);
  t.match(other, { status: 400, frame: { id: 1, error: { code: -32600 } } });
});

t.test('a frame over several lines is one frame', async (t) => {
  const { url } = await startAdapter(t);
  const { frame } = await rpc(
    url,
    '{\n  "id": 1,\r\n  "method": "echo",\n "params": {"a":\n1}\n}\n',
  );
  t.match(frame, { id: 1, result: { params: { a: 1 } } });
});

t.test('a notification is given to the bus and has no answer', async (t) => {
  const { url } = await startAdapter(t);
  const sent = await rpc(url, { method: 'mark', sessionId: 's', params: { n: 1 } });
  t.match(sent, { status: 202, text: '' });
  const { frame } = await rpc(url, { id: 1, method: 'marks', sessionId: 's' });
  t.same(frame.result?.marks, [1]);
});

t.test('errors have a status, and the JSON-RPC error as their body', async (t) => {
  const { url } = await startAdapter(t, { bus: probeConfig([{}], { max_input_buffer: 2000 }) });
  const table: [body: string, status: number, expected: object][] = [
    ['nonsense', 400, { id: null, error: { code: -32700 } }],
    ['', 400, { error: { code: -32600 } }],
    ['[]', 400, { error: { code: -32600 } }],
    ['{"id":7,"method":"echo","pool":"none"}', 404, { id: 7, error: { code: -32053 } }],
    [
      `{"id":1,"method":"${'x'.repeat(2000)}"}`,
      413,
      { error: { data: { name: 'FRAME_TOO_LARGE' } } },
    ],
    [
      '{"id":2,"method":"write","params":{"silent":true,"text":"{\\"jsonrpc\\":\\"2.0\\",\\"id\\":$ID,\\"error\\":{\\"code\\":-32601,\\"message\\":\\"no\\"}}\\n"}}',
      501,
      { id: 2, error: { code: -32601, message: 'no' } },
    ],
    [
      '{"id":2,"method":"write","params":{"silent":true,"text":"{\\"jsonrpc\\":\\"2.0\\",\\"id\\":$ID,\\"error\\":{\\"code\\":-32001,\\"message\\":\\"busy\\"}}\\n"}}',
      429,
      { id: 2, error: { code: -32001 } },
    ],
  ];
  for (const [body, status, expected] of table) {
    const reply = await rpc(url, body);
    t.equal(reply.status, status, body.slice(0, 60));
    t.match(reply.frame, expected, body.slice(0, 60));
  }
  const chunked = await fetch(`${url}/v1/rpc`, {
    method: 'POST',
    body: new Blob(['x'.repeat(10_000)]).stream(),
    duplex: 'half',
  } as RequestInit);
  t.equal(chunked.status, 413, 'without a content-length too');
});

t.test('a worker that dies is 502 where it may have seen the request', async (t) => {
  const { url } = await startAdapter(t);
  const { frame } = await rpc(url, { id: 1, method: 'echo' });
  const lost = rpc(url, { id: 'x', method: 'never' });
  await until('it is pending', async () => {
    const stats = await rpc(url, { id: 2, method: 'stdio_bus/stats' });
    return Number(stats.frame.result?.pending) >= 1;
  });
  await kill(Number(frame.result?.pid));
  t.match(await lost, {
    status: 502,
    frame: { id: 'x', error: { code: -32050, data: { name: 'WORKER_LOST', delivered: true } } },
  });
});

t.test('whoever goes away gives his request up, and its late answer reaches nobody', async (t) => {
  const { url } = await startAdapter(t);
  const giveUp = new AbortController();
  const held = fetch(`${url}/v1/rpc`, {
    method: 'POST',
    body: '{"id":1,"method":"hold","params":{"key":"k"}}',
    signal: giveUp.signal,
  });
  await until('it is pending', async () => {
    const stats = await rpc(url, { id: 2, method: 'stdio_bus/stats' });
    return Number(stats.frame.result?.pending) >= 1;
  });
  giveUp.abort();
  await t.rejects(held);
  t.match(await rpc(url, { id: 1, method: 'release', params: { key: 'k' } }), { status: 200 });
  t.match(await rpc(url, { id: 1, method: 'echo', params: { n: 3 } }), {
    frame: { result: { params: { n: 3 } } },
  });
});

t.test('frames stream in both directions, and the end waits for what is pending', async (t) => {
  const { url } = await startAdapter(t);
  const stream = await openStream(t, `${url}/v1/frames`, { method: 'POST', separator: '\n' });
  t.equal(stream.response.headers['content-type'], 'application/x-ndjson');
  stream.sent.write('{"id":1.0,"method":"echo","params":{"n":1}}\n{"id":2,"meth');
  t.match(await stream.next(), /"id":1\.0,/);
  stream.sent.write('od":"ask","sessionId":"s","params":{"id":0}}\n');
  t.match(JSON.parse(String(await stream.next())), { id: 0, method: 'question' });
  stream.sent.write('{"jsonrpc":"2.0","id":0,"sessionId":"s","result":{"yes":true}}\n');
  t.match(JSON.parse(String(await stream.next())), { id: 2, result: { reply: { id: 0 } } });
  stream.sent.write('nonsense\n');
  t.match(JSON.parse(String(await stream.next())), { id: null, error: { code: -32700 } });
  stream.sent.end('{"id":3,"method":"later","params":{"ms":100}}');
  t.match(JSON.parse(String(await stream.next())), { id: 3, result: {} });
  t.equal(await stream.next(), undefined);
});

t.test('a stream that is not read holds up nobody else, and loses nothing', async (t) => {
  const bus = probeConfig([{ instances: 2 }], { max_output_queue: 100_000_000 });
  const { url } = await startAdapter(t, { bus });
  const slow = await openStream(t, `${url}/v1/frames`, { method: 'POST', separator: '\n' });
  slow.response.pause();
  const count = 400;
  const params = JSON.stringify({ count, size: 50_000 });
  slow.sent.write(`{"id":1,"method":"notify","sessionId":"slow","params":${params}}\n`);
  for (let n = 0; n < 20; n += 1) {
    t.match(await rpc(url, { id: n, method: 'echo' }), { status: 200 });
  }
  slow.response.resume();
  for (let n = 0; n < count; n += 1) {
    const { params } = JSON.parse(String(await slow.next()));
    if (params.n !== n) t.fail(`frame ${n} is missing`);
  }
  t.match(JSON.parse(String(await slow.next())), { id: 1, result: {} });
});

t.test('a writer that is faster than its worker is slowed, and loses nothing', async (t) => {
  const { url } = await startAdapter(t);
  const stream = await openStream(t, `${url}/v1/frames`, { method: 'POST', separator: '\n' });
  const count = 200;
  const text = 'x'.repeat(100_000);
  for (let id = 1; id <= count; id += 1) {
    stream.sent.write(
      `${JSON.stringify({ id, method: 'mark', sessionId: 's', params: { n: id, text } })}\n`,
    );
  }
  stream.sent.end();
  let answers = 0;
  while ((await stream.next()) !== undefined) answers += 1;
  t.equal(answers, count);
});

t.test('wrong paths and methods get a status that says what to do', async (t) => {
  const { url } = await startAdapter(t);
  const get = async (path: string, method = 'GET') => {
    const response = await fetch(url + path, { method });
    return {
      status: response.status,
      allow: response.headers.get('allow'),
      text: await response.text(),
    };
  };
  t.match(await get('/v1/rpc'), { status: 405, allow: 'POST' });
  t.match(await get('/v1/sessions/s/events', 'POST'), { status: 405, allow: 'GET' });
  t.match(await get('/nothing'), { status: 404, text: /openapi\.json/ });
  t.match(await get('/healthz'), { status: 200, text: '{"healthy":true}' });
  t.match(await get('/readyz'), { status: 200, text: '{"ready":true,"reasons":[]}' });
  t.match(await get(`/v1/sessions/${'x'.repeat(257)}/events`), { status: 400 });
  t.match(await get('/v1/sessions/%ff/events'), { status: 400 });
});

t.test(
  'the OpenAPI document has the schemas of frames, and every reference leads somewhere',
  async (t) => {
    const { url } = await startAdapter(t);
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as {
      openapi: string;
      components: { schemas: object };
      paths: object;
    };
    t.equal(document.openapi, '3.1.0');
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema({ $id: 'document', ...document });
    const validate = ajv.compile({ $ref: 'document#/components/schemas/Response' });
    const { frame } = await rpc(url, { id: 1, method: 'echo' });
    t.ok(validate(frame), 'a response fits its schema');
    t.notOk(validate({ id: 1 }), 'and not everything does');
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) {
      if (!Object.hasOwn(document.components.schemas, String(name))) t.fail(`${name} is missing`);
    }
    t.notMatch(text, /\$defs/);
  },
);

t.test('a client that sends its headers only does not keep a drain', async (t) => {
  const adapter = await startAdapter(t);
  const [host = '', port] = adapter.address.split(':');
  const socket = connect({ host, port: Number(port) });
  t.teardown(() => socket.destroy());
  socket.on('error', () => {});
  socket.write(`POST /v1/rpc HTTP/1.1\r\nHost: ${adapter.address}\r\nContent-Length: 10\r\n\r\n`);
  await rpc(adapter.url, { id: 1, method: 'echo' });
  await adapter.drain(2000);
});
