import { connect } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { type BusOptions, type BusProcess, launchBus } from '../../testing/bus-process.ts';
import { createFrameConnection, type FrameConnection, within } from '../faults/frame-connection.ts';
import { checkNothingLeft, probeConfig } from '../faults/probe-pool.ts';
import { until } from '../faults/process-table.ts';

t.jobs = 4;

/** Starts `serve` with the configuration in its folder, and these arguments. */
function launchServe(
  t: Test,
  args: (folder: string) => readonly string[],
  config: BusOptions['config'] = probeConfig(),
): BusProcess {
  return launchBus(t, {
    config,
    program: 'serve',
    args: (folder) => ['--config', join(folder, 'config.json'), ...args(folder)],
  });
}

/** All that was printed on stdout until the process ended. */
async function printed(bus: BusProcess): Promise<string> {
  let text = '';
  bus.stdout.on('data', (chunk) => {
    text += chunk;
  });
  await bus.exit();
  return text;
}

function addresses(bus: BusProcess): string[] {
  return bus.stderr.flatMap((line) => /listening on (\S+)/.exec(line)?.[1] ?? []);
}

async function connected(t: Test, url: string): Promise<FrameConnection> {
  const tcp = /^tcp:\/\/(.*):(\d+)$/.exec(url);
  const socket =
    tcp === null ? connect(url.slice('unix:'.length)) : connect(Number(tcp[2]), tcp[1]);
  t.teardown(() => socket.destroy());
  await within(new Promise((resolve) => socket.once('connect', resolve)), `a connection to ${url}`);
  return createFrameConnection(socket, socket);
}

t.test('several listeners and stdio serve the same sessions at once', async (t) => {
  const bus = launchServe(t, (folder) => [
    ...['--tcp', '127.0.0.1:0', '--tcp', '127.0.0.1:0'],
    ...['--unix', join(folder, 'a.sock'), '--unix', join(folder, 'b.sock'), '--stdio'],
  ]);
  await until('four listeners', () => addresses(bus).length === 4);
  const clients = await Promise.all(addresses(bus).map((url) => connected(t, url)));
  for (const client of [...clients, bus.stdio]) {
    t.match((await client.request('echo', {}, { sessionId: 's' })).result, { tag: 'main' });
  }
  const { result } = await bus.stdio.request('stdio_bus/stats');
  t.match(result, { clientConnects: 5, sessions: 1 });
  bus.stdio.end();
  t.match(await bus.exit(), { code: 0 });
  checkNothingLeft(t, bus);
});

t.test('without a listener it serves stdio, and its end drains', async (t) => {
  const bus = launchServe(t, () => []);
  bus.stdio.send({ id: 1, method: 'later', params: { ms: 50 } });
  bus.stdio.end();
  t.ok((await bus.stdio.response(1)).result, 'what was pending is answered');
  t.match(await bus.exit(), { code: 0 });
});

t.test('one address that cannot be had ends it before a worker is started', async (t) => {
  const taken = launchServe(t, () => ['--tcp', '127.0.0.1:0']);
  await taken.listening();
  const bus = launchServe(t, (folder) => [
    ...['--unix', join(folder, 'bus.sock'), '--tcp', taken.address()],
  ]);
  t.match(await bus.exit(), { code: 1 });
  t.match(bus.stderr, [/^stdio-bus-kit: cannot listen on tcp:.*: the address is in use$/]);
  checkNothingLeft(t, bus);
  const admin = launchServe(t, () => ['--tcp', '0', '--admin', taken.address()]);
  t.match(await admin.exit(), { code: 1 });
  t.match(admin.stderr, [
    /cannot open the admin endpoint: cannot listen on http:\/\/127\.0\.0\.1:\d+: the address is in use/,
  ]);
});

t.test('--check prints what would run, and starts nothing', async (t) => {
  const pools = [
    { id: 'chat', command: process.execPath, args: ['worker.js', 'two words'], instances: 3 },
    { id: 'tools', command: 'sh', args: ['-c', 'touch started'], env: { TOKEN: 'secret' } },
  ];
  const routing = { default_pool: 'chat', rules: [{ method: 'process/*', pool: 'tools' }] };
  const bus = launchServe(t, () => ['--check', '--tcp', '9000', '--admin', '[::1]:9100'], {
    pools,
    limits: { drain_timeout_sec: 7.5 },
    routing,
  });
  const plan = await printed(bus);
  t.match(await bus.exit(), { code: 0 });
  t.match(plan, /^Pools: 2, with 4 workers$/m);
  t.ok(plan.includes(`argv       ["${process.execPath}","worker.js","two words"]`), plan);
  t.match(plan, /^ {2}tcp:\/\/127\.0\.0\.1:9000$/m);
  t.match(plan, /^ {2}http:\/\/\[::1\]:9100 \(admin\)$/m);
  t.match(plan, /^ {2}drain_timeout_sec +7\.5 s$/m);
  t.match(plan, /^ {2}max_input_buffer +1048576 bytes$/m);
  t.match(plan, /^ {2}"process\/\*" +tools$/m);
  t.notMatch(plan, /secret/, 'the values of variables are not told');
  t.same(bus.stderr, []);
});

