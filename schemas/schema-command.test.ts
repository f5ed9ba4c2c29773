import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import { outputOf, root, runCli } from '../testing/run-cli.ts';
import { Definitions } from './definition.ts';
import { requirementKeyword } from './typescript-text.ts';

const definitions = new Definitions();

t.test('list names every file and definition', async (t) => {
  const { code, stdout } = await runCli(['schema', 'list']);
  for (const { name, definitions: members } of definitions.files) {
    t.match(stdout, new RegExp(`^${name} `, 'm'));
    for (const member of Object.keys(members)) t.match(stdout, new RegExp(`^ +#${member}$`, 'm'));
  }
  t.equal(code, 0);
});

t.test('show prints a whole file, or a schema of one definition', async (t) => {
  const whole = await runCli(['schema', 'show', 'bus-config']);
  t.strictSame(JSON.parse(whole.stdout), definitions.find('bus-config')?.file.schema);
  const { stdout } = await runCli(['schema', 'show', 'ext#Trace']);
  const ajv = new Ajv2020().addKeyword(requirementKeyword);
  const validate = ajv.compile(JSON.parse(stdout));
  t.ok(validate({ traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }));
  t.notOk(validate({ traceparent: 'x' }));
});

t.test('show --typescript prints declarations that compile alone, for every file', async (t) => {
  const folder = t.testdir();
  for (const { name } of definitions.files) {
    const { code, stdout } = await runCli(['schema', 'show', name, '--typescript']);
    t.equal(code, 0);
    writeFileSync(join(folder, `${name}.ts`), stdout);
  }
  const { stdout } = await runCli(['schema', 'show', 'frame#Request', '--typescript']);
  writeFileSync(join(folder, 'request.ts'), stdout);
  writeFileSync(
    join(folder, 'use.ts'),
    `import type { Request } from './request.ts';
export const good: Request = { jsonrpc: '2.0', id: 1, method: 'x' };
// @ts-expect-error an id is a string or a number
export const bad: Request = { jsonrpc: '2.0', id: true, method: 'x' };
// @ts-expect-error a request has no result
export const both: Request = { jsonrpc: '2.0', id: 1, method: 'x', result: 1 };
`,
  );
  const files = [...definitions.files.map(({ name }) => name), 'request', 'use'];
  outputOf(folder, [
    join(root, 'node_modules/.bin/tsc'),
    ...['--strict', '--noEmit', '--target', 'es2023', '--module', 'nodenext', '--types', ''],
    '--allowImportingTsExtensions',
    '--ignoreConfig',
    ...files.map((name) => join(folder, `${name}.ts`)),
  ]);
  t.pass('tsc found nothing wrong');
});

t.test('wrong usage says what to do', async (t) => {
  const table: [args: string[], message: RegExp][] = [
    [[], /`schema list` or `schema show NAME`/],
    [['show'], /which\? `schema list`/],
    [['show', 'frme'], /did you mean "frame"\?/],
    [['show', 'frame#Requst'], /did you mean "frame#Request"\?/],
    [['show', 'zzzzzzzzz'], /there is no schema "zzzzzzzzz"; `schema list`/],
    [['show', 'frame', 'ext'], /"ext" is too much/],
    [['list', '--yaml'], /--yaml/],
  ];
  for (const [args, message] of table) {
    const { code, stderr } = await runCli(['schema', ...args]);
    t.match(stderr, message);
    t.match(stderr, /^stdio-bus-kit: [^\n]*\n$/);
    t.equal(code, 64);
  }
});
