import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { LoadQuestion, LoadReport, LoadSample } from '../../schemas/generated/load-report.ts';
import { createLatencySamples } from '../load/latency-samples.ts';
import { chartsOf } from './charts.ts';
import { htmlFrom } from './html.ts';
import { linesOf } from './lines.ts';
import { loadForms } from './load-forms.ts';
import { markdownFrom } from './markdown.ts';
import { betweenMarks } from './marked-text.ts';
import { measuresOf } from './measure.ts';
import { ratiosOf } from './ratios.ts';
import { warningsOf } from './remarks.ts';
import { writeReportFiles } from './report-files.ts';
import { resultsOf } from './results.ts';
import { sampleReport } from './sample-report.ts';
import { tableFrom } from './table.ts';

function sampleOf(subject: string, round: number, more: Partial<LoadSample>): LoadSample {
  const counts = { sent: 10, answered: 10, lost: 0, duplicated: 0, misrouted: 0, errors: 0 };
  return { subject, round, question: 'throughput', point: { inFlight: 64 }, counts, ...more };
}

function ratiosFor(ours: number[], theirs: number[], seed = '1') {
  const samples = [
    ...ours.map((framesPerSec, at) => sampleOf('ours', at + 1, { framesPerSec })),
    ...theirs.map((framesPerSec, at) => sampleOf('theirs', at + 1, { framesPerSec })),
  ];
  return ratiosOf({ samples, subjects: sampleReport().subjects, seed });
}

t.test(
  'a ratio is that of the medians, and its interval holds what rounds drawn anew give',
  async (t) => {
    const [ratio] = ratiosFor([100, 110, 90, 105, 95], [50, 58, 42, 54, 46]);
    t.equal(ratio?.subject, 'theirs');
    t.equal(ratio?.interval.ratio, 0.5);
    const { low = 0, high = 0 } = ratio?.interval ?? {};
    t.ok(low > 0.4 && low < 0.5 && high > 0.5 && high < 0.6, `${low} to ${high}`);
  },
);

t.test('equal rounds give an interval without width, noisy ones a wide one', async (t) => {
  t.match(ratiosFor([100, 100, 100], [200, 200, 200])[0]?.interval, { low: 2, ratio: 2, high: 2 });
  const { low = 0, high = 0 } = ratiosFor([100, 20, 300], [100, 500, 10])[0]?.interval ?? {};
  t.ok(low < 1 && high > 1);
});

t.test('the same seed gives the same interval', async (t) => {
  const ours = [100, 130, 90, 70];
  const theirs = [80, 140, 60, 90];
  t.same(ratiosFor(ours, theirs, 'a'), ratiosFor(ours, theirs, 'a'));
});

t.test('a round in which one of them has no figure compares nothing', async (t) => {
  t.same(ratiosFor([], [10, 10]), []);
  t.equal(ratiosFor([10], [5, 500])[0]?.interval.ratio, 0.5);
});

t.test('lost, duplicated and misrouted requests and a death stand beside the speed', async (t) => {
  const report = sampleReport();
  const theirs = linesOf(report).find(({ subject }) => subject === 'theirs');
  t.equal(theirs?.fault, 'ended: SIGSEGV (in 1 of 3 rounds), 3 lost, 1 duplicated');
  const text = tableFrom(report);
  t.match(text, /theirs .* ended: SIGSEGV \(in 1 of 3 rounds\), 3 lost, 1 duplicated/);
  t.match(text, /theirs FAILED the conformance gate: FRM-3, AFF-1/);
  t.match(
    markdownFrom(report),
    /\*\*ended: SIGSEGV \(in 1 of 3 rounds\), 3 lost, 1 duplicated\*\*/,
  );
});

