import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { launchBus, startBus } from '../../testing/bus-process.ts';
import { checkNothingLeft, probeWorker } from './probe-pool.ts';

t.jobs = 4;

const good = { id: 'good', command: process.execPath, args: [probeWorker] };

/** A pool whose worker leaves a file behind where it is started. */
const trace = { id: 'trace', command: '/bin/sh', args: ['-c', 'echo >started; exec cat'] };

const mistakes: [what: string, config: object | string, lines: RegExp[]][] = [
  ['trailing garbage', '{"pools":[{"id":"a","command":"cat"}]} x', [/config\.json/]],
  ['no JSON', '{"pools":', [/config\.json/]],
  ['an empty file', '', [/config\.json/]],
  ['bytes that are not UTF-8', '{"pools":[{"id":"\ud800","command":"cat"}],', [/config\.json/]],
  ['no pools', {}, [/\/pools\b/]],
  ['an empty list of pools', { pools: [] }, [/\/pools\b/]],
  ['a wrong type', { pools: [trace, { id: 'a', command: 5 }] }, [/\/pools\/1\/command\b/]],
  ['a missing member', { pools: [trace, { id: 'a' }] }, [/\/pools\/1\/command\b/]],
  ['a value out of bounds', { pools: [{ ...trace, instances: 0 }] }, [/\/pools\/0\/instances\b/]],
  ['a pool id that stands twice', { pools: [trace, trace] }, [/\/pools\/1\/id\b/]],
  ['an unknown member', { pools: [trace], limit: {} }, [/\/limit\b/]],
  [
    'a reserved session_id_field',
    { pools: [trace], routing: { session_id_field: 'method' } },
    [/\/routing\/session_id_field\b/],
  ],
  [
    'several at once',
    {
      pools: [trace, { id: 'trace', command: 'cat' }],
      limits: { max_restart: 1, drain_timeout_sec: -1 },
      routing: { default_pool: 'none', rules: [{ method: '*', pool: 'nil' }] },
    },
    [/\/limits\/max_restart\b/, /\/limits\/drain_timeout_sec\b/],
  ],
  [
    'pools that are named but do not exist',
    { pools: [trace], routing: { default_pool: 'none', rules: [{ method: '*', pool: 'nil' }] } },
    [/\/routing\/default_pool\b/, /\/routing\/rules\/0\/pool\b/],
  ],
  [
    'a command that does not exist',
    { pools: [good, { id: 'a', command: 'no-such-command' }] },
    [/\/pools\/1\/command\b/],
  ],
  [
    'a path that does not exist',
    { pools: [good, { id: 'a', command: './no/such/command' }] },
    [/\/pools\/1\/command\b/],
  ],
  [
    'a folder as the command',
    { pools: [good, { id: 'a', command: '/tmp' }] },
    [/\/pools\/1\/command\b/],
  ],
  [
    'a command that is not permitted',
    { pools: [good, { id: 'a', command: './config.json' }] },
    [/\/pools\/1\/command\b/],
  ],
  [
    'a cwd that does not exist',
    { pools: [good, { ...good, id: 'a', cwd: '/no/such' }] },
    [/\/pools\/1\/cwd\b/],
  ],
  [
    'a file as the cwd',
    { pools: [good, { ...good, id: 'a', cwd: './config.json' }] },
    [/\/pools\/1\/cwd\b/],
  ],
];

for (const [what, config, lines] of mistakes) {
  t.test(`${what} ends the bus with a line for it, and no worker is left`, async (t) => {
    const bus = launchBus(t, { config });
    const { code, signal } = await bus.exit();
    t.equal(signal, null);
    t.ok(code !== null && code > 0, `exit code ${code}`);
    for (const line of lines) {
      const said = bus.stderr.filter((each) => line.test(each));
      t.equal(said.length, 1, `one line with ${line} in:\n${bus.stderr.join('\n')}`);
    }
    t.ok(bus.stderr.length < 10, 'a few lines, no stack');
    checkNothingLeft(t, bus);
    t.notOk(existsSync(join(bus.folder, 'started')), 'no worker was started');
    t.notMatch(bus.stderr.join('\n'), /listening on/);
  });
}

