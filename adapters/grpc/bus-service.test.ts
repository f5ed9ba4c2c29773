import t from 'tap';
import { BusRequestError } from '../../reference/client/bus-request-error.ts';
import { kill, probeConfig } from '../../reference/faults/probe-pool.ts';
import { until } from '../../reference/faults/process-table.ts';
import { startAdapter } from './adapter-under-test.ts';
import { ClientCalls } from './client-calls.ts';
import { createClientTracing } from './client-tracing.ts';
import { openGrpcChannel } from './grpc-channel.ts';

async function errorOf(promise: Promise<unknown>): Promise<BusRequestError> {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(error instanceof BusRequestError)) throw new Error(`no BusRequestError: ${error}`);
  return error;
}

t.test('a call is answered by the worker of its session', async (t) => {
  const { client } = await startAdapter(t, { bus: probeConfig([{ instances: 3 }]) });
  const pids = await Promise.all(
    Array.from({ length: 8 }, () => client.call('echo', { a: 1 }, { sessionId: 's' })),
  );
  t.equal(new Set(pids.map((result) => (result as { pid: number }).pid)).size, 1);
  t.match(pids[0], { params: { a: 1 } });
});

t.test(
  'a frame reaches the worker byte for byte, and the answer has its id as it was',
  async (t) => {
    const { client } = await startAdapter(t);
    const frame =
      '{ "id" : 1.0e1, "method":"line","x":[1.0,9007199254740993],"sessionId":"\\u0073" }';
    const response = (await client.callFrame(frame)).toString();
    t.match(response, /"id" ?: ?1\.0e1[,}]/);
    const { line } = JSON.parse(response).result;
    t.equal(line.replace(/"id" : \d+/, '"id" : 1.0e1'), frame);
  },
);

t.test('the session may be in the metadata, and has to be the same in both', async (t) => {
  const { client } = await startAdapter(t);
  const { line } = (await client.call('line', {}, { sessionId: 'a b' })) as { line: string };
  t.match(JSON.parse(line), { sessionId: 'a b' });
  const frame = '{"id":1,"method":"echo","sessionId":"other"}';
  const error = await errorOf(client.callFrame(frame, { sessionId: 's' }));
  t.match(error, { name: 'INVALID_REQUEST' });
});

t.test('an error comes with its JSON-RPC error, whoever gave it', async (t) => {
  const { client } = await startAdapter(t);
  const unknown = await errorOf(client.call('echo', {}, { pool: 'none' }));
  t.match(unknown, { name: 'UNKNOWN_POOL', code: -32053, source: 'bus', delivered: false });
  t.match(unknown.data, { source: 'bus', name: 'UNKNOWN_POOL' });
  const malformed = await errorOf(client.callFrame('{"id":1,"method":7}'));
  t.match(malformed, { name: 'INVALID_REQUEST', code: -32600 });
  t.match(await errorOf(client.callFrame('nonsense')), { name: 'PARSE_ERROR' });
});

t.test('params that would be more than params are refused', async (t) => {
  const call = { method: 'echo', params: Buffer.from('{},"sessionId":"stolen"') };
  const { adapter } = await startAdapter(t);
  const channel = openGrpcChannel({ url: adapter.url });
  t.teardown(() => channel.close());
  const calls = new ClientCalls(channel, createClientTracing(undefined));
  t.match(await errorOf(calls.unary('bus', 'call', call)), { name: 'INVALID_REQUEST' });
});

t.test('a worker that dies fails its calls, and says whether it had them', async (t) => {
  const { client } = await startAdapter(t);
  const { pid } = (await client.call('echo')) as { pid: number };
  const failed = errorOf(client.call('never', {}, { sessionId: 's' }));
  await client.call('echo', {}, { sessionId: 's' });
  await kill(pid);
  t.match(await failed, { name: 'WORKER_LOST', delivered: true, retryable: false });
});

