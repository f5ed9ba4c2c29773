import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type {
  ConformanceReport,
  ScenarioResult,
} from '../../schemas/generated/conformance-report.ts';
import {
  sampleCatalogue as catalogue,
  sampleReport,
  sampleResult,
} from '../../testing/sample-conformance.ts';
import { readReport, verifyReportFile } from './report-file.ts';
import type { KnownScenario } from './verified-scenario.ts';
import { reportProblems } from './verify-report.ts';

const scenarios: readonly KnownScenario[] = [
  { id: 'affinity/rfc', requirements: ['AFF-1'], transports: ['tcp', 'unix'] },
  { id: 'affinity/spread', requirements: ['AFF-5'] },
  { id: 'hello/one', requirements: ['EXT-1'] },
];
const options = { catalogue, scenarios, nowMs: Date.UTC(2026, 0, 6) };
const selection = {
  profiles: ['core' as const],
  transports: ['tcp' as const, 'stdio' as const],
  only: [],
  skip: [],
  repeat: 1,
  complete: true,
};
const spread = (members: Partial<ScenarioResult> = {}) =>
  sampleResult({ id: 'affinity/spread', requirements: ['AFF-5'], ...members });
const results = [sampleResult(), spread(), spread({ transport: 'stdio' })];
const good = sampleReport(results, { selection });

/** The problems of a good report with a change made to it. */
function problemsAfter(change: (report: ConformanceReport) => void): string[] {
  const report = structuredClone(good);
  change(report);
  return reportProblems(report, options);
}
const scenarioOf = (report: ConformanceReport) => report.scenarios[0] as ScenarioResult;

t.test('reports as the suite makes them hold, whatever their verdict', async (t) => {
  const failed = { verdict: 'fail' as const };
  const baseline = { sha256: 'b'.repeat(64), failures: [{ id: 'AFF-1', reason: 'fail' }] };
  const partial = { selection: { ...selection, complete: false } };
  const startFailure = { command: ['x'], exitCode: 1, signal: null, stderr: [] };
  for (const report of [
    good,
    sampleReport([sampleResult(failed), ...results.slice(1)], { selection }),
    sampleReport([sampleResult(failed)], { ...partial, baseline }),
    sampleReport([sampleResult()], { ...partial, baseline }),
    sampleReport([sampleResult({ ...failed, checks: [] })], partial),
    sampleReport([sampleResult({ verdict: 'harness-error' })], partial),
    sampleReport([], partial),
    sampleReport([], { startFailure, selection }),
  ]) {
    t.strictSame(reportProblems(report, options), [], report.verdict);
  }
});

t.test('what runs once, whatever the transport, is missing on the first one only', async (t) => {
  const once = { id: 'affinity/spread', requirements: ['AFF-5'], isTransportFree: true };
  const suite = {
    ...options,
    scenarios: scenarios.map((each) => (each.id === once.id ? once : each)),
  };
  const problems = (...parts: ScenarioResult[]) =>
    reportProblems(sampleReport(parts, { selection }), suite);
  t.strictSame(problems(sampleResult(), spread()), []);
  t.strictSame(problems(sampleResult(), spread({ transport: 'stdio' })), [
    'affinity/spread on tcp: is missing, and the report calls itself complete',
  ]);
});