const mistakes: [what: string, config: BusOptions['config'], line: RegExp][] = [
  [
    'a missing member',
    { pools: [{ id: 'a' }] },
    /config\.json: \/pools\/0\/command: missing, expected a string/,
  ],
  ['no JSON', '{', /config\.json: is not JSON: line 1, column \d+: the document ends/],
  [
    'a program that is not in PATH',
    { pools: [{ id: 'a', command: 'no-such-program' }] },
    /\/pools\/0\/command: "no-such-program" cannot be started: there is no such program in PATH$/,
  ],
  [
    'a file that may not be executed',
    { pools: [{ id: 'a', command: './config.json' }] },
    /\/pools\/0\/command: "\.\/config\.json" cannot be started: it may not be executed$/,
  ],
  [
    'a folder that is not there',
    { pools: [{ id: 'a', command: 'sh', cwd: '/no/such' }] },
    /\/pools\/0\/cwd: there is no such folder: "\/no\/such"$/,
  ],
];

for (const [what, config, line] of mistakes) {
  t.test(`--check finds ${what}, with 78`, async (t) => {
    const bus = launchServe(t, () => ['--check'], config);
    t.match(await bus.exit(), { code: 78 });
    t.match(bus.stderr, [line]);
    t.equal(bus.stderr.length, 1);
  });
}

const usages: [what: string, args: string[], line: RegExp][] = [
  ['a level that is none', ['--log-level', 'loud'], /--log-level is one of info, .*not "loud"$/],
  ['a format that is none', ['--log-format', 'xml'], /--log-format is one of text, json, not/],
  ['an endpoint that is no URL', ['--trace-endpoint', 'here'], /--trace-endpoint is a URL such as/],
  ['an admin address that is none', ['--admin', 'x:y'], /--admin: "x:y" is no HOST:PORT/],
  ['a stray argument', ['stdio'], /'stdio'/],
];

for (const [what, args, line] of usages) {
  t.test(`${what} is one line, with 64`, async (t) => {
    const bus = launchServe(t, () => args);
    t.match(await bus.exit(), { code: 64 });
    t.equal(bus.stderr.length, 1);
    t.match(bus.stderr, [line]);
  });
}

t.test('stdio_bus refuses what only serve has', async (t) => {
  const bus = launchBus(t, { config: '', args: () => ['--config', 'x', '--admin', '0'] });
  t.match(await bus.exit(), { code: 64 });
  t.match(bus.stderr, [/^stdio_bus: Unknown option '--admin'/]);
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  t.test(`${signal} drains, and twice ends at once`, async (t) => {
    const drained = launchServe(t, () => ['--tcp', '0']);
    await drained.listening();
    const client = await drained.connect();
    client.send({ id: 1, method: 'later', params: { ms: 100 } });
    await client.request('echo');
    drained.signal(signal);
    t.ok((await client.response(1)).result, 'what was pending is answered');
    t.match(await drained.exit(), { code: 0 });
    checkNothingLeft(t, drained);

    const ended = launchServe(t, () => ['--tcp', '0']);
    await ended.listening();
    const other = await ended.connect();
    other.send({ id: 1, method: 'never' });
    await other.request('echo');
    ended.signal(signal);
    await until('the drain', () => ended.stderr.some((line) => line.includes('draining')));
    ended.signal(signal);
    t.match(await ended.exit(2000), { code: 0 });
    checkNothingLeft(t, ended);
  });
}

t.test('a signal while it starts leaves no worker behind', async (t) => {
  const bus = launchServe(t, () => ['--tcp', '0'], probeConfig([{ instances: 8 }]));
  await until('a worker', () => bus.children().length > 0);
  bus.signal('SIGTERM');
  await bus.exit();
  checkNothingLeft(t, bus);
});
