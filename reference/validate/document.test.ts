import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { runCli } from '../../testing/run-cli.ts';

// Many processes are started, on a machine that may be busy.
t.setTimeout(240_000);

/** The lines that `validate` prints about a configuration in a file of that name. */
async function linesAbout(t: Test, name: string, content: string | Buffer, ...options: string[]) {
  const folder = t.testdir();
  writeFileSync(join(folder, name), content);
  const args = ['validate', '--schema', 'bus-config', ...options, join(folder, name)];
  const { stdout, stderr } = await runCli(args);
  t.equal(stderr, '');
  return stdout.replaceAll(`${folder}/`, '').split('\n').slice(0, -1);
}

const validPool = '{"id":"a","command":"x"}';

t.test('every problem of a configuration is named with the pointer of its member', async (t) => {
  const json = `{
  "pools": [{"id": "", "instances": 0, "env": {"A=B": "x"}}, 5],
  "limits": {"max_restart": 1, "request_timeout_sec": 1e999},
  "limit": {}
}
`;
  t.strictSame(await linesAbout(t, 'bad.json', json), [
    'bad.json:2:13: /pools/0/command: missing, expected a string without NUL [CFG-1, bus-config#Pool]',
    'bad.json:2:20: /pools/0/id: expected a string that is not empty, found "" [CFG-1, bus-config#Pool]',
    'bad.json:2:37: /pools/0/instances: expected an integer from 1 to 1024, found 0 [CFG-1, bus-config#Pool]',
    'bad.json:2:48: /pools/0/env/A=B: expected text that is not empty and has no "=" and no NUL as its name, found "A=B" [CFG-1, bus-config#Pool]',
    'bad.json:2:62: /pools/1: expected an object, found 5 [CFG-1, bus-config#Pool]',
    'bad.json:3:14: /limits/max_restart: unknown member, did you mean "max_restarts"? [CFG-1, bus-config#Limits]',
    'bad.json:3:55: /limits/request_timeout_sec: expected a number from 0 to 31536000, found infinity [CFG-1, bus-config#Limits]',
    'bad.json:4:3: /limit: unknown member, did you mean "limits"? [CFG-1, bus-config#BusConfig]',
    'invalid: 8 problems',
  ]);
  t.strictSame(await linesAbout(t, 'good.json', `{"pools": [${validPool}]}`), [
    'valid: 1 document',
  ]);
});

t.test('what no schema can say of a configuration is said too', async (t) => {
  const routing = '"routing":{"default_pool":"b","rules":[{"method":"m","pool":"c"}]}';
  const json = `{"pools":[${validPool},${validPool}],${routing},"x":1}`;
  t.strictSame(await linesAbout(t, 'twice.json', json), [
    'twice.json:1:42: /pools/1/id: "a" is already the id of /pools/0 [CFG-2, bus-config#BusConfig]',
    'twice.json:1:88: /routing/default_pool: expected the id of a pool ("a"), found "b" [CFG-2, bus-config#BusConfig]',
    'twice.json:1:122: /routing/rules/0/pool: expected the id of a pool ("a"), found "c" [CFG-2, bus-config#BusConfig]',
    'twice.json:1:129: /x: unknown member [CFG-1, bus-config#BusConfig]',
    'invalid: 4 problems',
  ]);
});

t.test('what is no JSON document is said of a document, not of a line', async (t) => {
  const table: [content: string, problem: string][] = [
    ['{"pools": [\n', '2:1: the document ends before its JSON text does'],
    ['{}\n{}', '2:1: nothing but whitespace may follow the document'],
    ['\ufeff{}', '1:1: a document starts with its JSON text, not with a byte order mark'],
    ['\n', '1:1: expected a JSON document: the input is empty'],
  ];
  for (const [content, problem] of table) {
    const [line] = await linesAbout(t, 'x.json', content);
    t.equal(line, `x.json:${problem}`);
  }
});

