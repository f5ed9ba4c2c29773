import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { runCli } from '../testing/run-cli.ts';
import { sampleReport, sampleResult } from '../testing/sample-conformance.ts';
import { readCatalogue } from './catalogue/catalogue.ts';

// Processes are started and judged, on a machine that may be busy.
t.setTimeout(240_000);

const conform = (...args: string[]) => runCli(['conform', ...args]);
const picturesIn = (html: string) => html.split('<div class="packed">').length - 1;

t.test('a run writes its page, and a kept run makes the same page again', async (t) => {
  const folder = t.testdir();
  const [kept, page, again] = ['kept', 'page.html', 'again.html'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const run = await conform(
    ...['bus', '--transport', 'tcp', '--only', 'restart/exit-0,framing/blank-lines'],
    ...['--keep', kept, '--report', `html=${page}`],
  );
  t.equal(run.code, 0, run.stderr);
  const html = readFileSync(page, 'utf8');
  t.match(html, /<strong>Conformant<\/strong>/);
  t.equal(picturesIn(html), 2);

  const report = join(kept, 'report.json');
  t.match(await conform('report', report, '--report', `html=${again}`), {
    code: 0,
    stdout: `wrote ${again}\n`,
    stderr: '',
  });
  t.equal(picturesIn(readFileSync(again, 'utf8')), 2);
  t.match(await conform('replay', kept, '--report', `html=${again}`), { code: 0 });
  t.equal(picturesIn(readFileSync(again, 'utf8')), 2);

  rmSync(join(kept, 'tcp'), { recursive: true });
  const alone = await conform('report', report, '--report', `html=${again}`);
  t.match(alone, { code: 0, stderr: /^2 histories cannot be drawn: cannot read .*\n$/ });
  t.equal(picturesIn(readFileSync(again, 'utf8')), 0);
});

t.test('several reports make a matrix: on the terminal, in Markdown, as a page', async (t) => {
  const folder = t.testdir();
  const catalogue = readCatalogue();
  const write = (name: string, report: object) => {
    const file = join(folder, name);
    writeFileSync(file, JSON.stringify(report));
    return file;
  };
  const ours = write('ours.json', sampleReport([sampleResult()], { catalogue }));
  const broken = sampleResult({ verdict: 'fail' });
  const subject = { name: 'theirs|', command: ['x'] };
  const theirs = write('theirs.json', sampleReport([broken], { catalogue, subject }));
  const text = await conform('report', ours, theirs);
  t.match(text, { code: 0, stderr: '' });
  t.match(text.stdout, /^a {2}their bus: .*\nb {2}theirs\|: /);
  t.match(text.stdout, /^AFF-1 +✓ ✗ {2}≠ {2}MUST /m);
  t.match(text.stdout, /^AFF-2 +· · {5}MUST /m);

  const page = join(folder, 'matrix.html');
  const both = await conform('report', ours, theirs, '--report', `markdown=-,html=${page}`);
  t.match(both.stdout, /^\| AFF-1 \| MUST \| .* \| ✓ \| ✗ failed \|$/m);
  t.match(both.stdout, /^\| requirement \| .* \| their bus \| theirs\\\| \|$/m);
  t.match(both, { code: 0, stderr: `wrote ${page}\n` });
  t.match(readFileSync(page, 'utf8'), /href="#f-AFF-1-1"/);

  const worker = write('worker.json', sampleReport([], { catalogue, kind: 'worker' }));
  t.match(await conform('report', ours, worker), {
    code: 3,
    stdout: '',
    stderr: /ours\.json is of a bus, .*worker\.json is not: they have no requirement in common/,
  });
});

t.test('one report is told as its run told it, and given in any format', async (t) => {
  const file = join(t.testdir(), 'report.json');
  writeFileSync(file, JSON.stringify(sampleReport([sampleResult()])));
  t.match(await conform('report', file), { code: 0, stdout: /\nconformant: their bus / });
  t.match(await conform('report', file, '--report', 'tap=-'), { code: 0, stdout: /^TAP version/ });
  t.match(await conform('report', file, '--report', `html=${file}/x`), { code: 3, stdout: '' });
  writeFileSync(file, '{}');
  t.match(await conform('report', file), { code: 3, stderr: /report\.json: \/version: missing/ });
});
