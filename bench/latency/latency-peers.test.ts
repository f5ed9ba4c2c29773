import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import {
  cli,
  folderOf,
  processesNaming,
  run,
  serving,
  start,
  tiny,
  until,
} from '../../testing/latency-run.ts';
import { numbersIn } from '../subjects/process-table.ts';

t.setTimeout(240_000);

t.test(
  'a bus that runs already is measured, with a token, and one that refuses it is told',
  async (t) => {
    const folder = folderOf(t);
    const config = join(folder, 'config.json');
    const worker = {
      id: 'p',
      command: process.execPath,
      args: [cli, 'worker', 'process'],
      instances: 1,
    };
    writeFileSync(config, JSON.stringify({ pools: [worker] }));
    const [tokens, good, bad] = ['tokens', 'good', 'bad'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(tokens, 'right-token-0123456789 me\n');
    writeFileSync(good, 'right-token-0123456789\n');
    writeFileSync(bad, 'wrong-token-0123456789\n');
    for (const kind of ['grpc', 'ws']) {
      const flags = [
        '--bus',
        `embedded:${config}`,
        '--listen',
        '127.0.0.1:0',
        '--token-file',
        tokens,
      ];
      const address = await serving(t, kind, ...flags);
      const remote = ['latency', ...tiny, '--remote', address, '--mode', 'events'];
      const allowed = await run(t, ...remote, '--token-file', good, '--phases');
      t.equal(allowed.code, 0, allowed.stderr);
      t.match(allowed.stdout, `${kind} 0 ms warm ${address}`);
      t.match(allowed.stdout, kind === 'ws' ? /^upgrade +\d/m : /^settings +\d/m);
      for (const token of [['--token-file', bad], []]) {
        const refused = await run(t, ...remote, ...token);
        t.equal(refused.code, 69);
        t.match(refused.stderr, /^stdio-bus-kit: bench latency: .*the token was refused.*\n$/);
      }
    }
  },
);

t.test('spans that a collector does not take are told', async (t) => {
  const collector = createServer((request, response) => {
    request.resume().on('end', () => void response.writeHead(503).end());
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  t.teardown(() => void collector.close());
  const url = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const few = ['latency', ...tiny, '--transport', 'unix', '--rtt', '0', '--otlp', url];
  const { code, stderr } = await run(t, ...few);
  t.equal(code, 74);
  t.match(stderr, /refused the spans: HTTP 503/);
});

t.test('wrong use ends with one line that says what to do', async (t) => {
  const near = ['--transport', 'tcp', '--rtt', '0'];
  // It answers nobody; and one whose port somebody else has.
  const mute = `${process.execPath} -e "require('net').createServer((s) => s.on('data', () => s.destroy())).on('connection', (s) => s.on('error', () => {})).listen(process.argv[1])"`;
  const busy = createServer().listen(0, '127.0.0.1');
  t.teardown(() => void busy.close());
  await once(busy, 'listening');
  const { port } = busy.address() as AddressInfo;
  const taken = `${process.execPath} -e "require('net').createServer().listen(${port}, '127.0.0.1')"`;
  const cases: [string[], number, RegExp][] = [
    [['--rtt', 'soon'], 64, /--rtt takes milliseconds from 0 to 10000, as in 0,20,80, not "soon"/],
    [['--remote', 'tcp://127.0.0.1:1'], 69, /nobody listens there/],
    [['--bus', './not-a-bus', '--transport', 'tcp'], 69, /there is no program ".\/not-a-bus"/],
    [['--worker', './not-a-worker'], 69, /the worker cannot be started: .* ".\/not-a-worker"/],
    [['--bus', `${mute} {port} {config}`, ...near], 69, /the connection was closed/],
    [['--bus', `${taken} {port} {config}`, ...near], 69, /did not start: .*EADDRINUSE/],
    [['--transport', 'unix', '--rtt', '0', '--', '/not/there'], 69, /there is no such program/],
  ];
  for (const [args, expected, text] of cases) {
    const { code, stdout, stderr } = await run(t, 'latency', ...args);
    t.equal(code, expected, args.join(' '));
    t.equal(stdout, '');
    t.match(stderr, text);
    t.equal(stderr.trimEnd().split('\n').length, 1, stderr);
  }
});

const skip = numbersIn('/proc').length > 0 ? false : 'the system shows no processes in /proc';

t.test('an interrupted run leaves no process and no file', { skip }, async (t) => {
  const folder = folderOf(t);
  const { child } = start(folder, 'bench', 'latency', '--transport', 'tcp,grpc', '--rtt', '50');
  // Bus, worker, adapter, link and the benchmark itself.
  await until(() => processesNaming(folder).length >= 5);
  child.kill('SIGINT');
  const [code] = await once(child, 'close');
  t.equal(code, 130);
  await until(() => processesNaming(folder).length === 0);
  t.same(readdirSync(folder), []);
});
