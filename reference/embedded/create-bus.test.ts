import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect as connectSocket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import t, { type Test } from 'tap';
import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import { ListenError } from '../bus/listener.ts';
import { connect } from '../client/connect.ts';
import { createFrameConnection } from '../faults/frame-connection.ts';
import { type Limits, probeConfig } from '../faults/probe-pool.ts';
import { isRunning, until } from '../faults/process-table.ts';
import { BusConfigError } from './bus-config-error.ts';
import { createBus } from './create-bus.ts';
import type { CreateBusOptions, EmbeddedBus } from './embedded-bus.ts';

interface Probe {
  readonly pid: number;
}

async function startBus(
  t: Test,
  config: BusConfig = probeConfig([{ instances: 2 }]),
  options: CreateBusOptions = {},
): Promise<EmbeddedBus> {
  const bus = await createBus(config, options);
  t.teardown(() => bus.destroy());
  return bus;
}

async function pidsOf(bus: EmbeddedBus): Promise<number[]> {
  return (await bus.stats()).workers.map(({ pid }) => pid as number);
}

t.test('a bad configuration rejects with every problem and its place', async (t) => {
  const config = {
    pools: [
      { id: 'a', command: 'x', instances: 0 },
      { id: 'b', comand: 'y' },
    ],
    limits: { max_restarts: 'many' },
  };
  const error = await createBus(config as unknown as BusConfig).catch((error) => error);
  t.ok(error instanceof BusConfigError);
  t.equal(error.code, 'BAD_CONFIG');
  const pointers = error.problems.map(({ pointer }: { pointer: string }) => pointer);
  t.same(
    new Set(pointers),
    new Set(['/pools/0/instances', '/pools/1/command', '/pools/1/comand', '/limits/max_restarts']),
  );
  for (const pointer of pointers) t.ok(error.message.includes(`${pointer}: `));
});

t.test('a command or folder that is not there rejects once for each pool', async (t) => {
  const good = probeConfig([{ id: 'good' }]).pools[0] as BusConfig['pools'][0];
  const error = await createBus({
    pools: [
      good,
      { id: 'b', command: '/no/such/program', instances: 3 },
      { ...good, id: 'c', cwd: '/no/such/folder' },
    ],
  }).catch((error) => error);
  t.ok(error instanceof BusConfigError);
  t.match(error.problems, [
    { pointer: '/pools/1/command', problem: /no such program/ },
    { pointer: '/pools/2/cwd', problem: /no such folder/ },
  ]);
});

t.test('what the caller does with its configuration later changes nothing', async (t) => {
  const config = probeConfig([{ id: 'a' }], {}, { session_id_field: 'tenant' });
  const bus = await startBus(t, config);
  Object.assign(config, { pools: [], routing: {} });
  t.match(JSON.parse((await bus.request<{ line: string }>('line', {}, { sessionId: 's' })).line), {
    tenant: 's',
  });
});

t.test('a raw connection carries bytes of frames, however they are cut', async (t) => {
  const bus = await startBus(t);
  const stream = bus.connect();
  const connection = createFrameConnection(stream, stream);
  for (const byte of Buffer.from('{"id":1e0,"method":"echo","params":{"é":1}}\n')) {
    stream.write(Buffer.of(byte));
  }
  t.match((await connection.take()).text, /"id":1e0.*"é":1/);
  t.match(await bus.stats(), { clientConnects: 1, clientDisconnects: 0 }, 'and no other is there');
  stream.destroy();
  await until('it is gone', async () => (await bus.stats()).clientDisconnects === 1);
});

t.test('a raw connection that ends its side gets its answers, then the end', async (t) => {
  const bus = await startBus(t);
  const stream = bus.connect();
  stream.end('{"id":1,"method":"later","params":{"ms":50}}\n');
  t.match(await text(stream), /^\{.*"id":1.*\}\n$/);
});

t.test('it listens on TCP and on a Unix socket at the same time', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'create-bus-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'bus.sock');
  const bus = await startBus(t);
  const tcp = await bus.listen({ tcp: ':0' });
  const unix = await bus.listen({ unix: path });
  t.match(tcp.url, /^tcp:\/\/127\.0\.0\.1:\d+$/);
  t.equal(unix.url, `unix:${path}`);
  t.equal(statSync(path).mode & 0o777, 0o600);
  const sessionId = 's';
  const { pid } = await bus.request<Probe>('echo', {}, { sessionId });
  for (const { url } of [tcp, unix]) {
    await using client = await connect(url);
    t.match(await client.request('echo', {}, { sessionId }), { pid }, 'the same worker');
  }
  tcp.close();
  await tcp.ended;
  await t.rejects(connect(tcp.url, { connectTimeoutMs: 1000 }), { name: 'NOT_CONNECTED' });
  await t.rejects(bus.listen({ unix: path }), ListenError);
  await t.rejects(bus.listen({ tcp: '127.0.0.1:99999' }), RangeError);
  await bus.drain();
  t.notOk(existsSync(path));
  await t.rejects(bus.listen({ tcp: ':0' }), { name: 'CLOSED' });
  t.throws(() => bus.connect(), { name: 'CLOSED' });
});

t.test('a port in use is an error, and the bus goes on', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const { port } = server.address() as { port: number };
  const bus = await startBus(t);
  await t.rejects(bus.listen({ tcp: `127.0.0.1:${port}` }), { code: 'EADDRINUSE' });
  t.ok(await bus.request('echo'));
});