t.test('a figure that is bound by the load generator, or unsteady, says so', async (t) => {
  const busy = { framesPerSec: 1000, generatorCpuShare: 0.97 };
  const late = { latencyUs: { ...sampleReport().samples[0]?.latencyUs, p99: 100 } };
  const samples = [
    sampleOf('ours', 1, busy),
    sampleOf('ours', 2, { ...busy, framesPerSec: 3000 }),
    sampleOf('theirs', 1, { ...late, generatorLatenessUs: 80 } as Partial<LoadSample>),
  ];
  const warnings = warningsOf(resultsOf({ ...sampleReport(), samples }));
  t.match(warnings[0], /ours, 64 in flight.*bound by the load generator \(97 %/);
  t.match(warnings[1], /unsteady: ×3.0/);
  t.match(warnings[2], /theirs.*generator itself was 80.0 µs late/);
});

t.test('an error of one round among several says in how many', async (t) => {
  const samples = [
    sampleOf('ours', 1, { framesPerSec: 1000 }),
    sampleOf('ours', 2, { error: 'no answer' }),
    sampleOf('theirs', 1, { error: 'no answer' }),
  ];
  const [ours, theirs] = resultsOf({ ...sampleReport(), samples });
  t.equal(ours?.error, 'no answer (in 1 of 2 rounds)');
  t.equal(theirs?.error, 'no answer');
});

t.test('a machine that was busy when the run began is named as such', async (t) => {
  const report = sampleReport();
  const text = `Doubtful: the machine was busy when the run began: a load of 9.0 on`;
  for (const shownIn of [tableFrom, markdownFrom, htmlFrom]) {
    t.ok(shownIn({ ...report, loadAtStart: 9 }).includes(text), shownIn.name);
    t.notOk(shownIn({ ...report, loadAtStart: 0.1 }).includes('Doubtful'), shownIn.name);
    t.notOk(shownIn(report).includes('Doubtful'), shownIn.name);
  }
});

t.test('what a bus says cannot break out of the table', async (t) => {
  const report: LoadReport = {
    ...sampleReport(),
    samples: [sampleOf('ours', 1, { error: 'a|b\n\u001b[31m<i>' })],
  };
  t.match(markdownFrom(report), /a\\\|b\\\\u\{a\}\\\\u\{1b\}\\\[31m&lt;i>/);
  t.notOk(tableFrom(report).includes('\u001b'));
});

t.test('a README gets the table between its comments, and keeps the rest', async (t) => {
  const readme = '# A\n\n<!-- bench bus -->\nold\n<!-- /bench bus -->\n\nend\n';
  const once = betweenMarks(readme, 'bench bus', 'new\n') ?? '';
  t.equal(once, '# A\n\n<!-- bench bus -->\n\nnew\n\n<!-- /bench bus -->\n\nend\n');
  t.equal(betweenMarks(once, 'bench bus', 'new'), once);
  t.equal(betweenMarks(readme, 'bench latency', 'new'), undefined);
  const folder = t.testdir({ 'README.md': readme });
  const files = [{ format: 'markdown', file: join(folder, 'README.md') }] as const;
  t.ok(await writeReportFiles(loadForms(sampleReport()), files));
  const written = readFileSync(join(folder, 'README.md'), 'utf8');
  t.match(written, /^# A\n.*\| 16 in flight, 200 B \| ours \|.*\nend\n$/s);
  t.notMatch(written, /old|# Buses/);
});

t.test('what was not asked is named', async (t) => {
  const all = Object.keys(measuresOf) as LoadQuestion[];
  const reportOf = (questions: readonly LoadQuestion[]): LoadReport => {
    const samples = questions.map((question) => sampleOf('ours', 1, { question }));
    return { ...sampleReport(), samples, ratios: [] };
  };
  const most = reportOf(all.filter((name) => name !== 'pending' && name !== 'slow-reader'));
  const words = /^Not asked in this run: pending, slow-reader\.$/m;
  t.match(tableFrom(most), words);
  t.match(markdownFrom(most), words);
  t.match(htmlFrom(most), />Not asked in this run: pending, slow-reader\.</);
  t.notMatch(tableFrom(reportOf(all)), /Not asked/);
  t.notMatch(tableFrom(sampleReport()), /Not asked/, 'one question was chosen');
});

t.test('a percentile curve ends where too few samples are beyond', async (t) => {
  const latency = createLatencySamples();
  for (let us = 1; us <= 1000; us++) latency.record(us * 1000);
  const histogram = latency.histogram() as string;
  const point = { payloadBytes: 200, transport: 'tcp' } as const;
  const samples = [sampleOf('ours', 1, { question: 'round-trip', point, histogram })];
  const [chart] = chartsOf({ ...sampleReport(), samples });
  const points = chart?.series[0]?.points ?? [];
  const [place, us] = points.at(-1) ?? [0, 0];
  t.equal(Math.round(place), 200, 'p99.5 has five samples beyond it');
  t.ok(Math.abs(us - 995) < 2, `${us}`);
});
