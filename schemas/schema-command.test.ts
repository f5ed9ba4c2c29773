import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import { outputOf, root, runCli } from '../testing/run-cli.ts';
import { Definitions } from './definition.ts';
import { requirementKeyword } from './typescript-text.ts';

// Many processes are started, on a machine that may be busy.
t.setTimeout(240_000);

const definitions = new Definitions();

t.test('list names every file and definition', async (t) => {
  const { code, stdout } = await runCli(['schema', 'list']);
  for (const { name, definitions: members } of definitions.files) {
    t.match(stdout, new RegExp(`^${name} `, 'm'));
    for (const member of Object.keys(members)) t.match(stdout, new RegExp(`^ +#${member}$`, 'm'));
  }
  t.equal(code, 0);
});

t.test('what show prints is all that a validator needs', async (t) => {
  const roots = definitions.names().filter((name) => !name.includes('#'));
  const parts = ['ext#Trace', 'hop#BusToClient', 'vector#Vector', 'bus-config#Pool'];
  for (const name of [...roots, ...parts]) {
    const { code, stdout } = await runCli(['schema', 'show', name]);
    t.equal(code, 0);
    // Knows no other schema; the keyword is an annotation.
    const validate = new Ajv2020({ keywords: [requirementKeyword] }).compile(JSON.parse(stdout));
    const examples = definitions.find(name)?.schema.examples as unknown[];
    for (const example of examples) t.ok(validate(example), `${name}: ${JSON.stringify(example)}`);
    t.notOk(validate(5), name);
  }
});

t.test('show prints a file that has no root of its own', async (t) => {
  const { stdout } = await runCli(['schema', 'show', 'process.schema.json']);
  const ajv = new Ajv2020({ keywords: [requirementKeyword] });
  const schema = JSON.parse(stdout);
  ajv.addSchema(schema);
  const validate = ajv.compile({ $ref: `${schema.$id}#/$defs/StartRequest` });
  t.notOk(validate({}));
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
    [['show', 'frame#__proto__'], /there is no schema "frame#__proto__"/],
    [['show', 'frame#Request#x'], /there is no schema "frame#Request#x"/],
    [['show', 'fra.schema.jsonme'], /there is no schema "fra.schema.jsonme"/],
    [['list', '--yaml'], /--yaml/],
    [['list', '--typescript'], /--typescript belongs to/],
    [['show', 'frame', '--typescript', '--typescript'], /--typescript stands twice/],
  ];
  for (const [args, message] of table) {
    const { code, stderr } = await runCli(['schema', ...args]);
    t.match(stderr, message);
    t.match(stderr, /^stdio-bus-kit: [^\n]*\n$/);
    t.equal(code, 64);
  }
});
