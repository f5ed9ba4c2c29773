import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { credentials, makeClientConstructor, type ServiceDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { service as healthService } from 'grpc-health-check';
import t, { type Test } from 'tap';
import { probeConfig } from '../../reference/faults/probe-pool.ts';
import { until } from '../../reference/faults/process-table.ts';
import { startBus } from '../../testing/bus-process.ts';
import { fileIn, folderFor } from '../../testing/test-folder.ts';
import { startAdapter } from './adapter-under-test.ts';

const Health = makeClientConstructor(healthService, 'Health');

function healthOf(t: Test, address: string) {
  const client = new Health(address, credentials.createInsecure());
  t.teardown(() => client.close());
  const check = client.check as unknown as (
    request: object,
    callback: (error: Error | null, answer: { status: string }) => void,
  ) => void;
  return (service = ''): Promise<string> =>
    new Promise((resolve, reject) =>
      check.call(client, { service }, (error, answer) =>
        error === null ? resolve(answer.status) : reject(error),
      ),
    );
}

const reflectionProto = createRequire(import.meta.url)
  .resolve('@grpc/reflection')
  .replace(/src\/index\.js$/, 'proto/grpc/reflection/v1/reflection.proto');

async function servicesOf(t: Test, address: string): Promise<string[]> {
  const name = 'grpc.reflection.v1.ServerReflection';
  const definition = loadSync(reflectionProto)[name] as ServiceDefinition;
  const Reflection = makeClientConstructor(definition, 'ServerReflection');
  const client = new Reflection(address, credentials.createInsecure());
  t.teardown(() => client.close());
  const open = client.serverReflectionInfo as unknown as () => Duplex;
  const call = open.call(client);
  // It is cancelled where the test ends first.
  call.on('error', () => {});
  call.write({ listServices: '' });
  const [answer] = await once(call, 'data');
  call.end();
  return answer.listServicesResponse.service.map((each: { name: string }) => each.name);
}

t.test('health follows the bus, gone and come again', async (t) => {
  const bus = await startBus(t, { config: probeConfig(), transport: 'unix' });
  const { adapter, client } = await startAdapter(t, { bus: `unix:${bus.address()}` });
  const health = healthOf(t, adapter.address);
  await until('it is ready', async () => (await health()) === 'SERVING');
  t.equal(await health('stdiobus.v1.Bus'), 'SERVING');
  bus.signal('SIGKILL');
  await bus.exit();
  await until('it is not ready', async () => (await health()) === 'NOT_SERVING');
  await t.rejects(client.call('echo'), { name: 'UNAVAILABLE', retryable: true });
  await startBus(t, {
    config: probeConfig(),
    args: () => ['--config', `${bus.folder}/config.json`, '--unix', bus.address()],
  });
  await until('it is ready again', async () => (await health()) === 'SERVING', 15_000);
  t.ok(await client.call('echo'));
});

t.test('a bus without stats is asked for nothing, and ready while it can be reached', async (t) => {
  let asked = '';
  const sockets = new Set<Socket>();
  const bus = createServer((socket) => {
    sockets.add(socket);
    socket
      .on('error', () => {})
      .on('data', (bytes) => {
        asked += bytes;
      });
  });
  bus.listen(0, '127.0.0.1');
  await once(bus, 'listening');
  const { port } = bus.address() as { port: number };
  const { adapter } = await startAdapter(t, { bus: `tcp://127.0.0.1:${port}`, hasStats: false });
  const health = healthOf(t, adapter.address);
  await until('it is ready', async () => (await health()) === 'SERVING');
  bus.close();
  for (const socket of sockets) socket.destroy();
  await until('it is not ready', async () => (await health()) === 'NOT_SERVING');
  t.equal(asked, '');
});

t.test('reflection tells the services, and a probe needs no token', async (t) => {
  const tokenFile = fileIn(folderFor(t), 'tokens.txt', 'a-token-of-16-or-more alice\n');
  const { adapter } = await startAdapter(t, { tokenFile });
  const health = healthOf(t, adapter.address);
  await until('it is ready', async () => (await health('stdiobus.v1.Process')) === 'SERVING');
  const services = await servicesOf(t, adapter.address);
  t.match(services.sort(), ['stdiobus.v1.Bus', 'stdiobus.v1.Process']);
});

t.test('a drain finishes what is pending, refuses what is new, and leaves nothing', async (t) => {
  const { adapter, client, connect } = await startAdapter(t);
  const health = healthOf(t, adapter.address);
  await until('it is ready', async () => (await health()) === 'SERVING');
  const { pid } = (await client.call('echo')) as { pid: number };
  const session = client.session();
  await session.opened;
  await session.send('{"id":1,"method":"later","params":{"ms":1700}}');
  const pending = client.call('later', { ms: 1500 });
  const watched = client.watch('s');
  await watched.opened;
  await client.call('echo');
  const drained = adapter.drain(10_000);
  const late = await client.call('echo').catch((error: Error) => error.name);
  t.match(String(late), /DRAINING|CONNECTION_LOST/);
  await t.rejects(connect().call('echo'), { name: 'CONNECTION_LOST' }, 'nobody is accepted');
  t.match(await pending, { pid });
  const frames: string[] = [];
  for await (const frame of session) frames.push(frame.toString());
  t.equal(frames.length, 1);
  t.match(JSON.parse(frames[0] as string), { id: 1, result: {} });
  await t.rejects(watched[Symbol.asyncIterator]().next(), { name: 'DRAINING' });
  await drained;
  t.throws(() => process.kill(pid, 0), 'its worker is gone');
});

for (const token of [undefined, 'a-token-of-16-or-more']) {
  const callers = token === undefined ? 'anybody' : 'known callers';
  t.test(`${callers} can answer a worker's question during a drain`, async (t) => {
    const tokenFile = token && fileIn(folderFor(t), 'tokens.txt', `${token} alice\n`);
    const { adapter, connect } = await startAdapter(t, { tokenFile });
    const session = connect({ token }).session();
    await session.opened;
    const frames = session[Symbol.asyncIterator]();
    const next = async () => JSON.parse(String((await frames.next()).value));
    await session.send('{"id":1,"method":"ask","sessionId":"s","params":{"id":0}}');
    t.match(await next(), { id: 0, method: 'question' });
    const drained = adapter.drain(10_000);
    await session.send('{"id":2,"method":"echo","sessionId":"s"}');
    t.match(await next(), { id: 2, error: { data: { name: 'DRAINING' } } });
    await session.send('{"id":0,"sessionId":"s","result":{"allowed":true}}');
    t.match(await next(), { id: 1, result: { reply: { result: { allowed: true } } } });
    t.match(await frames.next(), { done: true }, 'then the stream ends');
    await drained;
  });
}

t.test('what is not finished in time is given up, and the drain ends', async (t) => {
  const { adapter, client } = await startAdapter(t);
  const pending = client.call('never').catch((error: Error) => error);
  await client.call('echo');
  const startMs = performance.now();
  await adapter.drain(300);
  t.ok(performance.now() - startMs < 5000);
  t.ok((await pending) instanceof Error);
});