t.test('a drain finishes all that was asked before, and leaves no worker', async (t) => {
  const bus = await startBus(t);
  const pids = await pidsOf(bus);
  const { url } = await bus.listen({ tcp: '127.0.0.1:0' });
  const client = await connect(url, { reconnect: false });
  t.teardown(() => client.destroy());
  const remote = client.request('later', { ms: 150 });
  await until('it is pending', async () => (await bus.stats()).pending === 1);
  const own = Array.from({ length: 50 }, (_, n) => bus.request('later', { ms: n }));
  const draining = bus.drain();
  t.equal((await Promise.all(own)).length, 50, 'what was asked in the same turn too');
  t.ok(await remote);
  await draining;
  t.same(pids.filter(isRunning), []);
  await t.rejects(bus.request('echo'), { name: 'CLOSED', delivered: false });
  await bus.drain();
});

t.test('during a drain new requests are refused', async (t) => {
  const bus = await startBus(t);
  const failing = t.rejects(bus.request('hold', { key: 1 }), {
    name: 'DRAINING',
    delivered: true,
    retryable: false,
  });
  await until('it is pending', async () => (await bus.stats()).pending === 1);
  const draining = bus.drain({ timeoutMs: 2000 });
  await until('a new request is refused', () =>
    bus.request('echo').then(
      () => false,
      (error) => error.name === 'DRAINING' && error.retryable,
    ),
  );
  await failing;
  await draining;
});

t.test('a stubborn worker is killed at the end of the drain', async (t) => {
  const limits: Limits = { drain_timeout_sec: 0.2 };
  const bus = await startBus(t, probeConfig([{ args: ['--sigterm', 'ignore'] }], limits));
  const pids = await pidsOf(bus);
  await bus.request('echo');
  await bus.drain();
  t.same(pids.filter(isRunning), []);
});

t.test('destroy fails what is pending, and leaves no worker', async (t) => {
  const bus = await startBus(t);
  const pids = await pidsOf(bus);
  const notes = bus.notifications();
  const failing = t.rejects(bus.request('never'), { name: 'CLOSED', delivered: true });
  await until('it is pending', async () => (await bus.stats()).pending === 1);
  const unsent = t.rejects(bus.request('never'), { name: 'CLOSED' });
  await bus.destroy();
  await Promise.all([failing, unsent]);
  t.match(await notes.next(), { done: true });
  t.same(pids.filter(isRunning), []);
  await bus.destroy();
});

t.test('destroy cuts a drain short', async (t) => {
  const bus = await startBus(t);
  const failing = t.rejects(bus.request('never'));
  const draining = bus.drain();
  await bus.destroy();
  await Promise.all([draining, failing]);
});

t.test('await using drains', async (t) => {
  let pids: number[] = [];
  {
    await using bus = await createBus(probeConfig());
    pids = await pidsOf(bus);
    t.ok(await bus.request('echo'));
  }
  t.same(pids.filter(isRunning), []);
});

t.test('the log is told of the lives of workers', async (t) => {
  const lines: string[] = [];
  const write = (_: object, message: string) => void lines.push(message);
  const log = { info: write, warn: write, error: write };
  const bus = await startBus(t, probeConfig(), { log });
  await t.rejects(bus.request('die', {}));
  await until('the restart is told', () => lines.includes('worker restarted'));
  t.ok(lines.includes('worker lost'));
});

/** Runs a program that makes a bus of one worker and prints the worker's pid first. */
function runProgram(t: Test, rest: string) {
  const createBusUrl = new URL('./create-bus.js', import.meta.url).href;
  const config = JSON.stringify(probeConfig([{ args: ['--sigterm', 'ignore'] }]));
  const script = `
    import { createBus } from ${JSON.stringify(createBusUrl)};
    const bus = await createBus(${config});
    process.stdout.write((await bus.stats()).workers[0].pid + '\\n');
    ${rest}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  return child;
}

for (const [how, rest] of [
  ['exits by itself', 'process.exit(3);'],
  ['throws', 'throw new Error("nobody catches this");'],
] as const) {
  t.test(`no worker outlives a process that ${how}`, async (t) => {
    // A worker that has something to do, and does not end with its stdin.
    const busy = "await bus.notify('hold', { key: 1 }); await bus.request('stop-reading');";
    const child = runProgram(t, `${busy} ${rest}`);
    const [printed] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    t.match(printed, /^\d+\n$/);
    await until('the worker is gone', () => !isRunning(Number(printed)));
  });
}

t.test('a process ends once its bus is drained, whoever stays connected', async (t) => {
  const child = runProgram(
    t,
    `const { url } = await bus.listen({ tcp: ':0' });
     process.stdout.write(url + '\\n');
     process.stdin.once('data', async () => { await bus.drain({ timeoutMs: 100 }); process.stdin.destroy(); });`,
  );
  const connection = createFrameConnection(child.stdout, child.stdin);
  await connection.take();
  const url = (await connection.take()).text;
  const { hostname: host, port } = new URL(url);
  // It never closes its side.
  const socket = connectSocket({ host, port: Number(port), allowHalfOpen: true });
  t.teardown(() => socket.destroy());
  const client = createFrameConnection(socket, socket);
  t.ok((await client.request('echo')).result);
  child.stdin.write('drain\n');
  await client.ended();
  const [code] = await once(child, 'exit');
  t.equal(code, 0);
});

t.test('stdin and stdout are a connection too', async (t) => {
  const createBusUrl = new URL('./create-bus.js', import.meta.url).href;
  const script = `
    import { createBus } from ${JSON.stringify(createBusUrl)};
    const bus = await createBus(${JSON.stringify(probeConfig())});
    const { ended } = await bus.listen({ stdio: true });
    await ended;
    await bus.drain();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
  t.teardown(() => child.kill('SIGKILL'));
  const connection = createFrameConnection(child.stdout, child.stdin);
  t.match(await connection.request('echo', { a: 1 }), { result: { params: { a: 1 } } });
  connection.end();
  const [code] = await once(child, 'exit');
  t.equal(code, 0);
});
