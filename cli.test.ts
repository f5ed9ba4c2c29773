import { readFileSync } from 'node:fs';
import t from 'tap';
import { finished, root, runCli, startNode } from './testing/run-cli.ts';

const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

t.test('help lists every command and shows examples', async (t) => {
  const { code, stdout, stderr } = await runCli(['--help']);
  t.match(stdout, /validate .*\n[\s\S]* {2}schema .*\n[\s\S]*Examples:\n/);
  t.equal(stderr, '');
  t.equal(code, 0);
});

t.test('each command has help with examples and exit codes', async (t) => {
  for (const command of ['validate', 'schema', 'conform']) {
    const { code, stdout } = await runCli([command, '--help']);
    t.match(stdout, /^Usage: stdio-bus-kit /m, command);
    t.match(stdout, /^Examples:\n[\s\S]*^Exit codes: /m, command);
    t.equal(code, 0);
    t.match(await runCli(['help', command]), { code: 0, stdout });
  }
  t.match(await runCli(['help', 'nothing']), { code: 64, stderr: /there is no command "nothing"/ });
});

t.test('without a command, help goes to stderr with 64', async (t) => {
  const { code, stdout, stderr } = await runCli([]);
  t.match(stderr, /^Usage: /m);
  t.equal(stdout, '');
  t.equal(code, 64);
});

t.test('an unknown command ends with one line and 64', async (t) => {
  const { code, stdout, stderr } = await runCli(['vallidate']);
  t.equal(
    stderr,
    'stdio-bus-kit: there is no command "vallidate"; stdio-bus-kit --help lists them\n',
  );
  t.equal(stdout, '');
  t.equal(code, 64);
});

t.test('--version prints the version of the package', async (t) => {
  t.match(await runCli(['--version']), { code: 0, stdout: `${version}\n` });
});

t.test('stdio_bus has help, and ends where its configuration is missing', async (t) => {
  t.match(await finished(startNode('dist/stdio-bus.js', '--help')), {
    code: 0,
    stdout: /Usage: stdio_bus/,
  });
  const { code, stderr } = await finished(startNode('dist/stdio-bus.js', '--config', 'x'));
  t.match(stderr, /^stdio_bus: [^\n]*\n$/);
  t.not(code, 0);
});