const commandLines: [what: string, args: (folder: string) => string[]][] = [
  ['no configuration', () => ['--tcp', '127.0.0.1:0']],
  ['a configuration file that is missing', () => ['--config', '/no/such.json', '--stdio']],
  ['a folder as the configuration', (folder) => ['--config', folder, '--stdio']],
  ['two configurations', (folder) => ['--config', `${folder}/config.json`, '--config-fd', '3']],
  ['two transports', (folder) => [...file(folder), '--stdio', '--tcp', '127.0.0.1:0']],
  ['an unknown option', (folder) => [...file(folder), '--sdtio']],
  ['an option without its value', (folder) => [...file(folder), '--tcp']],
  ['a stray argument', (folder) => [...file(folder), 'stdio']],
  ['a port out of range', (folder) => [...file(folder), '--tcp', '127.0.0.1:65536']],
  ['a port that is no number', (folder) => [...file(folder), '--tcp', '127.0.0.1:http']],
  ['a host that cannot be resolved', (folder) => [...file(folder), '--tcp', 'no.such.invalid:0']],
  ['an address of another machine', (folder) => [...file(folder), '--tcp', '192.0.2.1:0']],
  ['a socket in a folder that is missing', (folder) => [...file(folder), '--unix', '/no/such/s']],
  [
    'a socket path that is too long',
    (folder) => [...file(folder), '--unix', `${folder}/${'x'.repeat(200)}`],
  ],
  ['a descriptor that is not there', () => ['--config-fd', '17']],
];

for (const [what, args] of commandLines) {
  t.test(`${what} is a clear error, and no worker is left`, async (t) => {
    const bus = launchBus(t, { config: { pools: [good] }, args });
    const { code, signal } = await bus.exit();
    t.equal(signal, null);
    t.ok(code !== null && code > 0, `exit code ${code}`);
    t.ok(bus.stderr.length > 0 && bus.stderr.length < 10, bus.stderr.join('\n'));
    t.notMatch(bus.stderr.join('\n'), /^\s+at /m, 'no stack');
    checkNothingLeft(t, bus);
  });
}

t.test('--help prints the usage and ends with 0', async (t) => {
  const bus = launchBus(t, { config: '', args: () => ['--help'] });
  t.match(await bus.exit(), { code: 0 });
  await bus.stdio.ended();
  t.match(bus.stdio.queued.map((each) => each.text).join('\n'), /--config-fd/);
});

t.test('a worker gets its arguments, its environment and its folder', async (t) => {
  const pool = {
    id: 'a',
    command: './worker',
    args: ['--flag', 'two words', '$HOME'],
    env: { EXTRA: 'more', HOME: '/elsewhere' },
    cwd: './sub',
  };
  const bus = await startBus(t, {
    config: { pools: [pool] },
    env: { FROM_BUS: 'yes' },
    args: (folder) => {
      const script = `#!/bin/sh\nexec "${process.execPath}" "${probeWorker}" --tag="$*"\n`;
      mkdirSync(join(folder, 'sub'));
      writeFileSync(join(folder, 'sub', 'worker'), script, { mode: 0o755 });
      return [...file(folder), '--tcp', '127.0.0.1:0'];
    },
  });
  const client = await bus.connect();
  const { result } = await client.request('report');
  t.match(result, {
    tag: '--flag two words $HOME',
    env: { EXTRA: 'more', HOME: '/elsewhere', FROM_BUS: 'yes' },
    cwd: join(bus.folder, 'sub'),
  });
});

function file(folder: string): string[] {
  return ['--config', join(folder, 'config.json')];
}
