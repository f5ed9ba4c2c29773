import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { ConformanceReport } from '../schemas/generated/conformance-report.ts';
import { validateConformanceReport } from '../schemas/generated/conformance-report.validate.ts';
import { root, runCli } from '../testing/run-cli.ts';
import { xmlElementFrom, xmlElements } from '../testing/xml-element.ts';

// Buses are started and judged, on a machine that may be busy.
t.setTimeout(600_000);
t.jobs = 3;

const conform = (...args: string[]) => runCli(['conform', ...args]);
const naiveBus = ['node', join(root, 'conformance/fixtures/naive-bus.mjs')];
const reference = ['node', join(root, 'dist/stdio-bus.js')];
const aPass = ['--transport', 'tcp', '--only', 'framing/blank-lines'];
/** Fails with the naive bus alone: it writes JSON anew. */
const aFailure = ['--transport', 'tcp', '--only', 'framing/notification-unchanged'];

function reportOf(folder: string): ConformanceReport {
  return JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
}

t.test('a run of the reference on three transports, and all that is made of it', async (t) => {
  const folder = t.testdir();
  const kept = join(folder, 'kept');
  const only = ['--only', 'framing/blank-lines,framing/noise', '--seed', 'a-seed'];
  const files = ['json', 'junit', 'markdown'].map((name) => `${name}=${join(folder, name)}`);
  const run = await conform(
    ...['bus', ...only, '--keep', kept, '--trace', 'framing/blank-lines'],
    ...['--report', `${files.join()},tap=-`],
  );
  t.equal(run.code, 0, run.stderr);
  t.match(run.stdout, /^TAP version 14\n[\s\S]*^1\.\.6\n(ok \d+ - .*\n){6}$/m);
  t.match(run.stderr, /^framing\/blank-lines on unix:\n +\d+\.\d ms {2}bus start$/m);
  t.match(run.stderr, / ms {2}c1 ► \{"jsonrpc":"2\.0","id":1,"method":"probe\/echo"/);
  t.match(run.stderr, /\nconformant: reference is conformant \(a part of .*passed\n$/);
  t.equal(
    xmlElements(xmlElementFrom(readFileSync(join(folder, 'junit'), 'utf8')), 'testcase').length,
    6,
  );
  t.match(
    readFileSync(join(folder, 'markdown'), 'utf8'),
    /^# Conformance of reference\n\n\*\*conformant\*\*/,
  );
  const report = reportOf(kept);
  t.ok(validateConformanceReport(report), JSON.stringify(validateConformanceReport.errors));
  t.strictSame(report, JSON.parse(readFileSync(join(folder, 'json'), 'utf8')));
  t.match(report, { seed: 'a-seed', verdict: 'conformant', selection: { complete: false } });
  t.strictSame([...new Set(report.scenarios.map((each) => each.transport))].sort(), [
    'stdio',
    'tcp',
    'unix',
  ]);

  await t.test('can be verified, and makes a badge', async (t) => {
    const file = join(kept, 'report.json');
    t.match(await conform('verify', file), {
      code: 0,
      stdout: /^the report holds: reference is conf/,
    });
    t.match(await conform('badge', file), { code: 0, stdout: /^<svg / });
  });

  await t.test('gives the same verdicts when it is judged again', async (t) => {
    const replay = await conform('replay', kept);
    t.match(replay, { code: 0, stderr: '', stdout: /\nconformant: reference is conformant/ });
  });

  await t.test('gives another verdict where its history was changed', async (t) => {
    const { history = '' } = report.scenarios.find(({ id }) => id === 'framing/blank-lines') ?? {};
    const lines = readFileSync(join(kept, history), 'utf8').split('\n');
    const last = lines.findLastIndex((line) => /"client-bytes".*"received"/.test(line));
    writeFileSync(join(kept, history), lines.toSpliced(last, 1).join('\n'));
    const { code, stdout, stderr } = await conform('replay', kept);
    t.equal(code, 1);
    t.match(stderr, /^framing\/blank-lines on tcp: fail now, pass then\n$/);
    t.match(stdout, /^FAIL COR-1 MUST /m);
    writeFileSync(join(kept, history), '{}\n');
    t.match(await conform('replay', kept), { code: 3, stderr: /ndjson:1: this is no record of a/ });
  });

  await t.test('comes the same again from its seed', async (t) => {
    const again = join(folder, 'again');
    const noise = ['--only', 'framing/noise', '--transport', 'tcp'];
    await conform('bus', ...noise, '--seed', 'a-seed', '--repeat', '2', '--keep', again);
    t.match(reportOf(again).scenarios[0], {
      attempts: 2,
      attemptVerdicts: ['pass', 'pass'],
      unstable: false,
    });
    t.strictSame(
      sentIn(join(again, 'tcp/framing.noise.1.ndjson')),
      sentIn(join(kept, 'tcp/framing.noise.ndjson')),
    );
    t.strictNotSame(
      sentIn(join(again, 'tcp/framing.noise.1.ndjson')),
      sentIn(join(again, 'tcp/framing.noise.2.ndjson')),
    );
    t.strictSame(readdirSync(join(again, 'tcp')).length, 2);
  });
});

/** What clients sent, in a kept history. */
function sentIn(file: string): string[] {
  const records = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return records
    .filter(({ kind, direction }) => kind === 'client-bytes' && direction === 'sent')
    .map(({ text, base64 }) => text ?? base64);
}

t.test('a bus with other flags names the places itself', async (t) => {
  const tcp = ['--config', '{config}', '--tcp', '{host}:{port}'];
  const run = await conform('bus', '--only', 'framing/blank-lines', '--', ...reference, ...tcp);
  t.match(run, { code: 0, stdout: /on tcp\): 1 of 1 judged requirement passed\n$/ });
});

t.test('a manifest names commands, capabilities and environment', async (t) => {
  const folder = t.testdir();
  const manifest = join(folder, 'subject.yaml');
  const command = JSON.stringify([...reference, '--config', '{config}', '--unix', '{socket}']);
  const text = `name: their bus\nversion: "7"\ncapabilities: [hello]\ntransports:\n  unix: {command: ${command}}\n`;
  writeFileSync(manifest, text);
  const file = join(folder, 'report.json');
  const run = await conform(
    ...['bus', '--subject', manifest, '--only', 'framing/blank-lines', '--report', `json=${file}`],
  );
  t.match(run, { code: 0, stdout: /their bus is conformant \(a part of .* on unix\)/ });
  t.match(reportOf(folder), {
    subject: { name: 'their bus', version: '7' },
    capabilities: ['hello'],
  });
  writeFileSync(manifest, text.replace('hello', 'helo'));
  t.match(await conform('bus', '--subject', manifest), {
    code: 3,
    stderr: /subject\.yaml: \/capabilities\/0: /,
  });
  t.match(await conform('bus', '--subject', manifest, '--', 'x'), { code: 64, stderr: /not both/ });
});

t.test('a failure says what was asked, what was seen, and how to see it again', async (t) => {
  const { code, stdout, stderr } = await conform('bus', ...aFailure, '--', ...naiveBus);
  t.equal(code, 1);
  t.match(stderr, /^fail framing\/notification-unchanged on tcp: FRM-7: /);
  t.match(stdout, /^FAIL FRM-7 MUST A forwarded frame arrives byte for byte/m);
  for (const label of ['scenario', 'reason', 'expected', 'seen', 'timeline', 'again']) {
    t.match(stdout, new RegExp(`^ {2}${label} +`, 'm'), label);
  }
  t.match(stdout, /^ +\d+\.\d ms {2}main\/0\/1 ◄ \{"params":\{"a":1/m);
  const again = /^ {2}again +stdio-bus-kit (.*)$/m.exec(stdout)?.[1]?.split(' ') ?? [];
  const { code: sameCode, stdout: same } = await runCli(again);
  t.equal(sameCode, 1);
  const verdictOf = (text: string) => text.trimEnd().split('\n').at(-1);
  t.equal(verdictOf(same), verdictOf(stdout));
});

t.test('the first failure ends a run with --fail-fast', async (t) => {
  const folder = t.testdir();
  const run = await conform(
    ...['bus', '--transport', 'tcp', '--only', 'framing/*-unchanged,framing/whitespace'],
    ...['--fail-fast', '--jobs', '1', '--keep', folder, '--', ...naiveBus],
  );
  t.equal(run.code, 1);
  t.equal(reportOf(folder).counts.fail, 1);
});

t.test('a baseline knows failures, and each of its entries has to come', async (t) => {
  const file = join(t.testdir(), 'known.yaml');
  const entryOf = (id: string, reason: string) =>
    `version: 1\nfailures:\n  - {id: ${id}, reason: ${reason}, link: "https://example.test/1"}\n`;
  const run = (...command: string[]) =>
    conform('bus', ...aFailure, '--baseline', file, '--', ...command);
  writeFileSync(file, entryOf('FRM-7', 'a'));
  const known = await run(...naiveBus);
  t.match(known, { code: 0, stdout: /^KNOWN FRM-7 [\s\S]*1 failure known from a baseline\n$/m });
  writeFileSync(file, entryOf('framing/notification-unchanged', 'a'));
  const passing = await run(...reference);
  t.match(passing, {
    code: 1,
    stdout: /passes now, take it out: framing\/notification-unchanged: a\n/,
  });
  writeFileSync(file, entryOf('framing/notification-unchanged', 'b'));
  const other = await run(...naiveBus);
  t.match(other, {
    code: 1,
    stdout: /fails for another reason: framing\/notification-unchanged: b\n/,
  });
});

t.test(
  'a baseline is never overwritten by a part of a run, or where it has a mistake',
  async (t) => {
    const file = join(t.testdir(), 'known.yaml');
    const update = ['bus', '--baseline', file, '--update-baseline'];
    writeFileSync(file, 'version: 1\nfailures: [{id: FRM-7, raeson: a}]\n');
    const text = readFileSync(file, 'utf8');
    t.match(await conform(...update, ...aPass), {
      code: 64,
      stderr: /--update-baseline needs a full run/,
    });
    t.match(await conform(...update, '--', 'false'), {
      code: 3,
      stderr: /known\.yaml: \/failures\/0/,
    });
    t.equal(readFileSync(file, 'utf8'), text);
    const fresh = `${file}.new.yaml`;
    const { code, stderr } = await conform(
      'bus',
      '--baseline',
      fresh,
      '--update-baseline',
      '--',
      'false',
    );
    t.match(stderr, /stays as it is: nothing can be learned from this run/);
    t.equal(code, 1);
    t.match(await conform('bus', '--baseline', fresh, ...aPass), {
      code: 3,
      stderr: /cannot read/,
    });
    const nowhere = join(fresh, 'x.yaml');
    t.match(await conform('bus', '--baseline', nowhere, '--update-baseline'), {
      code: 3,
      stderr: /cannot write/,
    });
  },
);

t.test('wrong usage is told before anything is started', async (t) => {
  const table: [args: string[], message: RegExp][] = [
    [['--only', 'FRM-111'], /--only "FRM-111" matches no scenario/],
    [['--only', 'framing/noise', '--profile', 'config'], /leaves no scenario of config/],
    [['--skip', 'framig/*'], /did you mean "framing\/\*"/],
    [['--transport', 'udp'], /--transport/],
    [['--repeat', '0'], /--repeat is a whole number from 1 to 10000, not "0"/],
    [['--seed', 'a b'], /--seed is 1 to 64 letters/],
    [['--steps', '1,x'], /--steps/],
    [['--update-baseline'], /needs --baseline FILE/],
    [['--report', 'xml=a'], /--report takes json, junit, tap, markdown/],
    [['./their_bus'], /put the command of the bus after --: -- \.\/their_bus/],
    [['--'], /which command\?/],
  ];
  for (const [args, message] of table) {
    const { code, stderr } = await conform('bus', ...args);
    t.match(stderr, message);
    t.equal(code, 64, args.join(' '));
  }
  t.match(await conform('bus', ...aPass, '--report', 'json=/nowhere/a'), {
    code: 3,
    stderr: /cannot write/,
  });
});

t.test('where nothing ran, the exit code is 2', async (t) => {
  t.match(await conform('bus', '--skip', '*'), {
    code: 2,
    stdout: /^inconclusive: .*nothing was judged\n$/,
  });
});
