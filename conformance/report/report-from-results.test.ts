import t from 'tap';
import { thisMachine } from '../../machine.ts';
import type { ConformanceReport } from '../../schemas/generated/conformance-report.ts';
import { validateConformanceReport } from '../../schemas/generated/conformance-report.validate.ts';
import { validateMachine } from '../../schemas/generated/run.validate.ts';
import { sampleReport, sampleResult } from '../../testing/sample-conformance.ts';
import { exitCodeFromVerdict } from '../exit-code.ts';
import type { FinishedRun } from './report-from-results.ts';

const passing = sampleResult();
const spread = { id: 'affinity/spread', requirements: ['AFF-5'] };

function verdictOf(report: ConformanceReport, id: string): string | undefined {
  return report.requirements.find((requirement) => requirement.id === id)?.verdict;
}

t.test('a report keeps its schema, with every requirement for its kind in order', async (t) => {
  const report = sampleReport([passing], { facts: { startMs: 12 }, via: 'http' });
  t.ok(validateConformanceReport(report));
  t.strictSame(
    report.requirements.map(({ id }) => id),
    ['COR-1', 'AFF-1', 'AFF-5', 'DRN-1', 'EXT-1', 'SEC-4'],
  );
  t.strictSame(
    sampleReport([], { kind: 'worker' }).requirements.map(({ id }) => id),
    ['WRK-1'],
  );
});

t.test('a requirement is as bad as the worst of its checks', async (t) => {
  const order = ['fail', 'harness-error', 'inconclusive', 'pass', 'not-applicable'] as const;
  for (const [index, worst] of order.entries()) {
    for (const other of order.slice(index)) {
      const results = [sampleResult({ verdict: other }), sampleResult({ verdict: worst })];
      t.equal(verdictOf(sampleReport(results), 'AFF-1'), worst, `${worst} and ${other}`);
      t.equal(verdictOf(sampleReport(results.reverse()), 'AFF-1'), worst, `${other} and ${worst}`);
    }
  }
});

t.test('what no scenario ran for is not run, and says why', async (t) => {
  const { requirements } = sampleReport([passing]);
  const [, , , drain, hello, excluded] = requirements;
  t.match(drain, { verdict: 'not-run', reason: 'no scenario for it was run', scenarios: [] });
  t.match(excluded, { verdict: 'not-run', reason: /outside: nobody can see it/ });
  t.match(hello, { verdict: 'not-applicable', reason: /capability hello is not declared/ });
});

t.test('a declared capability that was not seen fails', async (t) => {
  const hello = sampleResult({ id: 'hello/one', requirements: ['EXT-1'], verdict: 'fail' });
  const report = sampleReport([hello], { capabilities: ['hello'] });
  t.match(report, { verdict: 'not-conformant' });
  t.equal(verdictOf(report, 'EXT-1'), 'fail');
});

t.test('what is seen by the way can break a requirement and not keep it', async (t) => {
  const checks = (verdict: 'pass' | 'fail') => [
    { requirement: 'AFF-1', verdict: 'pass' as const },
    { requirement: 'DRN-1', verdict },
  ];
  const kept = sampleReport([sampleResult({ checks: checks('pass') })]);
  t.equal(verdictOf(kept, 'DRN-1'), 'not-run');
  const broken = sampleReport([sampleResult({ verdict: 'fail', checks: checks('fail') })]);
  t.equal(verdictOf(broken, 'DRN-1'), 'fail');
  t.equal(broken.verdict, 'not-conformant');
});

t.test('a requirement that a scenario names and does not check is not judged', async (t) => {
  const report = sampleReport([sampleResult({ requirements: ['AFF-1', 'COR-1'] })]);
  t.match(report.requirements[0], { verdict: 'inconclusive', reason: 'no check of it was made' });
  t.equal(report.verdict, 'inconclusive');
});

t.test('a scenario that failed without a check breaks what it names', async (t) => {
  const crashed = sampleResult({ verdict: 'fail', checks: [], subjectExit: 'SIGSEGV ended it' });
  const report = sampleReport([crashed]);
  t.equal(verdictOf(report, 'AFF-1'), 'fail');
  t.equal(report.verdict, 'not-conformant');
});

t.test('the verdict, its exit code, and what decides it', async (t) => {
  const command = ['./their_bus'];
  const ended = { command, exitCode: 1, signal: null, stderr: [] };
  const missing = { ...ended, exitCode: null, error: 'there is no such file' };
  const failed = sampleResult({ verdict: 'fail' });
  const cor = { id: 'correlation/one', requirements: ['COR-1'] };
  const erred = sampleResult({ ...cor, verdict: 'harness-error', error: 'no port' });
  const unclear = sampleResult({ ...cor, verdict: 'inconclusive' });
  const table: [string, number, FinishedRun['results'], Partial<FinishedRun>][] = [
    ['conformant', 0, [passing], {}],
    ['conformant', 0, [passing, sampleResult({ ...spread, verdict: 'fail' })], {}],
    ['conformant', 0, [passing, sampleResult({ ...cor, verdict: 'not-applicable' })], {}],
    ['not-conformant', 1, [passing, failed, erred, unclear], {}],
    ['harness-error', 3, [passing, erred, unclear], {}],
    ['inconclusive', 2, [passing, unclear], {}],
    ['inconclusive', 2, [], {}],
    ['inconclusive', 2, [sampleResult({ verdict: 'not-applicable' })], {}],
    ['not-conformant', 1, [], { startFailure: ended }],
    ['harness-error', 3, [], { startFailure: missing }],
  ];
  for (const [verdict, code, results, members] of table) {
    const report = sampleReport(results, members);
    t.equal(report.verdict, verdict, JSON.stringify(results.map((each) => each.verdict)));
    t.equal(exitCodeFromVerdict(report.verdict), code);
    t.ok(validateConformanceReport(report));
  }
});

t.test('counts are of scenarios by verdict', async (t) => {
  const results = [passing, passing, sampleResult({ verdict: 'inconclusive' })];
  t.match(sampleReport(results).counts, { pass: 2, fail: 0, inconclusive: 1 });
});

t.test('a judge of a requirement that nobody has asked for is a fault of the suite', async (t) => {
  const checks = [{ requirement: 'AFF-99', verdict: 'pass' as const }];
  t.throws(() => sampleReport([sampleResult({ checks })]), /affinity\/rfc judges AFF-99/);
});

t.test('the facts of this machine keep their schema', async (t) => {
  t.ok(validateMachine(thisMachine()));
});