t.test('a deadline ends the call, and its pending request', async (t) => {
  const { client } = await startAdapter(t);
  const error = await errorOf(client.call('never', {}, { timeoutMs: 100 }));
  t.match(error, { name: 'TIMEOUT' });
  const controller = new AbortController();
  const aborted = errorOf(client.call('hold', { key: 'k' }, { signal: controller.signal }));
  await client.call('echo');
  controller.abort();
  t.match(await aborted, { name: 'ABORTED' });
  // Its late answer is nobody's.
  await client.call('release', { key: 'k' });
  t.match(await client.call('echo', { b: 2 }), { params: { b: 2 } });
});

t.test('a frame that is too long for the bus is refused before it', async (t) => {
  const { client } = await startAdapter(t, {
    bus: probeConfig([{}], { max_input_buffer: 10_000 }),
  });
  const error = await errorOf(client.call('echo', { text: 'x'.repeat(20_000) }));
  t.match(error, { name: 'FRAME_TOO_LARGE', delivered: false });
  t.match(await errorOf(client.call('echo', { text: 'x'.repeat(200_000) })), {
    name: 'FRAME_TOO_LARGE',
  });
  t.ok(await client.call('echo'));
});

t.test('a watcher gets what the worker sends in its session, and nothing else', async (t) => {
  const { client } = await startAdapter(t);
  const watched = client.watch('s');
  await watched.opened;
  await client.notify('mark', { n: 1 }, { sessionId: 's' });
  await client.call('notify', { method: 'note', params: { of: 'other' } }, { sessionId: 'other' });
  await client.call('notify', { method: 'note', params: { of: 's' } }, { sessionId: 's' });
  for await (const frame of watched) {
    t.match(JSON.parse(frame.toString()), { sessionId: 's' });
    break;
  }
  t.ok(await client.call('echo', {}, { sessionId: 's' }));
});

t.test(
  'a watcher that does not read holds up nobody, and is told that it fell behind',
  async (t) => {
    const { client } = await startAdapter(t, { maxQueuedBytes: 1_000_000 });
    const slow = client.watch('s')[Symbol.asyncIterator]();
    const note = `${JSON.stringify({ method: 'note', sessionId: 's', params: 'x'.repeat(100_000) })}\n`;
    const first = slow.next();
    await until('the watcher is there', async () => {
      await client.call('write', { text: note }, { sessionId: 's' });
      return Promise.race([first, undefined]);
    });
    for (let n = 0; n < 60; n += 1) await client.call('write', { text: note }, { sessionId: 's' });
    t.ok(await client.call('echo', {}, { sessionId: 's' }), 'calls of the session go on');
    let count = 0;
    const rest = async () => {
      for (let next = await slow.next(); next.done !== true; next = await slow.next()) count += 1;
    };
    const error = await errorOf(rest());
    t.match(error, { name: 'OVERLOADED', message: /wait to be read/ });
    t.ok(count > 0 && count < 60, `${count} frames came before`);
  },
);

t.test(
  'a session stream carries frames in both directions, worker requests included',
  async (t) => {
    const { client } = await startAdapter(t);
    const session = client.session();
    await session.opened;
    await session.send('{"id":"a","method":"ask","sessionId":"s","params":{"id":5,"method":"q"}}');
    const answers: Record<string, unknown>[] = [];
    for await (const frame of session) {
      const message = JSON.parse(frame.toString());
      answers.push(message);
      if (message.method !== undefined) {
        const answer = { id: message.id, sessionId: 's', result: { yes: true } };
        await session.send(JSON.stringify(answer));
        session.end();
      }
    }
    t.ok(
      answers.some(({ method }) => method !== undefined),
      'the worker asked',
    );
    t.ok(
      answers.some(({ id }) => id === 'a'),
      'and answered',
    );
  },
);

t.test('after a half-close, what is pending still comes, then the end', async (t) => {
  const { client } = await startAdapter(t);
  const session = client.session();
  await session.send('{"id":1,"method":"later","params":{"ms":300}}');
  session.end();
  const frames: string[] = [];
  for await (const frame of session) frames.push(frame.toString());
  t.equal(frames.length, 1);
  t.match(JSON.parse(frames[0] as string), { id: 1, result: {} });
});

