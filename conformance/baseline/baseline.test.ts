import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { BaselineEntry } from '../../schemas/generated/baseline.ts';
import type { ScenarioResult } from '../../schemas/generated/conformance-report.ts';
import { validateConformanceReport } from '../../schemas/generated/conformance-report.validate.ts';
import {
  sampleCatalogue as catalogue,
  sampleReport,
  sampleResult,
} from '../../testing/sample-conformance.ts';
import { readBaseline, writeBaseline } from './baseline-file.ts';
import { updatedBaseline } from './updated-baseline.ts';

const sha256 = 'b'.repeat(64);
const full = {
  profiles: ['core' as const],
  transports: ['tcp' as const, 'unix' as const],
  only: [],
  skip: [],
  repeat: 1,
  complete: true,
};
const failing = (reason: string, members: Partial<ScenarioResult> = {}) =>
  sampleResult({
    verdict: 'fail',
    checks: [{ requirement: 'AFF-1', verdict: 'fail', reason }],
    ...members,
  });

t.test(
  'an entry knows failures by requirement or scenario, transport and start of reason',
  async (t) => {
    const results = [failing('two workers'), failing('two workers at once', { transport: 'unix' })];
    const table: [entry: BaselineEntry, known: number, verdict: string][] = [
      [{ id: 'AFF-1', reason: 'two workers' }, 2, 'conformant'],
      [{ id: 'affinity/rfc', reason: 'two' }, 2, 'conformant'],
      [{ id: 'AFF-1', transport: 'tcp', reason: 'two workers' }, 1, 'not-conformant'],
      [{ id: 'AFF-1', reason: 'two workers at' }, 1, 'not-conformant'],
      [{ id: 'AFF-1', reason: 'workers' }, 0, 'not-conformant'],
      [{ id: 'AFF-*', reason: 'two workers' }, 0, 'not-conformant'],
    ];
    for (const [entry, known, verdict] of table) {
      const report = sampleReport(results, { baseline: { sha256, failures: [entry] } });
      t.match(report, { verdict, baseline: { known, sha256 } }, JSON.stringify(entry));
      t.ok(validateConformanceReport(report));
    }
  },
);

t.test('an entry that does not come is a failure of the run, though all else passed', async (t) => {
  const passed = sampleResult();
  const other = failing('no worker', { requirements: ['AFF-5'] });
  const spread = { ...other, checks: [{ ...other.checks[0], requirement: 'AFF-5' }] };
  const named = (id: string): BaselineEntry => ({ id, reason: 'two' });
  const table: [list: string, ScenarioResult[], BaselineEntry, isComplete: boolean][] = [
    ['nowPassing', [passed], named('AFF-1'), true],
    ['nowPassing', [passed], named('AFF-1'), false],
    ['nowPassing', [passed], named('affinity/rfc'), false],
    ['otherReason', [passed, spread as ScenarioResult], named('AFF-5'), true],
    ['unmatched', [passed], named('AFF-99'), true],
    ['unmatched', [passed], named('AFF-99'), false],
    ['unmatched', [passed], named('afinity/rfc'), false],
    ['unmatched', [passed], named('COR-1'), true],
    ['unmatched', [passed], { ...named('AFF-1'), transport: 'stdio' }, true],
  ];
  for (const [list, results, entry, complete] of table) {
    const report = sampleReport(results, {
      baseline: { sha256, failures: [entry] },
      selection: { ...full, complete },
    });
    const told = { [list]: { length: 1 } };
    t.match(
      report,
      { verdict: 'not-conformant', baseline: { known: 0, ...told } },
      `${list} ${entry.id}`,
    );
  }
});

t.test('an entry that a run could not judge is left in peace', async (t) => {
  const unclear = sampleResult({ verdict: 'inconclusive' });
  const cor = sampleResult({ id: 'correlation/one', requirements: ['COR-1'] });
  const table: [ScenarioResult[], id: string][] = [
    [[sampleResult()], 'COR-1'],
    [[sampleResult()], 'drain/signal'],
    // correlation/two, which may be the one that fails, did not run.
    [[cor], 'COR-1'],
    [[unclear, sampleResult()], 'AFF-1'],
  ];
  for (const [results, id] of table) {
    const { baseline } = sampleReport(results, {
      baseline: { sha256, failures: [{ id, reason: 'two' }] },
    });
    const told = { sha256, known: 0, nowPassing: [], otherReason: [], unmatched: [] };
    t.strictSame(baseline, told, id);
  }
});

