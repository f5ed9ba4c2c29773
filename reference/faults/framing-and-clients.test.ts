import t from 'tap';
import { startBus } from '../../testing/bus-process.ts';
import { checkBusError, probeConfig, workerSeen } from './probe-pool.ts';
import { descriptorsOf, residentBytes, until } from './process-table.ts';

t.jobs = 4;

for (const transport of ['tcp', 'unix', 'stdio'] as const) {
  t.test(`frames written byte by byte are read as they are, over ${transport}`, async (t) => {
    const bus = await startBus(t, { config: probeConfig(), transport });
    const client = transport === 'stdio' ? bus.stdio : await bus.connect();
    const lines = [
      '{"jsonrpc":"2.0","id":1,"method":"line","sessionId":"é","params":{"text":"über \\u00e9 🚌"}}',
      '   ',
      'not json',
      '{"jsonrpc":"2.0","id":"2","method":"echo","params":{}}\r',
    ];
    for (const byte of Buffer.from(`${lines.join('\n')}\n`)) {
      if (!client.write(Uint8Array.of(byte))) await client.drained();
    }
    t.match((await client.response(1)).result, { line: /"text":"über \\u00e9 🚌"/ });
    t.ok((await client.response('2')).result);
    checkBusError(t, await client.response(null), 'PARSE_ERROR');
    t.same(client.queued, []);
  });
}

t.test('a frame passes byte for byte, save the id to the worker', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  const around = [
    '  { "b" : 1.0 , "b":2, "x": "\\u00e9\\/" , "id" :',
    ', "method":"line" , "sessionId":"s"}\t\r',
  ];
  client.send(around.join('1e3'));
  const { line } = (await client.response(1000)).result as unknown as { line: string };
  t.equal(line.slice(0, around[0]?.length), around[0]);
  t.equal(line.slice(-(around[1]?.length ?? 0)), around[1]);
  // From the worker to the client: a notification, and a response around its id.
  const note = ' {"method":"note", "n":1.50, "n":1e2, "sessionId":"\\u0073"  } ';
  const answer = '{ "result" : {"a":[ 1.0,"\\u00e9"]}, "id": $ID , "sessionId":"s" }\r';
  const text = `${note}\n${answer}\n`;
  client.send({ id: 'w', method: 'write', sessionId: 's', params: { text, silent: true } });
  t.equal((await client.take()).text, note);
  t.equal((await client.take()).text, answer.replace('$ID', '"w"'));
});

t.test('each of 100 000 bad lines is answered, and another client goes on', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const [bad, other] = await Promise.all([bus.connect(), bus.connect()]);
  const before = residentBytes(bus.pid);
  const kinds = ['x', '{"id":1}', '[]', '{"method":"a",}', '\u0000', '{"id":{},"method":"a"}', '}'];
  const chunk = `${Array.from({ length: 1000 }, (_, n) => kinds[n % kinds.length]).join('\n')}\n`;
  const pouring = (async () => {
    for (let n = 0; n < 100; n += 1) if (!bad.write(chunk)) await bad.drained(20_000);
  })();
  for (let n = 0; n < 20; n += 1) t.ok((await other.request('echo')).result);
  await pouring;
  await until('all are answered', () => bad.queued.length >= 100_000, 20_000);
  t.ok((await bad.request('echo')).result, 'the connection goes on');
  t.equal(bad.queued.length, 100_000);
  t.ok(bad.queued.every((frame) => [-32700, -32600].includes(frame.error?.code ?? 0)));
  t.ok(residentBytes(bus.pid) - before < 60_000_000);
  t.ok(bus.stderr.length < 5000, `${bus.stderr.length} lines of the bus about it`);
});

t.test('a line over the limit is answered once and never held, the next one passes', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{}], { max_input_buffer: 100_000 }) });
  const client = await bus.connect();
  const frame = (id: number, length: number) => {
    const empty = JSON.stringify({ id, method: 'release', params: { key: '' } });
    return empty.replace('""', `"${'x'.repeat(length - empty.length)}"`);
  };
  client.send(frame(1, 100_000), frame(2, 100_001), frame(3, 99_999));
  t.ok((await client.response(1)).result);
  checkBusError(t, await client.response(null), 'FRAME_TOO_LARGE');
  t.ok((await client.response(3)).result);
  const before = residentBytes(bus.pid);
  for (let n = 0; n < 600; n += 1) {
    if (!client.write('x'.repeat(100_000))) await client.drained(20_000);
  }
  checkBusError(t, await client.response(null), 'FRAME_TOO_LARGE');
  t.ok(residentBytes(bus.pid) - before < 40_000_000, '60 MB without an LF');
  client.send('', frame(4, 1000));
  t.ok((await client.response(4)).result);
  t.same(client.queued, []);
});

t.test('a line nested as deep as it is long does not end the bus', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  const depth = 500_000;
  client.send('['.repeat(depth), `${'['.repeat(depth)}${']'.repeat(depth)}`);
  for (const _ of [1, 2]) t.match(await client.response(null), { error: {} });
  t.ok((await client.request('echo')).result);
});

