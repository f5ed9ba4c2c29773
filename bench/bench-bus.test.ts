import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { UsageError } from '../command.ts';
import { validateLoadReport } from '../schemas/generated/load-report.validate.ts';
import { optionsFrom } from './bench-options.ts';
import { checkReportFiles } from './report/report-files.ts';
import { tableFrom } from './report/table.ts';
import { runBench as run } from './run-bench.ts';
import { numbersIn, textOf } from './subjects/process-table.ts';

const scriptOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const commandLine = scriptOf('../cli.js');
const echoWorker = `${process.execPath} ${scriptOf('echo-worker.js')}`;
const relay = (worker: string) =>
  `${process.execPath} ${scriptOf('relay.js')} --tcp {host}:{port} -- ${worker}`;
const brief = ['--quick', '--rounds', '1', '--worker', 'node'];
const short = [...brief, '--no-gate', '--only', 'round-trip'];
const deadlineMs = 20_000;

// The machine may be busy.
t.setTimeout(120_000);

/** Starts the benchmark with a folder for temporary files of its own. */
function startBench(t: Test, ...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const child = spawn(process.execPath, [commandLine, 'bench', 'bus', ...args], {
    env: { ...process.env, TMPDIR: folder },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  return { child, folder, output };
}

async function runBench(t: Test, ...args: string[]) {
  const { child, folder, output } = startBench(t, ...args);
  const [code] = await once(child, 'close');
  await nothingIsLeft(t, folder);
  return { code, ...output };
}

/** No file, and no process that was started with a path in the folder. */
async function nothingIsLeft(t: Test, folder: string): Promise<void> {
  t.same(
    readdirSync(folder).filter((name) => name.startsWith('stdio-bus-bench')),
    [],
  );
  t.ok(await soon(() => processesNaming(folder).length === 0), 'no process is left');
}

function processesNaming(text: string): string[] {
  return numbersIn('/proc').filter((pid) => textOf(`/proc/${pid}/cmdline`).includes(text));
}

async function soon(isSo: () => boolean): Promise<boolean> {
  for (const deadline = Date.now() + deadlineMs; Date.now() < deadline; ) {
    if (isSo()) return true;
    await delay(5);
  }
  return false;
}

t.test('wrong usage ends with one line and code 64', async (t) => {
  const { code, stdout, stderr } = await runBench(t, '--only', 'round-tip');
  t.equal(code, 64);
  t.equal(stdout, '');
  t.match(stderr, /no question "round-tip"; did you mean "round-trip"/);
  t.equal(stderr.split('\n').length, 2);
});

t.test('each option says what it takes', async (t) => {
  const cases: [string[], RegExp][] = [
    [['--nonsense'], /--nonsense/],
    [['--quick', '--full'], /not both/],
    [['--p99', '0'], /--p99 is a time in milliseconds/],
    [['--seed', 'a b'], /--seed is/],
    [['--subject', 'nameless'], /NAME=COMMAND/],
    [['--subject', 'relay=./bus'], /"relay" is taken/],
    [['--subject', 'a=./bus', '--subject', 'a=./bus'], /"a" is taken/],
    [['--subject', 'a=./bus {config}'], /neither \{port\} nor \{socket\}/],
    [['--rounds', '0'], /--rounds is a whole number/],
    [['--worker', 'rust'], /auto, c or node/],
    [['--report', 'json=/nonexistent/report.json'], /--report json cannot be written/],
    [['--report', 'pdf=x'], /--report takes json, markdown, html, svg/],
    [['extra'], /extra/],
  ];
  for (const [args, message] of cases) {
    const use = () => checkReportFiles(optionsFrom(args, ['round-trip']).files);
    t.throws(use, { constructor: UsageError, message }, args.join(' '));
  }
});

t.test('the help names every option and scenario', async (t) => {
  const { code, stdout } = await runBench(t, '--help');
  t.equal(code, 0);
  for (const word of ['--subject', '--report', 'round-trip', 'slow-reader', 'Examples:']) {
    t.ok(stdout.includes(word), word);
  }
});

t.test('a subject stands beside the baselines, in every form of the report', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const file = (name: string) => join(folder, name);
  const subject = `again=${relay(echoWorker)}`;
  const forms = `json=${file('r.json')},markdown=${file('r.md')},svg=${file('charts')}`;
  const { code, stdout } = await runBench(t, ...short, '--subject', subject, '--report', forms);
  t.equal(code, 0, stdout);
  t.match(stdout, /^round trip over TCP, 200 B +again +p50 [\d.]+ .s +1 /m);
  t.match(stdout, /^ +relay +p50 [\d.]+ .s +[\d.]+× \(once\)/m);
  const report: unknown = JSON.parse(readFileSync(file('r.json'), 'utf8'));
  if (!validateLoadReport(report)) throw new Error(JSON.stringify(validateLoadReport.errors));
  t.same(
    report.subjects.map(({ identity, role }) => [identity.name, role]),
    [
      ['again', 'subject'],
      ['relay', 'relay'],
      ['worker', 'worker'],
    ],
  );
  // It has no place for Unix sockets, which is no fault.
  t.equal(report.samples.length, 8);
  for (const { counts, histogram } of report.samples) {
    t.equal(counts.lost + counts.duplicated + counts.misrouted, 0);
    t.ok(histogram, 'the raw histogram is kept');
  }
  t.match(readFileSync(file('r.md'), 'utf8'), /\| round trip over TCP, 200 B \| again \|/);
  t.ok(readdirSync(file('charts')).includes('round-trip-payload.svg'));
});

t.test(
  'a bus that fails the conformance gate is measured, and marked with what it failed',
  async (t) => {
    // It writes JSON anew, so that a frame does not arrive as it was sent.
    const naiveBus = scriptOf('../../conformance/fixtures/naive-bus.mjs');
    const only = ['--only', 'start', '--subject', `naive=${process.execPath} ${naiveBus}`];
    const { stdout } = await runBench(t, ...brief, ...only);
    t.match(stdout, /^naive FAILED the conformance gate: FRM-7$/m);
    t.match(stdout, /^start to ready with 4 workers +naive +[\d.]+ m?s +1/m);
  },
);

/** A worker that does something else with its 500th request. */
const failingAt500 = (what: string) =>
  `${process.execPath} -e "let n = 0;
    require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      if (++n === 500) { ${what} }
      else console.log(JSON.stringify({ id: JSON.parse(line).id, result: 1 }));
    });"`;

t.test('a subject that does not start, dies or loses is a row; the rest goes on', async (t) => {
  const complaint = `console.error("no such pool"); process.exit(3)`;
  const options = optionsFrom(
    [
      ...[...brief, '--no-gate', '--only', 'throughput'],
      ...['--subject', 'absent=/nonexistent/bus'],
      ...['--subject', `broken=${process.execPath} -e '${complaint}' bus`],
      ...['--subject', `mortal=${relay(failingAt500('process.exit()'))}`],
      ...['--subject', `lossy=${relay(failingAt500('return;'))}`],
      ...['--subject', `fine=${relay(echoWorker)}`],
    ],
    ['throughput'],
  );
  const once = { inFlight: [64], throughputPayloads: [], sampleMs: 200 };
  const table = tableFrom(await run({ ...options, effort: { ...options.effort, ...once } }));
  t.match(table, /absent .*did not start: spawn \/nonexistent\/bus ENOENT/);
  t.match(table, /broken .*did not start: ended: exit code 3: no such pool/);
  t.match(table, /mortal .*ended: exit code 1/);
  t.match(table, /lossy .*1 lost/);
  t.match(table, /^ +fine +[\d\s]+\/s/m);
});

t.test('a subject that does not start makes the code 1', async (t) => {
  const absent = ['--subject', 'absent=/nonexistent/bus'];
  const { code, stdout } = await runBench(t, ...brief, '--no-gate', '--only', 'drain', ...absent);
  t.equal(code, 1);
  t.match(stdout, /absent .*did not start: spawn \/nonexistent\/bus ENOENT/);
});

t.test('an interrupt ends everything that was started', async (t) => {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    const subject = `again=${relay(`${echoWorker} {config}`)}`;
    const { child, folder } = startBench(
      t,
      '--no-gate',
      '--only',
      'throughput',
      '--subject',
      subject,
    );
    t.ok(await soon(() => processesNaming(folder).length > 2), 'it is at work');
    child.kill(signal);
    t.same(await once(child, 'close'), [code, null]);
    await nothingIsLeft(t, folder);
  }
});
