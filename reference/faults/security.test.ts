import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, readlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import { launchBus, startBus } from '../../testing/bus-process.ts';
import {
  checkNothingLeft,
  kill,
  probeConfig,
  probeWorker,
  workerSeen,
  workerStats,
} from './probe-pool.ts';
import { descriptorsOf, residentBytes, until } from './process-table.ts';

t.jobs = 4;

const good = { id: 'good', command: process.execPath, args: [probeWorker] };

t.test('the configuration comes from a descriptor too, which is then closed', async (t) => {
  const bus = await startBus(t, { config: probeConfig(), configDescriptor: true });
  const client = await bus.connect();
  const pid = (await client.request('echo')).result?.pid as number;
  for (const each of [bus.pid, pid]) {
    const files = descriptorsOf(each).map((fd) => targetOf(each, fd));
    t.notOk(
      files.some((target) => target.endsWith('config.json')),
      files.join(' '),
    );
  }
});

t.test('a port in use is a clear error, with no worker left', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const { port } = server.address() as { port: number };
  const bus = launchBus(t, {
    config: { pools: [good] },
    args: (folder) => [...file(folder), '--tcp', `127.0.0.1:${port}`],
  });
  const { code } = await bus.exit();
  t.ok(code !== null && code > 0);
  t.match(bus.stderr.join('\n'), String(port));
  checkNothingLeft(t, bus);
});

t.test('TCP listens on what it is told, and without a host on loopback', async (t) => {
  const listening = async (address: string) => {
    const bus = await startBus(t, {
      config: { pools: [good] },
      args: (folder) => [...file(folder), '--tcp', address],
    });
    const client = await bus.connect();
    t.ok((await client.request('echo')).result, address);
    return bus.address();
  };
  t.match(await listening('localhost:0'), /^(localhost|127\.0\.0\.1|\[::1\]):[1-9]/);
  const bare = launchBus(t, {
    config: { pools: [good] },
    args: (folder) => [...file(folder), '--tcp', ':0'],
  });
  const outcome = await Promise.race([bare.listening(), bare.exit()]);
  if (outcome === undefined) t.match(bare.address(), /^(127\.|\[::1\]|localhost)/);
  else t.ok(outcome.code, 'or refuses');
  if (existsSync('/proc/net/if_inet6')) t.match(await listening('[::1]:0'), /^\[::1\]:[1-9]/);
});

t.test('a Unix socket has mode 0600; a stale one is replaced, a live one never', async (t) => {
  const first = await startBus(t, { config: { pools: [good] }, transport: 'unix' });
  const path = first.address();
  t.equal(lstatSync(path).mode & 0o777, 0o600);
  const onPath = { config: { pools: [good] }, args: (f: string) => [...file(f), '--unix', path] };
  const second = launchBus(t, onPath);
  const { code } = await second.exit();
  t.ok(code !== null && code > 0, 'a live socket is never taken');
  checkNothingLeft(t, second);
  const client = await first.connect();
  t.ok((await client.request('echo')).result, 'the first one goes on');
  await kill(first.pid);
  t.ok(existsSync(path), 'a bus that was killed leaves its socket');
  const third = await startBus(t, onPath);
  t.ok((await (await third.connect()).request('echo')).result);
  t.equal(lstatSync(path).mode & 0o777, 0o600);
});

t.test('a path that is no socket is not removed', async (t) => {
  const bus = launchBus(t, {
    config: { pools: [good] },
    args: (folder) => {
      writeFileSync(join(folder, 'precious'), 'text');
      return [...file(folder), '--unix', join(folder, 'precious')];
    },
  });
  const { code } = await bus.exit();
  t.ok(code !== null && code > 0);
  t.ok(lstatSync(join(bus.folder, 'precious')).isFile());
  checkNothingLeft(t, bus);
});

t.test('a worker inherits three descriptors and nothing else, at a restart too', async (t) => {
  // What whoever runs this test has left open is no fault of the bus.
  const plain = spawn('cat');
  t.teardown(() => plain.kill());
  plain.stdin.write('started\n');
  await once(plain.stdout, 'data');
  const inherited = String(descriptorsOf(plain.pid as number));
  for (const transport of ['tcp', 'unix'] as const) {
    const bus = await startBus(t, {
      config: { pools: [1, 2].map((n) => ({ id: `p${n}`, command: 'cat', instances: 2 })) },
      transport,
      configDescriptor: true,
    });
    const clients = await Promise.all([bus.connect(), bus.connect(), bus.connect()]);
    const [client] = clients;
    const check = async () => {
      const pids = (await workerStats(client)).map((each) => each.pid as number);
      t.equal(pids.length, 4);
      const inputs = new Set<string>();
      for (const pid of pids) {
        // Between fork and exec it has all of its parent's, and those of its libraries soon after.
        await until(`only the descriptors ${inherited}`, () => {
          return descriptorsOf(pid).join() === inherited;
        });
        inputs.add(targetOf(pid, 0)).add(targetOf(pid, 1));
      }
      t.equal(inputs.size, 8, 'no two share a pipe');
      return pids;
    };
    await kill((await check())[0] as number);
    await workerSeen(client, { pool: 'p1', slot: 0, incarnation: 2, state: 'ready' });
    await check();
  }
});

t.test('stdout carries frames and nothing else, whatever happens', async (t) => {
  const args = ['--log-at-start', '5'];
  const bus = await startBus(t, { config: probeConfig([{ args }]), transport: 'stdio' });
  const { stdio } = bus;
  stdio.send('bad', { id: 1, method: 'write-stderr', params: { lines: 5, size: 10 } });
  await stdio.response(1);
  stdio.send({ id: 2, method: 'die' }, { id: 3, method: 'echo', pool: 'none' });
  await stdio.response(3);
  await until('the worker is back', async () => (await stdio.request('echo')).result !== undefined);
  stdio.send({ id: 4, method: 'later', params: { ms: 100 } });
  stdio.end();
  t.match(await bus.exit(), { code: 0 });
  await stdio.ended();
  const texts = stdio.queued.map((each) => each.text);
  t.same(
    texts.filter((text) => !text.startsWith('{')),
    [],
  );
  t.ok(bus.stderr.length > 0, 'logs are on stderr');
});

t.test('a stderr that nobody has open any more ends nothing', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  bus.stderrStream.destroy();
  for (let n = 0; n < 5; n += 1) {
    client.send('bad');
    await client.request('write-stderr', { lines: 5, size: 10 });
  }
  t.match(await client.request('die'), { error: {} });
  await until('the worker is back', async () => (await client.request('echo')).result);
  bus.signal('SIGTERM');
  t.match(await bus.exit(), { code: 0 });
});

t.test('a stderr that is open but that nobody reads holds nobody up', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  bus.stderrStream.pause();
  const before = residentBytes(bus.pid);
  // Several times what the pipe and the reader's buffer hold.
  await client.request('write-stderr', { lines: 5000, size: 1000 }, { deadlineMs: 10_000 });
  t.ok((await client.request('echo')).result);
  t.ok(residentBytes(bus.pid) - before < 40_000_000);
});

t.test('a bus on a socket writes nothing on stdout', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  client.send('bad');
  await client.request('die');
  bus.signal('SIGTERM');
  await bus.exit();
  await bus.stdio.ended();
  t.same(bus.stdio.queued, []);
});

function file(folder: string): string[] {
  return ['--config', join(folder, 'config.json')];
}

function targetOf(pid: number, name: number | string): string {
  const path = typeof name === 'number' ? `/proc/${pid}/fd/${name}` : `/proc/${pid}/${name}`;
  return readlinkSync(path);
}
