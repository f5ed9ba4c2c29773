import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { root, runCli } from '../testing/run-cli.ts';

// Buses are started and judged, on a machine that may be busy.
t.setTimeout(600_000);
t.jobs = 3;

const naiveBus = ['node', join(root, 'conformance/fixtures/naive-bus.mjs')];

/** With a third of the time that a bus normally has to start. */
const conformTcp = (...args: string[]) =>
  runCli(['conform', 'bus', '--transport', 'tcp', '--time-scale', '0.3', ...args]);

t.test('what ends before it answers is told with its end and its last words', async (t) => {
  const table: [command: string[], said: RegExp][] = [
    [
      ['false'],
      /it ended with exit code 1 before it answered on tcp\ncommand: false --config .*\nit wrote nothing/,
    ],
    [['cat'], /exit code 1 before it answered on tcp\n.*\nthe last of its stderr:\n {2}cat: unrec/],
    [['sh', '-c', 'kill -SEGV $$'], /it ended by SIGSEGV before it answered on tcp\n/],
    [
      [...naiveBus, '--flaw', 'exit'],
      /exit code 7 before it answered on tcp\n.*\n.*\n {2}naive-bus: no licence found\n/,
    ],
  ];
  for (const [command, said] of table) {
    const { code, stdout, stderr } = await conformTcp('--', ...command);
    t.match(stdout, /^the subject did not start: it ended /);
    t.match(stdout, said);
    t.match(stdout, /\nnot-conformant: \S+ did not start: nothing was judged\n$/);
    t.equal(stderr, '');
    t.equal(code, 1, command.join(' '));
  }
});

t.test('what cannot be executed is no fault of a bus, and the reason is said', async (t) => {
  const folder = t.testdir({ plain: '#!/bin/sh\n', alien: '#!/no/such/shell\n' });
  chmodSync(join(folder, 'alien'), 0o755);
  const table: [command: string, reason: RegExp][] = [
    ['./no-such-bus', /there is no such file or folder/],
    ['no-such-bus', /there is no program "no-such-bus" in PATH/],
    [join(folder, 'plain'), /it is not executable \(chmod \+x\)/],
    [join(folder, 'alien'), /its interpreter is not there: \/no\/such\/shell/],
    [folder, /it is a folder/],
    [join(folder, 'plain/bus'), /a part of its path is no folder/],
  ];
  for (const [command, reason] of table) {
    const { code, stdout } = await conformTcp('--', command);
    t.match(
      stdout,
      /^the subject did not start: it cannot be executed: [^\n]*\ncommand: [^\n]*\n\nharness-error: /,
    );
    t.match(stdout, reason);
    t.equal(code, 3, command);
  }
});

t.test('what runs and never answers is told so after some seconds', async (t) => {
  const table: [command: string[], said: RegExp][] = [
    [['sh', '-c', 'sleep 1000'], /it runs, but accepted no connection on tcp within \d s\n/],
    [[...naiveBus, '--flaw', 'mute'], /it runs, but answered nothing on tcp within \d s\n/],
  ];
  for (const [command, said] of table) {
    const { code, stdout } = await conformTcp('--', ...command);
    t.match(stdout, said);
    t.equal(code, 1);
  }
  const echo = ['--transport', 'stdio', '--time-scale', '0.3', '--', 'sh', '-c', 'cat'];
  const { code, stdout } = await runCli(['conform', 'bus', ...echo]);
  t.match(stdout, /answered nothing on stdio within \d s, and wrote \{"jsonrpc"/);
  t.equal(code, 1);
});

t.test(
  'a bus that ends on its first bad line is named with its end, and the rest is judged',
  async (t) => {
    const { code, stdout } = await runCli([
      ...['conform', 'bus', '--transport', 'tcp', '--only', 'framing/not-json,framing/blank-lines'],
      ...['--', ...naiveBus, '--flaw', 'crash'],
    ]);
    t.equal(code, 1);
    t.match(stdout, /^FAIL SEC-4 MUST /m);
    t.match(stdout, /^ {2}subject +.*exit code 1$/m);
    t.match(stdout, / ms {2}bus exit code 1$/m);
    t.notMatch(stdout, /scenario +framing\/blank-lines/);
  },
);

t.test('a bus that prints its log on stdout fails what asks for a clean one', async (t) => {
  for (const transport of ['tcp', 'stdio']) {
    const { code, stdout } = await runCli([
      ...['conform', 'bus', '--transport', transport, '--only', 'framing/blank-lines'],
      ...['--', ...naiveBus, '--flaw', 'print'],
    ]);
    t.equal(code, 1);
    t.match(stdout, /^FAIL SEC-3 MUST /m, transport);
    t.match(stdout, /got \d+ bytes/);
  }
});

t.test('a bus that spins at its end is told so, and does not outlive the run', async (t) => {
  const file = join(t.testdir(), 'report.json');
  const { code, stdout } = await conformTcp(
    ...['--only', 'framing/blank-lines', '--report', `json=${file}`],
    ...['--', ...naiveBus, '--flaw', 'spin'],
  );
  t.equal(code, 1);
  t.match(stdout, /^FAIL DRN-2 MUST /m);
  const { scenarios } = JSON.parse(readFileSync(file, 'utf8'));
  t.ok(scenarios[0].durationMs < 30_000);
});