t.test('whatever is changed in a report is told in one line', async (t) => {
  const table: [change: (report: ConformanceReport) => void, problem: RegExp][] = [
    [(r) => r.requirements.pop(), /^SEC-4: is missing$/],
    [
      (r) => r.requirements.push(r.requirements[0] as (typeof r.requirements)[0]),
      /^COR-1: stands 2 times$/,
    ],
    [
      (r) => r.requirements.push({ id: 'WRK-1', level: 'MUST', verdict: 'pass', scenarios: [] }),
      /^WRK-1: is no requirement for a bus$/,
    ],
    [
      (r) => Object.assign(r.requirements[0] as object, { verdict: 'pass' }),
      /^COR-1: says pass, and its scenarios not-run$/,
    ],
    [
      (r) => Object.assign(r.requirements[1] as object, { level: 'SHOULD' }),
      /^AFF-1: is a MUST, not a SHOULD$/,
    ],
    [
      (r) => Object.assign(r.requirements[1] as object, { scenarios: [] }),
      /^AFF-1: names other scenarios/,
    ],
    [(r) => Object.assign(r.counts, { pass: 4 }), /^counts say 4 × pass, and the scenarios 3$/],
    [
      (r) => Object.assign(r, { verdict: 'inconclusive' }),
      /^the verdict says inconclusive, and the scenarios conformant$/,
    ],
    [
      (r) => Object.assign(r.catalogue, { sha256: 'c'.repeat(64) }),
      /^the catalogue is another one: c+ /,
    ],
    [(r) => Object.assign(r.catalogue, { version: '2' }), /^the catalogue's version is 1, not 2$/],
    [(r) => Object.assign(r.suite, { name: 'mine' }), /^the suite is mine/],
    [
      (r) => Object.assign(scenarioOf(r), { checks: [] }),
      /^affinity\/rfc on tcp: says pass, and its checks nothing$/,
    ],
    [
      (r) => scenarioOf(r).checks.push({ requirement: 'AFF-1', verdict: 'fail' }),
      /^affinity\/rfc on tcp: says pass, and its checks fail$/,
    ],
    [
      (r) => Object.assign(scenarioOf(r), { id: 'mine/own' }),
      /^mine\/own on tcp: is no scenario of this kit$/,
    ],
    [
      (r) => Object.assign(scenarioOf(r), { profile: 'flow' }),
      /^affinity\/rfc on tcp: is of the profile core, not flow$/,
    ],
    [
      (r) => Object.assign(scenarioOf(r), { requirements: ['AFF-1', 'COR-1'] }),
      /^affinity\/rfc on tcp: checks AFF-1, not AFF-1, COR-1$/,
    ],
    [
      (r) => Object.assign(scenarioOf(r), { transport: 'unix' }),
      /^affinity\/rfc on unix: ran on a transport that was not selected$/,
    ],
    [
      (r) => scenarioOf(r).checks.push({ requirement: 'AFF-99', verdict: 'pass' }),
      /^affinity\/rfc on tcp: judges AFF-99/,
    ],
    [(r) => r.scenarios.push(scenarioOf(r)), /^affinity\/rfc on tcp: stands twice$/],
    [
      (r) => r.scenarios.pop(),
      /^affinity\/spread on stdio: is missing, and the report calls itself complete$/,
    ],
    [
      (r) => Object.assign(r.selection, { skip: ['x'] }),
      /calls itself complete, and has --only or --skip$/,
    ],
    [
      (r) => Object.assign(scenarioOf(r), { attempts: 3, attemptVerdicts: ['pass', 'pass'] }),
      /says 3 attempts, and the verdicts of 2$/,
    ],
    [
      (r) => Object.assign(scenarioOf(r), { attempts: 2, attemptVerdicts: ['pass', 'fail'] }),
      /says stable, and its attempts do not$/,
    ],
    [
      (r) =>
        Object.assign(scenarioOf(r), {
          attempts: 2,
          attemptVerdicts: ['pass', 'fail'],
          unstable: true,
        }),
      /says pass, and its attempts pass, fail$/,
    ],
    [
      (r) => Object.assign(r, { startedAt: '2026-02-30T00:00:00Z' }),
      /^startedAt is no moment: 2026-02-30/,
    ],
    [
      (r) => Object.assign(r, { startedAt: '2026-13-01T00:00:00Z' }),
      /^startedAt is no moment: 2026-13-01/,
    ],
    [(r) => Object.assign(r, { startedAt: '2019-01-01T00:00:00Z' }), /before there was a kit/],
    [(r) => Object.assign(r, { startedAt: '2027-01-01T00:00:00Z' }), /^it ends in the future$/],
    [
      (r) => Object.assign(r, { durationMs: 3 }),
      /^a scenario took 12.5 ms, and the whole run 3 ms$/,
    ],
  ];
  for (const [change, problem] of table) {
    const problems = problemsAfter(change);
    t.ok(
      problems.some((each) => problem.test(each)),
      `${problem}: ${problems.join(' | ')}`,
    );
    t.notOk(problems.some((each) => each.includes('\n')));
  }
});

t.test('a baseline cannot know more failures, or others, than there are', async (t) => {
  const failed = sampleReport([sampleResult({ verdict: 'fail' })], {
    baseline: { sha256: 'b'.repeat(64), failures: [{ id: 'AFF-1', reason: 'fail' }] },
  });
  t.strictSame(reportProblems(failed, options), []);
  const changed = (known: number) =>
    reportProblems({ ...failed, baseline: { ...failed.baseline, known } as never }, options);
  t.match(changed(0), [/^the verdict says conformant, and the scenarios not-conformant$/]);
  t.match(changed(2), [/^the baseline is said to know 2 failures, and there are 1$/]);
});

t.test('a file that is no report is told so, with the places', async (t) => {
  const folder = t.testdir({ 'a.json': '{"version":1}', 'b.json': 'no' });
  const verified = verifyReportFile(join(folder, 'a.json'), options);
  t.equal(verified.report, undefined);
  t.ok(
    verified.problems.some((line) => line.startsWith('/verdict: missing')),
    verified.problems.join('\n'),
  );
  t.throws(() => verifyReportFile(join(folder, 'b.json'), options), { name: 'SetUpProblem' });
  t.throws(() => readReport(join(folder, 'a.json')), {
    name: 'SetUpProblem',
    message: /a\.json: \/verdict: missing/,
  });
  const file = join(folder, 'good.json');
  writeFileSync(file, JSON.stringify(good));
  t.strictSame(verifyReportFile(file, options), { report: good, problems: [] });
  t.strictSame(readReport(file), good);
});
