import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { finished, root } from '../testing/run-cli.ts';

// A bus is started and judged, on a machine that may be busy.
t.setTimeout(300_000);

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

interface Action {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<
    Record<string, { description: string; required: boolean; default?: string }>
  >;
  readonly outputs: Readonly<Record<string, { description: string; value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const text = readFileSync(join(root, 'action.yml'), 'utf8');
const action: Action = parse(text, { strict: true });
const { steps } = action.runs;
const script = steps.find(({ id }) => id === 'conform') as Required<Step>;

t.test('the action is a composite one whose inputs are all used, and no others', async (t) => {
  t.match(action, { name: String, description: String, runs: { using: 'composite' } });
  const used = [...text.matchAll(/\$\{\{ inputs\.([\w-]+) \}\}/g)].map(([, name]) => name);
  t.strictSame([...new Set(used)].sort(), Object.keys(action.inputs).sort());
  for (const [name, input] of Object.entries(action.inputs)) {
    t.match(input, { description: /\S/, required: false, default: String }, name);
  }
  for (const { value } of Object.values(action.outputs)) {
    const [, id, name = ''] = /^\$\{\{ steps\.(\w+)\.outputs\.([\w-]+) \}\}$/.exec(value) ?? [];
    t.equal(id, script.id);
    t.ok(script.run.includes(`echo "${name}=`), name);
  }
  for (const { run, shell, uses, ...step } of steps) {
    t.equal(run === undefined, shell === undefined, 'a script names its shell');
    if (uses !== undefined) t.match(uses, /^actions\/[\w-]+@v\d+$/);
    // An input within a script would be read by the shell.
    t.notMatch(run ?? '', /\$\{\{/);
    t.notMatch(step.if ?? 'always()', /inputs/);
  }
  t.equal(steps.at(-1)?.if, 'always()', 'the reports are kept also of a run that failed');
});

/** Runs the script of the action as a runner would, with the kit of this checkout for that of npx. */
async function runScript(folder: string, inputs: Readonly<Record<string, string>>) {
  const bin = join(folder, 'npx');
  writeFileSync(bin, `#!/bin/sh\nshift 2\nexec '${process.execPath}' '${root}dist/cli.js' "$@"\n`);
  chmodSync(bin, 0o755);
  const defaults = Object.entries(action.inputs).map(([name, input]) => [
    name,
    input.default ?? '',
  ]);
  const values: Record<string, string> = { ...Object.fromEntries(defaults), ...inputs };
  const env = Object.entries(script.env).map(([name, value]) => [
    name,
    value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input) => values[input] ?? ''),
  ]);
  const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', script.run], {
    cwd: folder,
    env: {
      ...Object.fromEntries(env),
      PATH: `${folder}:${process.env.PATH}`,
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      GITHUB_OUTPUT: join(folder, 'output'),
    },
  });
  return finished(child);
}

t.test('its script judges a bus, and writes the reports and the summary', async (t) => {
  const folder = t.testdir();
  const bus = join(root, 'conformance/fixtures/naive-bus.mjs');
  const inputs = { command: `node\n${bus}\n--flaw\nexit\n`, transport: 'tcp', profile: 'core' };
  const { code, stdout } = await runScript(folder, inputs);
  t.match(stdout, /naive-bus: no licence found/);
  t.equal(code, 1);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  t.match(read('summary'), /^# Conformance of naive-bus\.mjs\n\n\*\*not-conformant\*\*/);
  t.equal(read('output'), 'exit-code=1\nreport=conformance-report/report.json\n');
  t.match(JSON.parse(read('conformance-report/report.json')), {
    verdict: 'not-conformant',
    selection: { profiles: ['core'], transports: ['tcp'] },
  });
  t.match(read('conformance-report/badge.svg'), /^<svg /);
  t.match(read('conformance-report/junit.xml'), /<testsuites /);
});

t.test('words of a command are divided by spaces, and no shell reads them', async (t) => {
  const folder = t.testdir();
  const run = await runScript(folder, { command: 'false $(touch touched) *', transport: 'tcp' });
  t.match(run, { code: 1, stdout: /^command: false '\$\(touch' 'touched\)' '\*' --config /m });
  t.notOk(existsSync(join(folder, 'touched')));
});

t.test('wrong usage ends it with its own code', async (t) => {
  const { code, stderr } = await runScript(t.testdir(), { profile: 'cor' });
  t.match(stderr, /did you mean "core"/);
  t.equal(code, 64);
});
