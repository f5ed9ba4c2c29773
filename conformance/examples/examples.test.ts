import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { root, runCli } from '../../testing/run-cli.ts';

// Each example is put through the whole suite.
t.setTimeout(600_000);

const folder = join(root, 'conformance/examples');

/** All that does not take long: the load has its scenarios of a minute. */
const quick = ['--skip', 'load/hundred-thousand,slow-reader/*'];

/** Skips a test where a program is missing, and says which. */
function needs(...programs: readonly string[]): { readonly skip: string | false } {
  const missing = programs.filter(
    (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error !== undefined,
  );
  return { skip: missing.length === 0 ? false : `not installed here: ${missing.join(', ')}` };
}

async function certify(test: Pick<typeof t, 'equal' | 'match'>, command: readonly string[]) {
  const { code, stdout } = await runCli(['conform', 'worker', ...quick, '--', ...command]);
  test.equal(code, 0, stdout);
  test.match(stdout, /\nconformant: /);
}

t.test('the worker in Python is conformant', needs('python3'), async (t) => {
  await certify(t, ['python3', join(folder, 'worker.py')]);
});

t.test('the worker in bash with jq is conformant', needs('bash', 'jq'), async (t) => {
  await certify(t, ['bash', join(folder, 'worker.sh')]);
});

t.test('the worker in C is conformant', needs('cc'), async (t) => {
  const program = join(t.testdir(), 'worker');
  const args = ['-O2', '-Wall', '-Wextra', '-Werror', '-o', program, join(folder, 'worker.c')];
  const { status, stderr } = spawnSync('cc', args, { encoding: 'utf8' });
  t.equal(status, 0, stderr);
  await certify(t, [program]);
});
