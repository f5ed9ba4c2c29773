import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { sampleCatalogue, sampleReport, sampleResult } from '../../testing/sample-conformance.ts';
import { createProgress } from './progress.ts';
import {
  checkReportDestinations,
  isToStandardOutput,
  reportDestinationsFromOption,
} from './report-destination.ts';
import { writeReports } from './report-writer.ts';

t.test('--report takes a file for each format, and standard output', async (t) => {
  const destinations = reportDestinationsFromOption('json=a=b.json,tap=-,markdown=c.md');
  t.strictSame(destinations, [
    { format: 'json', file: 'a=b.json' },
    { format: 'tap', file: '-' },
    { format: 'markdown', file: 'c.md' },
  ]);
  t.ok(isToStandardOutput(destinations));
  t.notOk(isToStandardOutput(reportDestinationsFromOption('junit=x.xml')));
});

t.test('--report that cannot be meant is wrong usage', async (t) => {
  const table: [text: string, message: RegExp][] = [
    ['', /json, junit, tap, markdown, html, each with =FILE, not ""/],
    ['pdf=x', /not "pdf=x"/],
    ['json', /json: to which FILE\?/],
    ['json=', /json: to which FILE\?/],
    ['json=a,json=b', /json stands twice/],
    ['json=-,tap=-', /json and tap go to one place/],
    ['json=a/../b,tap=./b', /json and tap go to one place/],
    ['json=a,', /not ""/],
  ];
  for (const [text, message] of table) {
    t.throws(() => reportDestinationsFromOption(text), { name: 'UsageError', message }, text);
  }
});

t.test('all reports are made from one, though another cannot be written', async (t) => {
  const folder = t.testdir();
  const report = sampleReport([sampleResult()]);
  const write = (text: string) =>
    writeReports(report, {
      destinations: reportDestinationsFromOption(text),
      catalogue: sampleCatalogue,
    });
  const [json, xml] = [join(folder, 'r.json'), join(folder, 'r.xml')];
  t.throws(() => write(`tap=${folder},json=${json},markdown=${folder}/none/x,junit=${xml}`), {
    name: 'SetUpProblem',
    message: /^cannot write .*: it is a folder\ncannot write .*: there is no such file or folder$/,
  });
  t.strictSame(JSON.parse(readFileSync(json, 'utf8')), report);
  t.match(readFileSync(xml, 'utf8'), /<testsuites/);
});

t.test('before a run it is known whether its reports can be written', async (t) => {
  const folder = t.testdir();
  const check = (text: string) => checkReportDestinations(reportDestinationsFromOption(text));
  const file = join(folder, 'r.json');
  check(`json=${file},tap=-`);
  t.notOk(existsSync(file), 'nothing is written');
  writeFileSync(file, '');
  check(`json=${file}`);
  t.throws(() => check(`json=${folder}`), { name: 'SetUpProblem', message: /it is a folder/ });
  t.throws(() => check(`json=${folder}/none/x`), { message: /no such file or folder/ });
  t.throws(() => check(`json=${file}/x`), { message: /a part of its path is no folder/ });
  if (process.getuid?.() !== 0) {
    mkdirSync(join(folder, 'closed'));
    chmodSync(join(folder, 'closed'), 0o500);
    t.throws(() => check(`json=${folder}/closed/x`), { message: /permission denied/ });
  }
});

const failed = sampleResult({
  verdict: 'fail',
  checks: [
    { requirement: 'AFF-1', verdict: 'fail', reason: 'two \u001b[31mworkers' },
    { requirement: 'COR-1', verdict: 'fail', reason: 'none' },
  ],
});

/** What a run of three scenarios writes to a stream. */
function written(stream: { isTTY?: boolean; columns?: number }): string[] {
  const texts: string[] = [];
  const progress = createProgress({ ...stream, write: (text) => texts.push(text) });
  progress.onPlan(3);
  progress.onStart({ id: 'correlation/one', transport: 'tcp' });
  progress.onStart({ id: 'affinity/rfc', transport: 'tcp' });
  progress.onResult(sampleResult({ id: 'correlation/one' }));
  progress.onResult(failed);
  progress.onStart({ id: 'drain/signal', transport: 'unix' });
  const error = { error: 'no port', verdict: 'harness-error', transport: 'unix' } as const;
  progress.onResult(sampleResult({ ...error, id: 'drain/signal' }));
  progress.end();
  return texts;
}

t.test('where there is no terminal, only what did not pass makes a line', async (t) => {
  t.strictSame(written({}), [
    'fail affinity/rfc on tcp: AFF-1: two workers (and 1 more)\n',
    'harness-error drain/signal on unix: no port\n',
  ]);
});

t.test('on a terminal one line says how far the run is and what runs now', async (t) => {
  const texts = written({ isTTY: true });
  t.match(texts[2], /^\r.*0\/3 · correlation\/one on tcp, affinity\/rfc on tcp$/);
  t.match(texts[3], /^\r.*1\/3 · affinity\/rfc on tcp$/);
  const [cleared, line, drawn] = texts.slice(4);
  t.equal(cleared, '\r\x1b[K');
  t.match(line, /^fail affinity\/rfc on tcp: AFF-1: /);
  t.match(drawn, /2\/3 · 1 failed$/);
  t.equal(texts.at(-1), '\r\x1b[K');
});

t.test('the line is never as long as the terminal is wide', async (t) => {
  const drawn = written({ isTTY: true, columns: 12 }).filter((text) => text.startsWith('\r'));
  for (const text of drawn) t.ok(text.slice('\r\x1b[K'.length).length < 12, text);
});