for (const how of ['destroy', 'reset'] as const) {
  t.test(`a client that leaves with requests pending disturbs nobody (${how})`, async (t) => {
    const bus = await startBus(t, { config: probeConfig() });
    const [leaving, other] = await Promise.all([bus.connect(), bus.connect()]);
    leaving.send({ id: 1, method: 'hold', sessionId: 's', params: { key: 'k' } });
    leaving.send({ id: 2, method: 'hold', sessionId: 's', params: { key: 'l' } });
    await workerSeen(other, { pending: 2 });
    leaving[how]();
    // The same ids in the same session on a later connection.
    const later = await bus.connect();
    later.send({ id: 1, method: 'hold', sessionId: 's', params: { key: 'other' } });
    await later.request('release', { key: 'k' }, { sessionId: 's', id: 2 });
    await later.request('release', { key: 'l' }, { sessionId: 's', id: 2 });
    await later.request('notify', { count: 1 }, { sessionId: 's', id: 2 });
    await later.take((frame) => frame.method === 'note');
    t.same(later.queued, [], 'the answers to the one that left reach nobody');
    await later.request('release', { key: 'other' }, { sessionId: 's', id: 4 });
    t.ok((await later.response(1)).result);
    t.same([...later.queued, ...other.queued], []);
    await workerSeen(other, { pending: 0 });
    await until('the bus has seen it leave', async () => {
      const { result } = await other.request('stdio_bus/stats');
      return result?.clientDisconnects === 1;
    });
  });
}

for (const transport of ['tcp', 'unix'] as const) {
  t.test(`a client that closes its sending side gets everything, over ${transport}`, async (t) => {
    const bus = await startBus(t, { config: probeConfig([{ instances: 2 }]), transport });
    const client = await bus.connect();
    for (let id = 0; id < 20; id += 1) {
      client.send({ id, method: 'later', sessionId: `s${id}`, params: { ms: 20 * id } });
    }
    client.send({ id: 'n', method: 'notify', sessionId: 's', params: { count: 3 } });
    client.write('{"id":99,"method":"echo"}');
    client.end();
    for (let id = 0; id < 20; id += 1) t.ok((await client.response(id)).result);
    t.ok((await client.response('n')).result);
    checkBusError(t, await client.response(null), 'PARSE_ERROR');
    await client.ended();
    t.equal(client.queued.length, 3, 'the notifications too, and nothing else');
    t.match(bus.children().length, 2, 'the workers go on');
  });
}

t.test('a client that closes its sending side with nothing pending is let go', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  client.end();
  await client.ended();
  t.same(client.queued, []);
});

t.test('no descriptors left is a passing state', async (t) => {
  const bus = await startBus(t, { config: probeConfig(), openFiles: 64 });
  const first = await bus.connect();
  t.ok((await first.request('echo', {}, { sessionId: 's' })).result);
  // The system takes connections for the listener, also those that the bus cannot accept.
  const many = await Promise.all(Array.from({ length: 100 }, () => bus.connect()));
  await until('the bus is out of descriptors', () => descriptorsOf(bus.pid).length >= 63);
  t.ok((await first.request('echo', {}, { sessionId: 's' })).result, 'those it has go on');
  for (const client of many) client.destroy();
  await until('the bus has closed them', () => descriptorsOf(bus.pid).length < 50);
  await until('a new client is served', async () => {
    const client = await bus.connect();
    const { result } = await client.request('echo', {}, { sessionId: 's' });
    return result !== undefined;
  });
});

t.test('a worker that dies while no descriptor is left is restarted, or fails alone', async (t) => {
  const config = probeConfig([{ id: 'a' }, { id: 'b' }], { max_restarts: 2 });
  const bus = await startBus(t, { config, openFiles: 64 });
  const first = await bus.connect();
  await first.request('echo', {}, { pool: 'b', sessionId: 's' });
  const many = await Promise.all(Array.from({ length: 100 }, () => bus.connect()));
  await until('the bus is out of descriptors', () => descriptorsOf(bus.pid).length >= 63);
  t.match(await first.request('die', {}, { pool: 'a' }), { error: {} });
  t.ok((await first.request('echo', {}, { sessionId: 's' })).result);
  for (const client of many) client.destroy();
  await until(
    'the worker is there again',
    async () => {
      const { result } = await first.request('echo', {}, { pool: 'a' });
      return result !== undefined;
    },
    10_000,
  );
});

t.test('clients that come and go in any number leave nothing behind', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const watcher = await bus.connect();
  await watcher.request('echo');
  const before = descriptorsOf(bus.pid).length;
  for (let round = 0; round < 10; round += 1) {
    const clients = await Promise.all(Array.from({ length: 50 }, () => bus.connect()));
    for (const [n, client] of clients.entries()) {
      client.send({ id: 1, method: n % 2 ? 'echo' : 'later', params: { ms: 1 } }, '{"half');
      client.write('{"another');
      client.destroy();
    }
  }
  await until('all are gone', async () => {
    const { result } = await watcher.request('stdio_bus/stats');
    return result?.clientDisconnects === 500 && result.pending === 0;
  });
  t.equal(descriptorsOf(bus.pid).length, before);
});
