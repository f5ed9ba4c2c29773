import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import { configProblems, isBusConfig } from './config-check.ts';
import { readConfig } from './config-file.ts';
import { tcpAddress, unixAddress } from './listen-address.ts';
import { settingsFromConfig } from './settings.ts';

const pool = { id: 'chat', command: 'chat-worker' };

/** Mistakes and their pointers; where a string is named, a line of the answer has it. */
const mistakes: [name: string, config: unknown, pointers: string[], says?: string][] = [
  ['no object', 42, ['']],
  ['no pools', {}, ['/pools'], 'missing'],
  ['an empty list of pools', { pools: [] }, ['/pools']],
  ['a pool without its members', { pools: [{}] }, ['/pools/0/id', '/pools/0/command'], 'missing'],
  [
    'a wrong type',
    { pools: [{ ...pool, instances: '3' }] },
    ['/pools/0/instances'],
    'expected an integer from 1 to 1024, found "3"',
  ],
  ['no instances', { pools: [{ ...pool, instances: 0 }] }, ['/pools/0/instances']],
  ['half an instance', { pools: [{ ...pool, instances: 1.5 }] }, ['/pools/0/instances']],
  [
    'a NUL in a command',
    { pools: [{ id: 'a', command: 'x\0' }] },
    ['/pools/0/command'],
    'without NUL',
  ],
  ['a NUL in an argument', { pools: [{ ...pool, args: ['a', '\0'] }] }, ['/pools/0/args/1']],
  ['an empty folder', { pools: [{ ...pool, cwd: '' }] }, ['/pools/0/cwd']],
  ['a variable without a name', { pools: [{ ...pool, env: { '': 'x' } }] }, ['/pools/0/env/']],
  [
    'a variable with =',
    { pools: [{ ...pool, env: { 'a=/~': 'x' } }] },
    ['/pools/0/env/a=~1~0'],
    'text that is not empty and has no "=" and no NUL as its name',
  ],
  ['a variable that is a number', { pools: [{ ...pool, env: { A: 1 } }] }, ['/pools/0/env/A']],
  ['an unknown member', { pools: [pool], limit: {} }, ['/limit'], 'did you mean "limits"?'],
  ['an unknown limit', { pools: [pool], limits: { 'max/x~': 1 } }, ['/limits/max~1x~0']],
  [
    'a limit too low',
    { pools: [pool], limits: { max_input_buffer: 1023 } },
    ['/limits/max_input_buffer'],
  ],
  [
    'no window',
    { pools: [pool], limits: { restart_window_sec: 0 } },
    ['/limits/restart_window_sec'],
  ],
  [
    'a reserved member',
    { pools: [pool], routing: { session_id_field: 'id' } },
    ['/routing/session_id_field'],
    'frames have these members already',
  ],
  [
    'an empty pattern',
    { pools: [pool], routing: { rules: [{ method: '', pool: 'chat' }] } },
    ['/routing/rules/0/method'],
  ],
  [
    'an id twice',
    { pools: [pool, { ...pool, id: 'b' }, pool] },
    ['/pools/2/id'],
    '"chat" is already the id of /pools/0',
  ],
  [
    'an unknown default',
    { pools: [pool], routing: { default_pool: 'tolls' } },
    ['/routing/default_pool'],
    'expected the id of a pool ("chat"), found "tolls"',
  ],
  [
    'an unknown pool in a rule',
    {
      pools: [pool],
      routing: {
        rules: [
          { method: '*', pool: 'chat' },
          { method: '*', pool: 'tolls' },
        ],
      },
    },
    ['/routing/rules/1/pool'],
  ],
  [
    'several mistakes',
    { pools: [{ id: 'a', command: '', args: 1 }], limits: { max_restarts: -1 } },
    ['/pools/0/command', '/pools/0/args', '/limits/max_restarts'],
  ],
  [
    'mistakes that only the schema knows, and others',
    { pools: [pool, { ...pool, instances: 0 }], limit: 1, routing: { default_pool: 'x' } },
    ['/pools/1/id', '/pools/1/instances', '/limit', '/routing/default_pool'],
  ],
  [
    'several names for nothing',
    { pools: [pool, pool], routing: { default_pool: 'x', rules: [{ method: '*', pool: 'y' }] } },
    ['/pools/1/id', '/routing/default_pool', '/routing/rules/0/pool'],
  ],
];

t.test('each mistake in a configuration is told with the pointer of its place', async (t) => {
  for (const [name, config, pointers, says = ''] of mistakes) {
    t.notOk(isBusConfig(config), name);
    const problems = await configProblems(config);
    t.same(problems.map(({ pointer }) => pointer).sort(), [...pointers].sort(), name);
    for (const { problem } of problems) t.ok(problem.includes(says) && problem !== '', name);
  }
});

const fullConfig: BusConfig = {
  $schema: 'https://example.org/x',
  pools: [
    { ...pool, args: ['a'], instances: 2, env: { A: '1' }, cwd: '/' },
    { ...pool, id: 'tools' },
  ],
  limits: {
    max_input_buffer: 1024,
    max_output_queue: 2048,
    max_restarts: 0,
    restart_window_sec: 0.5,
    drain_timeout_sec: 0,
    backpressure_timeout_sec: 7.5,
    session_idle_sec: 1800,
    request_timeout_sec: 120,
  },
  routing: {
    session_id_field: 'thread',
    default_pool: 'tools',
    rules: [{ method: 'x/*', pool: 'tools' }],
  },
};

t.test('a configuration without mistakes is accepted as it is', async (t) => {
  for (const config of [{ pools: [pool] }, fullConfig]) {
    t.ok(isBusConfig(config));
    t.same(await configProblems(config), []);
  }
});