t.test('a baseline is read as YAML or JSON, and a bad one is named with its place', async (t) => {
  const folder = t.testdir({
    'good.yaml': 'version: 1\nfailures:\n  - {id: RST-3, reason: too soon}\n',
    'good.json': '{"version":1,"failures":[{"id":"RST-3","reason":"too soon"}]}',
    'bad.yaml': 'version: 1\nfailures:\n  - {id: RST-3, raison: too soon}\n',
    'twice.yaml': 'version: 1\nfailures: [{id: A, reason: x}, {id: A, reason: x, link: y}]\n',
    'none.yaml': 'version: [',
    'none.json': '{',
  });
  const read = (name: string) => readBaseline(join(folder, name));
  t.strictSame(read('good.yaml').failures, [{ id: 'RST-3', reason: 'too soon' }]);
  t.strictSame(read('good.json').failures, read('good.yaml').failures);
  t.match(read('good.json').sha256, /^[0-9a-f]{64}$/);
  const table: [file: string, message: RegExp][] = [
    ['bad.yaml', /bad\.yaml: \/failures\/0\/reason: missing, /],
    ['bad.yaml', /bad\.yaml: \/failures\/0\/raison: /],
    ['twice.yaml', /twice\.yaml: \/failures\/1: "A: x" stands there already$/],
    ['none.yaml', /none\.yaml is not YAML: /],
    ['none.json', /none\.json is not JSON: /],
    ['absent.yaml', /cannot read .*absent\.yaml: there is no such file/],
  ];
  for (const [file, message] of table) {
    t.throws(() => read(file), { name: 'SetUpProblem', message }, file);
  }
  t.throws(() => writeBaseline(join(folder, 'no/x.yaml'), []), { name: 'SetUpProblem' });
});

const [onTcp, onUnix] = [failing('two workers'), failing('two workers', { transport: 'unix' })];
const spreadFails = sampleResult({
  id: 'affinity/spread',
  requirements: ['AFF-5'],
  verdict: 'fail',
  checks: [{ requirement: 'AFF-5', verdict: 'fail', reason: 'uneven' }],
});
const updated = (results: ScenarioResult[], before: BaselineEntry[] = []) =>
  updatedBaseline(sampleReport(results, { selection: full }), { catalogue, before });

t.test('an updated baseline expects just what failed, in the order of the catalogue', async (t) => {
  const unanswered = failing('', {
    id: 'correlation/one',
    checks: [{ requirement: 'COR-1', verdict: 'fail', reason: 'no response' }],
  });
  const expected = [
    { id: 'COR-1', reason: 'no response' },
    { id: 'AFF-1', reason: 'two workers' },
    { id: 'AFF-5', reason: 'uneven' },
  ];
  t.strictSame(updated([spreadFails, onUnix, onTcp, unanswered]), expected);
  t.strictSame(updated([unanswered, onTcp, onUnix, spreadFails]), expected);
  const passesOnUnix = sampleResult({ transport: 'unix' });
  t.strictSame(updated([onTcp, passesOnUnix]), [
    { id: 'AFF-1', transport: 'tcp', reason: 'two workers' },
  ]);
  t.strictSame(updated([sampleResult()]), []);
  const others = sampleResult({ id: 'affinity/two', transport: 'unix' });
  t.strictSame(
    updated([onTcp, others]),
    [{ id: 'AFF-1', reason: 'two workers' }],
    'ran on tcp only',
  );
});

t.test('entries that still hold stay as they are, with their links; the others go', async (t) => {
  const link = 'https://example.org/issues/12';
  const kept = { id: 'affinity/rfc', reason: 'two', link };
  const before = [{ id: 'COR-1', reason: 'x', link }, kept, { id: 'AFF-5', reason: 'other', link }];
  t.strictSame(updated([onTcp, spreadFails], before), [{ id: 'AFF-5', reason: 'uneven' }, kept]);
  const unclear = sampleResult({ verdict: 'inconclusive' });
  t.strictSame(updated([unclear], [kept]), [kept], 'what could not be judged is not forgotten');
});

t.test('a run with the baseline made from it is conformant, in both formats', async (t) => {
  const folder = t.testdir();
  const results = [onTcp, onUnix, spreadFails];
  for (const name of ['known.yaml', 'known.json']) {
    const file = join(folder, name);
    writeBaseline(file, updated(results));
    const baseline = readBaseline(file);
    t.match(sampleReport(results, { baseline, selection: full }), {
      verdict: 'conformant',
      baseline: { known: 3 },
    });
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, '');
    writeBaseline(file, updated(results, [...baseline.failures]));
    t.equal(readFileSync(file, 'utf8'), text, 'and stays the same');
  }
});

t.test('a baseline is not made from a part of the suite', async (t) => {
  for (const report of [sampleReport([onTcp]), sampleReport([], { selection: full })]) {
    t.throws(() => updatedBaseline(report, { catalogue }), {
      name: 'UsageError',
      message: /--update-baseline needs a full run/,
    });
  }
});
