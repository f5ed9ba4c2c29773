import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { ConformanceReport } from '../schemas/generated/conformance-report.ts';
import { validateConformanceReport } from '../schemas/generated/conformance-report.validate.ts';
import { runCli } from '../testing/run-cli.ts';

// Workers are started and judged, on a machine that may be busy.
t.setTimeout(600_000);
t.jobs = 2;

const conform = (...args: string[]) => runCli(['conform', ...args]);
const build = new URL('.', import.meta.url).pathname;
const plainWorker = ['node', join(build, 'mutants/worker/mutant-worker.js')];
const few = ['--only', 'stdout/*,ids/strings,session-ids/on-responses,sigterm/idle,reading/crlf'];

function reportOf(folder: string): ConformanceReport {
  return JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
}

t.test('a good worker is conformant, and all is made of its report', async (t) => {
  const folder = join(t.testdir(), 'kept');
  const run = await conform('worker', ...few, '--keep', folder, '--', ...plainWorker);
  t.match(run, {
    code: 0,
    stdout: /conformant: mutant-worker\.js is conformant \(a part of worker /,
  });
  t.match(run.stdout, /\nMeasured:\n {2}start time, p50 in ms: \d+\n/);
  const report = reportOf(folder);
  t.ok(validateConformanceReport(report), JSON.stringify(validateConformanceReport.errors));
  t.match(report, {
    kind: 'worker',
    capabilities: ['worker'],
    selection: { transports: ['pipe'] },
  });
  const file = join(folder, 'report.json');
  t.match(await conform('verify', file), { code: 0, stdout: /^the report holds: / });
  t.match(await conform('badge', file), { code: 0, stdout: /^<svg / });
  t.match(await conform('replay', folder), { code: 0, stderr: '' });
});

t.test('a broken worker fails what it breaks, with the command that shows it again', async (t) => {
  const table: [fault: string, scenario: string, requirement: string, reason: string][] = [
    ['banner-on-stdout', 'stdout/from-its-start', 'WRK-1', 'a line on stdout that is no frame'],
    [
      'session-missing',
      'session-ids/on-responses',
      'WRK-3',
      'the session id of the request is not',
    ],
    ['ends-on-bad-json', 'bad-input/not-json', 'WRK-4', 'the worker ended though nobody'],
    [
      'stdin-dropped-at-sigterm',
      'sigterm/with-many-pending',
      'WRK-7',
      'a request that was pending',
    ],
  ];
  for (const [fault, scenario, requirement, reason] of table) {
    const { code, stdout } = await conform(
      'worker',
      '--only',
      scenario,
      '--',
      ...plainWorker,
      fault,
    );
    t.equal(code, 1, fault);
    t.match(
      stdout,
      new RegExp(`^FAIL ${requirement} MUST .*\\n.*\\n {2}reason {4}${reason}`, 'm'),
      fault,
    );
    t.match(stdout, /^ {2}again {5}stdio-bus-kit conform worker --only /m, fault);
  }
});

t.test('what needs a manifest does not apply without one, and it is said why', async (t) => {
  const { code, stdout } = await conform(
    ...['worker', '--only', 'responses/*', '--', ...plainWorker],
  );
  t.equal(code, 0);
  t.match(stdout, /1 scenario: the manifest names no request for it: probes\.failing\n/);
  t.match(
    stdout,
    /\n {2}the profile process: not claimed \(profiles of the manifest, or --profile\)/,
  );
});

t.test('a first manifest is written, and works', async (t) => {
  const file = join(t.testdir(), 'worker.yaml');
  const run = await conform('worker', '--init', '--output', file, '--', ...plainWorker);
  t.match(run, {
    code: 0,
    stdout: /it answers ping\nnow: stdio-bus-kit conform worker --subject /,
  });
  t.match(readFileSync(file, 'utf8'), /^# slow|^ {2}# slow: /m);
  const judged = await conform('worker', '--subject', file, '--only', 'responses/result');
  t.match(judged, { code: 0, stdout: /\nconformant: / });
  t.match(await conform('worker', '--init', '--output', file, '--', ...plainWorker), {
    code: 3,
    stderr: /is there already/,
  });
});

t.test('a worker that prints a banner is told which line is no frame', async (t) => {
  const run = await conform('worker', '--init', '--', ...plainWorker, 'banner-on-stdout');
  t.match(run, {
    code: 1,
    stderr:
      /did not start: it wrote a line on stdout that is no frame \(logs go to stderr, WRK-1\): \S/,
  });
});

t.test('what is no worker is told so at once, with its end and its last words', async (t) => {
  const table: [command: string[], said: RegExp][] = [
    [
      ['false'],
      /exit code 1 before it answered \{.*\}\ncommand: false\nit wrote nothing on stderr/,
    ],
    [['echo', 'hello, I am a worker'], /before it answered \{.*\}, and wrote hello, I am a worker/],
    [['head', '-n', '1'], /code 0 before it answered \{.*\}, and wrote \{"jsonrpc"/],
    [['sh', '-c', 'echo no licence >&2; exit 7'], /exit code 7 .*\n.*\n.*\n {2}no licence\n/],
    [['cat'], /it runs, but answered nothing to \{.*\}, and wrote \{"jsonrpc"/],
    [
      ['sleep', '1000'],
      /answered nothing to \{"jsonrpc".*\}, and wrote nothing on stdout: is each line flushed\?\ncommand: sleep 1000\n/,
    ],
  ];
  // Most of it is waiting.
  await Promise.all(
    table.map(async ([command, said]) => {
      const run = await conform('worker', '--time-scale', '0.3', '--', ...command);
      t.match(run.stdout, said, command.join(' '));
      t.match(run.stdout, /\nnot-conformant: \S+ did not start: nothing was judged\n$/);
      t.equal(run.code, 1, command.join(' '));
    }),
  );
  const nowhere = await conform('worker', '--', './no-such-worker');
  t.match(nowhere, { code: 3, stdout: /it cannot be executed: there is no such file or folder/ });
});

t.test('wrong usage is told before anything is started', async (t) => {
  const table: [args: string[], message: RegExp][] = [
    [[], /say which worker: -- COMMAND, or --subject FILE/],
    [['--'], /which command\? after --/],
    [['./my_worker'], /put the command of the worker after --: -- \.\/my_worker/],
    [['--dialect', 'xml', '--', 'x'], /--dialect is jsonrpc or codex, not "xml"/],
    [['--init'], /--init needs -- COMMAND/],
    [['--output', 'a', '--', 'x'], /--output is for --init/],
    [['--only', 'FRM-1', '--', 'x'], /--only "FRM-1" matches no scenario/],
  ];
  for (const [args, message] of table) {
    const { code, stderr } = await conform('worker', ...args);
    t.match(stderr, message);
    t.equal(code, 64, args.join(' '));
  }
});

t.test(
  'a manifest whose requests could show nothing is refused, or what they show is',
  async (t) => {
    const folder = t.testdir();
    const judged = (probes: object) => {
      const file = join(folder, `${Object.keys(probes)[0]}.json`);
      writeFileSync(file, JSON.stringify({ name: 'plain', command: plainWorker, probes }));
      return conform('worker', '--subject', file, '--only', 'independence/beside-a-slow-one');
    };
    t.match(await judged({ quick: { params: {} } }), {
      code: 3,
      stderr: /quick\.json: \/probes\/quick\/method: missing, expected the name of a method\n$/,
    });
    t.match(await judged({ large: { method: 'echo', params: { text: 'large' } } }), {
      code: 3,
      stderr: /large\.json: \/probes\/large: nothing in it is the string "\{large\}"/,
    });
    const quickOne = await judged({ slow: { method: 'ping' } });
    t.match(quickOne, {
      code: 2,
      stdout: /the slow request of the manifest was answered in \d+ ms/,
    });
    t.notMatch(quickOne.stdout, /sessions: /);
  },
);

t.test('list and explain know the scenarios for workers', async (t) => {
  t.match(await conform('list', '--profile', 'worker'), {
    code: 0,
    stdout: /^worker: \d+\n {2}stdout\/from-its-start /,
  });
  t.match(await conform('explain', 'WRK-7'), {
    stdout: /Run just this: stdio-bus-kit conform worker --only WRK-7 -- \.\/your_worker\n$/,
  });
});