t.test('places in YAML are those of keys and values, however they are spelled', async (t) => {
  const yaml = `pools:
  - &pool
    id: é
    command: [x]
    é: 1
    a/b~c: 3
    1: 2
    true: 2
    instances: .nan
  - *pool
limits: {max_restarts: -.inf}
`;
  const lines = await linesAbout(t, 'x.yaml', yaml);
  t.strictSame(lines.slice(0, 9), [
    'x.yaml:3:9: /pools/1/id: "é" is already the id of /pools/0 [CFG-2, bus-config#BusConfig]',
    'x.yaml:4:14: /pools/0/command: expected a string, found an array of 1 [CFG-1, bus-config#Pool]',
    'x.yaml:4:14: /pools/1/command: expected a string, found an array of 1 [CFG-1, bus-config#Pool]',
    'x.yaml:5:5: /pools/0/é: unknown member [CFG-1, bus-config#Pool]',
    'x.yaml:5:5: /pools/1/é: unknown member [CFG-1, bus-config#Pool]',
    'x.yaml:6:5: /pools/0/a~1b~0c: unknown member [CFG-1, bus-config#Pool]',
    'x.yaml:6:5: /pools/1/a~1b~0c: unknown member [CFG-1, bus-config#Pool]',
    'x.yaml:7:5: /pools/0/1: unknown member [CFG-1, bus-config#Pool]',
    'x.yaml:7:5: /pools/1/1: unknown member [CFG-1, bus-config#Pool]',
  ]);
  t.match(lines.slice(9), [
    /^x\.yaml:8:5: \/pools\/0\/true: unknown member/,
    /^x\.yaml:8:5: \/pools\/1\/true: unknown member/,
    /^x\.yaml:9:16: \/pools\/0\/instances: expected an integer from 1 to 1024, found not a number/,
    /^x\.yaml:9:16: \/pools\/1\/instances: /,
    /^x\.yaml:11:24: \/limits\/max_restarts: .* found minus infinity/,
  ]);
});

t.test('what YAML has and JSON has not is one problem, with its place, in our words', async (t) => {
  const tens = (name: string) => Array.from({ length: 10 }, () => name).join(',');
  const bomb = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${tens(`*a${i}`)}]\n`);
  const table: [content: string | Buffer, problem: string][] = [
    ['pools: [*x]', '1:9: there is no anchor &x before this alias'],
    ['pools: &a [*a]', '1:12: the alias *a stands inside of itself'],
    [
      `a0: &a0 [${tens('x')}]\n${bomb.join('')}`,
      '5:38: the aliases stand for more than 100000 values',
    ],
    ['['.repeat(600) + ']'.repeat(600), '1:502: nested too deeply'],
    ['pools: !!binary aGk=', "1:17: !!binary is none of JSON's types"],
    ['pools: !mine x', "1:14: !mine is none of JSON's types"],
    ['a: 1\n---\nb: 1\n', '2:1: nothing may follow the document: one document a file'],
    ['é: 1\n? [x]\n: 1\n', '2:3: a key is a scalar, not a collection'],
    ['é: 1\né: 1\n', '2:1: this key stands twice in its mapping'],
    [Buffer.from([0x61, 0x0a, 0xc3, 0xa9, 0xe9]), '2:3: these bytes are not UTF-8'],
    ['a: x\0y', '1:5: YAML has no NUL characters'],
    ['a:\n\t- x\n', '2:1: tabs do not indent; use spaces'],
    ['# x\n', '1:1: expected a YAML document: the input is empty'],
  ];
  for (const [content, problem] of table) {
    t.strictSame(await linesAbout(t, 'x.yaml', content), [
      `x.yaml:${problem}`,
      'invalid: 1 problem',
    ]);
  }
  for (const content of ['['.repeat(20_000), '- '.repeat(20_000), '{a: '.repeat(20_000)]) {
    t.match(await linesAbout(t, 'x.yaml', content), [
      /^x\.yaml:1:\d+: nested too deeply$/,
      /1 problem/,
    ]);
  }
});

t.test('half a million wrong elements take seconds and bounded memory', async (t) => {
  const wrong = Array.from({ length: 500_000 }, () => 5);
  const table: [name: string, content: string][] = [
    ['pools.json', JSON.stringify({ pools: wrong })],
    ['args.json', JSON.stringify({ pools: [{ id: 'a', command: 'x', args: wrong }] })],
    ['pools.yaml', JSON.stringify({ pools: wrong })],
  ];
  for (const [name, content] of table) {
    const start = performance.now();
    const lines = await linesAbout(t, name, content, '--max-problems', '10');
    t.ok(performance.now() - start < 30_000, `${name}: the square of it would take hours`);
    t.match(lines[10], /^499990 more problems/);
    t.equal(lines.length, 12);
  }
});

t.test('two hundred thousand keys take seconds', async (t) => {
  const keys = Array.from({ length: 200_000 }, (_, i) => `k${i}: 1\n`).join('');
  const lines = await linesAbout(t, 'keys.yaml', keys, '--max-problems', '1');
  t.match(lines[1], /^200000 more problems/);
});

t.test('a document has a bounded length, and one that is too long is a problem', async (t) => {
  const long = await linesAbout(t, 'long.json', Buffer.alloc(65 * 1024 * 1024, ' '));
  t.equal(long[0], 'long.json:1:1: a document of more than 64 MiB; stopped reading');
  const [line] = await linesAbout(t, 'long.yaml', Buffer.alloc(5 * 1024 * 1024, '#'), '--json');
  t.match(JSON.parse(String(line)), {
    file: 'long.yaml',
    byte: 0,
    problem: 'a YAML document of more than 4 MiB; stopped reading',
  });
});
