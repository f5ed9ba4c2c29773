import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { numbersIn, textOf } from './subjects/process-table.ts';

const scriptOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const echoWorker = `${process.execPath} ${scriptOf('echo-worker.js')}`;
const relay = (worker: string) =>
  `${process.execPath} ${scriptOf('relay.js')} --tcp {host}:{port} -- ${worker}`;
const short = ['--quick', '--rounds', '1', '--only', 'in-flight-64', '--worker', 'node'];
const deadlineMs = 10_000;

/** Starts the benchmark with a folder for temporary files of its own. */
function startBench(t: Test, ...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(process.execPath, [scriptOf('bus-bench.js'), ...args], {
    env: { ...env, TMPDIR: folder },
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
  const cases: [string[], RegExp][] = [
    [['--nonsense'], /--nonsense.*--help/],
    [['--only', 'nope'], /no scenario "nope"; there are round-trip-tcp/],
    [['--subject', 'nameless'], /NAME=COMMAND/],
    [['--subject', 'relay=./bus'], /"relay" is taken/],
    [['--subject', 'a=./bus', '--subject', 'a=./bus'], /"a" is taken/],
    [['--subject', 'a=./bus {config}'], /neither \{port\} nor \{socket\}/],
    [['--rounds', '0'], /--rounds is a whole number/],
    [['--worker', 'rust'], /auto, c or node/],
    [['--json', '/nonexistent/report.json'], /--json cannot be written/],
    [['extra'], /extra/],
  ];
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await runBench(t, ...args);
    t.equal(code, 64, args.join(' '));
    t.equal(stdout, '');
    t.match(stderr, message);
    t.equal(stderr.split('\n').length, 2);
  }
});

t.test('the help names every option and scenario', async (t) => {
  const { code, stdout } = await runBench(t, '--help');
  t.equal(code, 0);
  for (const word of ['--subject', '--json', 'round-trip-tcp', 'idle-cpu', 'Examples:']) {
    t.ok(stdout.includes(word), word);
  }
});

t.test('a subject is a row beside the baselines, with its goal', async (t) => {
  const json = join(mkdtempSync(join(tmpdir(), 'bench-test-')), 'report.json');
  t.teardown(() => rmSync(join(json, '..'), { recursive: true }));
  const subject = `again=${relay(echoWorker)}`;
  const { code, stdout } = await runBench(t, ...short, '--subject', subject, '--json', json);
  t.equal(code, 0, stdout);
  t.match(stdout, /^64 in flight, 200 B +worker +[\d ]+ frames\/s/m);
  t.match(stdout, /^ +again .*× relay.*≥ 0.5 × relay +(not )?met$/m);
  const { rows, samples } = JSON.parse(readFileSync(json, 'utf8'));
  t.same(
    rows.map(({ subject }: { subject: string }) => subject),
    ['worker', 'relay', 'again'],
  );
  t.equal(samples.length, 3);
});

/** A worker that does something else with its 500th request. */
const failingAt500 = (what: string) =>
  `${process.execPath} -e "let n = 0;
    require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      if (++n === 500) { ${what} }
      else console.log(JSON.stringify({ id: JSON.parse(line).id, result: 1 }));
    });"`;

t.test('a subject that does not start, dies or loses is a row; the rest goes on', async (t) => {
  const complaint = `console.error("no such pool"); process.exit(3)`;
  const { code, stdout } = await runBench(
    t,
    ...short,
    ...['--subject', 'absent=/nonexistent/bus'],
    ...['--subject', `broken=${process.execPath} -e '${complaint}' bus`],
    ...['--subject', `mortal=${relay(failingAt500('process.exit()'))}`],
    ...['--subject', `lossy=${relay(failingAt500('return;'))}`],
    ...['--subject', `fine=${relay(echoWorker)}`],
  );
  t.equal(code, 1);
  t.match(stdout, /absent .*did not start: spawn \/nonexistent\/bus ENOENT/);
  t.match(stdout, /broken .*did not start: ended: exit code 3: no such pool/);
  t.match(stdout, /mortal .*not met; ended: exit code 1/);
  t.match(stdout, /lossy .*not met; 1 lost/);
  t.match(stdout, /fine .*met$/m);
});

t.test('an interrupt ends everything that was started', async (t) => {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    const subject = `again=${relay(`${echoWorker} {config}`)}`;
    const { child, folder } = startBench(t, '--only', 'in-flight', '--subject', subject);
    t.ok(await soon(() => processesNaming(folder).length > 2), 'it is at work');
    child.kill(signal);
    t.same(await once(child, 'close'), [code, null]);
    await nothingIsLeft(t, folder);
  }
});