t.test('bad lines in a session are answered as by the bus, and the stream goes on', async (t) => {
  const { client } = await startAdapter(t);
  const session = client.session();
  for (const line of ['nonsense', '', '{"id":2,"method":3}', '{"id":3,"method":"echo"}']) {
    await session.send(line);
  }
  session.end();
  const codes: unknown[] = [];
  for await (const frame of session) {
    const { id, error } = JSON.parse(frame.toString());
    codes.push([id, error?.code]);
  }
  t.same(codes, [
    [null, -32700],
    [2, -32600],
    [3, undefined],
  ]);
});

t.test('a session whose reader is slow waits, and gets everything in order', async (t) => {
  const { client } = await startAdapter(t);
  const session = client.session();
  const count = 200;
  const text = 'x'.repeat(50_000);
  const sending = (async () => {
    for (let id = 0; id < count; id += 1) {
      await session.send(JSON.stringify({ id, method: 'echo', sessionId: 's', params: { text } }));
    }
    session.end();
  })();
  const other = await client.call('echo', {}, { sessionId: 'other' });
  t.ok(other, 'others go on');
  const ids: number[] = [];
  for await (const frame of session) ids.push(JSON.parse(frame.toString()).id);
  await sending;
  t.same(
    ids.toSorted((a, b) => a - b),
    Array.from({ length: count }, (_, index) => index),
  );
});

for (const [what, params] of [
  ['many frames wait', { count: 400, size: 50_000 }],
  ['one long frame waits', { count: 1, size: 14_000_000 }],
] as const) {
  t.test(`a session whose reader takes nothing at all is cut where ${what}`, async (t) => {
    const limits = {
      backpressure_timeout_sec: 1,
      max_input_buffer: 16_000_000,
      max_output_queue: 32_000_000,
    };
    const { client, adapter } = await startAdapter(t, { bus: probeConfig([{}], limits) });
    const channel = openGrpcChannel({ url: adapter.url });
    t.teardown(() => channel.close());
    const calls = new ClientCalls(channel, createClientTracing(undefined));
    const { call } = calls.session();
    // The library would take 16 messages, of whatever length.
    Object.assign((call as unknown as { _readableState: object })._readableState, {
      highWaterMark: 1,
    });
    const failed = new Promise<{ code: number }>((resolve) => {
      call.on('error', (error) => resolve(error as unknown as { code: number }));
    });
    // One message is read, and no other.
    call.once('data', () => call.pause());
    const frame = { id: 1, method: 'notify', sessionId: 's', params };
    call.write({ frame: Buffer.from(JSON.stringify(frame)) });
    t.ok(await client.call('echo', {}, { sessionId: 'other' }), 'nobody else');
    t.match(await failed, { code: 1 });
    t.ok(await client.call('echo', {}, { sessionId: 's' }));
  });
}

t.test('a frame of several MiB comes in parts, and is whole again', async (t) => {
  const { client } = await startAdapter(t, {
    bus: probeConfig([{}], { max_input_buffer: 8_000_000 }),
  });
  const session = client.session();
  const text = 'x'.repeat(3_500_000);
  await session.send(JSON.stringify({ id: 1, method: 'echo', params: { text } }));
  session.end();
  const frames: Buffer[] = [];
  for await (const frame of session) frames.push(frame);
  t.equal(frames.length, 1);
  t.equal(JSON.parse(String(frames[0])).result.params.text.length, text.length);
});

t.test('a cancelled session disturbs nobody', async (t) => {
  const { client } = await startAdapter(t);
  const session = client.session();
  await session.opened;
  await session.send('{"id":1,"method":"never","sessionId":"s"}');
  session.cancel();
  await until('its connection to the bus is gone', async () => {
    const { clientDisconnects } = (await client.stats()) as { clientDisconnects: number };
    return clientDisconnects === 1;
  });
  t.ok(await client.call('echo', {}, { sessionId: 's' }));
});

t.test('stats are those of the bus', async (t) => {
  const { client } = await startAdapter(t);
  await client.call('echo', {}, { sessionId: 's' });
  const stats = (await client.stats()) as { workers: object[]; sessions: number };
  t.match(stats, { sessions: 1, pending: 0, workers: [{ pool: 'main', state: 'ready', slot: 0 }] });
});