t.test('a member that is undefined is not there', async (t) => {
  t.ok(isBusConfig({ pools: [pool], limits: undefined }));
  t.strictSame(await configProblems({ pools: [{ ...pool, id: undefined }], limits: undefined }), [
    { pointer: '/pools/0/id', problem: 'missing, expected a string that is not empty' },
  ]);
});

t.test('of very many mistakes the first are told, and the rest is counted', async (t) => {
  const problems = await configProblems({ pools: Array.from({ length: 1000 }, () => 5) });
  t.equal(problems.length, 101);
  t.same(problems.at(-1), { pointer: '', problem: 'and 900 more problems' });
});

t.test('what a configuration leaves out has its default', async (t) => {
  t.same(settingsFromConfig({ pools: [pool] }), {
    pools: [{ ...pool, args: [], instances: 1, env: {}, cwd: undefined }],
    maxFrameBytes: 1_048_576,
    maxQueueBytes: 4_194_304,
    maxRestarts: 5,
    restartWindowMs: 60_000,
    drainTimeoutMs: 30_000,
    backpressureTimeoutMs: 60_000,
    sessionIdleMs: 0,
    requestTimeoutMs: 0,
    sessionIdField: 'sessionId',
    defaultPool: 0,
    rules: [],
  });
});

t.test('what a configuration says is taken, zeros too', async (t) => {
  const { rules, pools, ...settings } = settingsFromConfig(fullConfig);
  t.same(settings, {
    maxFrameBytes: 1024,
    maxQueueBytes: 2048,
    maxRestarts: 0,
    restartWindowMs: 500,
    drainTimeoutMs: 0,
    backpressureTimeoutMs: 7500,
    sessionIdleMs: 1_800_000,
    requestTimeoutMs: 120_000,
    sessionIdField: 'thread',
    defaultPool: 1,
  });
  t.same(pools[0], fullConfig.pools[0]);
  t.same([rules[0]?.pool, rules[0]?.matches('x/y'), rules[0]?.matches('y')], [1, true, false]);
});

const files: [name: string, text: string | Buffer, says: RegExp][] = [
  [
    'trailing garbage',
    '{"pools":[]} x',
    /JSON: line 1, column 14: nothing but whitespace may follow/,
  ],
  ['a trailing comma', '{\n  "pools":[],\n}', /JSON: line 3, column 1: expected a member name/],
  ['an empty file', '', /JSON: line 1, column 1: .*empty/],
  ['a byte order mark', '\ufeff{"pools":[{"id":"a","command":"x"}]}', /JSON/],
  [
    'bytes that are not UTF-8',
    Buffer.from('{"pools":[{"id":"\xff","command":"x"}]}', 'latin1'),
    /JSON/,
  ],
];

t.test('a file that is no JSON document has one problem, with the empty pointer', async (t) => {
  const folder = t.testdir();
  for (const [name, text, says] of files) {
    writeFileSync(join(folder, 'config.json'), text);
    t.match(
      await readConfig(join(folder, 'config.json')),
      { problems: [{ pointer: '', problem: says }] },
      name,
    );
  }
  for (const path of [join(folder, 'none.json'), folder]) {
    t.match(await readConfig(path), { problems: [{ pointer: '', problem: /^cannot be read: / }] });
  }
  t.match(await readConfig(987_654), {
    problems: [{ pointer: '', problem: /the descriptor is not open/ }],
  });
});

const addresses: [text: string, host: string, port: number][] = [
  ['127.0.0.1:9000', '127.0.0.1', 9000],
  ['0.0.0.0:0', '0.0.0.0', 0],
  ['localhost:65535', 'localhost', 65_535],
  ['my-host.example:1', 'my-host.example', 1],
  ['[::1]:9000', '::1', 9000],
  ['[fe80::1%lo]:80', 'fe80::1%lo', 80],
  [':9000', '127.0.0.1', 9000],
  ['9000', '127.0.0.1', 9000],
];

t.test('a TCP address has a host and a port, or is on the loopback', async (t) => {
  for (const [text, host, port] of addresses) {
    t.same(tcpAddress(text), { transport: 'tcp', host, port }, text);
  }
});

const noAddresses = [
  '',
  ':',
  'localhost',
  'localhost:',
  'localhost:x',
  '::1:9000',
  '::1',
  '[::1]',
  '[::1]9000',
];
noAddresses.push(
  '[]:9000',
  '[::1:9000',
  'a:1:2',
  'a:-1',
  'a:+1',
  'a:1.5',
  'a:0x10',
  'a:1e3',
  'a: 1',
  'a:1 ',
);
noAddresses.push('65536', 'a:65536', 'a:99999', 'a:1000000', 'a:\u0661', 'a:1\n', '[[::1]]:1');

t.test('what is no TCP address is refused in words that name it', async (t) => {
  for (const text of noAddresses) {
    t.throws(() => tcpAddress(text), { name: 'RangeError', message: /HOST:PORT|0 to 65535/ }, text);
  }
});

t.test('brackets hold an IPv6 address and nothing else', async (t) => {
  for (const text of ['[localhost]:9000', '[127.0.0.1]:9000', '[ ]:9000']) {
    t.throws(() => tcpAddress(text), RangeError, text);
  }
});

t.test(
  'the path of a Unix socket fits into an address',
  { skip: process.platform !== 'linux' },
  async (t) => {
    const longest = `/${'x'.repeat(106)}`;
    t.same(unixAddress(longest), { transport: 'unix', path: longest });
    for (const path of [`${longest}x`, `/${'\u00e9'.repeat(54)}`, '', 'a\0b']) {
      t.throws(() => unixAddress(path), RangeError, path);
    }
  },
);
