import { readFileSync } from 'node:fs';
import t from 'tap';
import type { ScenarioResult } from '../../schemas/generated/conformance-report.ts';
import { readCatalogue } from '../catalogue/catalogue.ts';
import { calibrate } from '../runner/calibrate.ts';
import { LiveScenes } from '../runner/live-scenes.ts';
import { timingsFrom } from '../scene/timings.ts';
import { allMutants, busMutants, unbroken, workerMutants } from './index.ts';
import {
  failuresIn,
  harnessErrorsIn,
  matrixMarkdown,
  outcomeOf,
  problemsOf,
  unbrokenRequirements,
  withMatrix,
} from './matrix.ts';
import type { Mutant, MutantFacts } from './mutant.ts';
import { referenceRuns, runAll, runsOf, type SubjectRun } from './mutant-runs.ts';

// Some of it starts many processes.
t.setTimeout(120_000);

const catalogue = readCatalogue();
const readme = new URL('../../../conformance/README.md', import.meta.url);

t.test('mutants are named once, in kebab-case, and there are enough of them', async (t) => {
  const ids = allMutants.map(({ id }) => id);
  t.same(ids.toSorted(), [...new Set(ids)].toSorted());
  for (const id of ids) t.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
  t.ok(busMutants.length >= 45);
  t.ok(workerMutants.length >= 25);
});

t.test('a mutant replaces exactly one part', async (t) => {
  for (const { id, bus = {}, daemon = {}, command } of busMutants) {
    const parts = [...Object.keys(bus), ...Object.keys(daemon), ...(command ? ['command'] : [])];
    t.equal(parts.length, 1, `${id} replaces ${parts.join(', ')}`);
  }
});

t.test('what a mutant breaks is in the catalogue, for buses, and named once', async (t) => {
  for (const { id, requirement, consequences = [] } of busMutants) {
    for (const each of [requirement, ...consequences]) {
      t.ok(catalogue.find(each)?.appliesTo.includes('bus'), `${id}: ${each}`);
    }
    t.equal(new Set([requirement, ...consequences]).size, 1 + consequences.length, id);
  }
});

t.test('every MUST for buses is broken by a mutant, or it is said why not', async (t) => {
  const missing = unbrokenRequirements(busMutants, catalogue, unbroken);
  t.same(
    missing.filter(({ level }) => level === 'MUST'),
    [],
  );
  for (const id of Object.keys(unbroken)) t.ok(catalogue.find(id), id);
});

t.test('what a worker mutant breaks is in the catalogue, for workers', async (t) => {
  for (const { id, requirement, consequences = [] } of workerMutants) {
    for (const each of [requirement, ...consequences]) {
      t.ok(catalogue.find(each)?.appliesTo.includes('worker'), `${id}: ${each}`);
    }
    t.equal(new Set([requirement, ...consequences]).size, 1 + consequences.length, id);
  }
  const missing = unbrokenRequirements(workerMutants, catalogue, unbroken, 'worker');
  t.same(
    missing.filter(({ id }) => id.startsWith('WRK-')),
    [],
  );
});

t.test('every mutant has scenarios that are to show it', async (t) => {
  for (const mutant of allMutants) {
    t.ok(runsOf(mutant, catalogue, false).length > 0, mutant.id);
  }
});

const someMutant = busMutants[0] as Mutant;

function resultWith(failed: readonly string[]): ScenarioResult {
  return {
    id: 'chapter/name',
    title: 'A title',
    profile: 'core',
    transport: 'tcp',
    requirements: [someMutant.requirement],
    verdict: failed.length === 0 ? 'pass' : 'fail',
    durationMs: 1,
    attempts: 1,
    checks: failed.map((requirement) => ({ requirement, verdict: 'fail', reason: 'because' })),
  };
}

t.test('a mutant that nothing fails has survived, and that is a problem', async (t) => {
  t.match(problemsOf(outcomeOf(someMutant, [resultWith([])])), [/no scenario fails it/]);
  t.same(problemsOf(outcomeOf(someMutant, [resultWith([someMutant.requirement])])), []);
});

t.test('a mutant that fails what has nothing to do with it is a problem', async (t) => {
  const result = resultWith([someMutant.requirement, 'DRN-8']);
  t.match(problemsOf(outcomeOf(someMutant, [result])), [/fails DRN-8 in chapter\/name/]);
});

t.test('the table is written between its markers and nowhere else', async (t) => {
  const document = 'a\n<!-- mutants:begin -->\nold\n<!-- mutants:end -->\nb\n';
  const written = withMatrix(document, 'new\n');
  t.equal(written, 'a\n<!-- mutants:begin -->\n\nnew\n\n<!-- mutants:end -->\nb\n');
  t.equal(withMatrix(written ?? '', 'new\n'), written);
  t.equal(withMatrix('no markers', 'new\n'), undefined);
});

t.test('the table in conformance/README.md is that of the mutants', async (t) => {
  const document = readFileSync(readme, 'utf8');
  t.equal(withMatrix(document, matrixMarkdown(allMutants, catalogue)), document);
});

/** Of several chapters, and quick: each with the one scenario that shows it. */
const quick: Readonly<Record<string, string>> = {
  'blank-line-answered': 'framing/blank-lines',
  'refusal-with-wrong-code': 'framing/not-an-object',
  'worker-id-with-fraction': 'framing/id-spellings',
  'delivery-denied': 'restart/exit-1',
  'help-exits-1': 'command-line/help',
  'farewell-on-stdout': 'stdout/at-its-end',
  'digits-as-numbers': 'ids/string-and-number',
  'session-from-params': 'session-ids/not-from-params',
  'ends-on-null': 'bad-input/not-an-object',
  'sigterm-exits-143': 'sigterm/idle',
  'pending-lost-at-stdin-end': 'stdin-end/with-slow-pending',
  'events-from-zero': 'process-start/one-command',
  'output-as-text': 'process-output/any-bytes',
  'signal-exits-0': 'process-signal/exit-codes',
  'forgets-early': 'process-read/what-was-pushed',
  'budget-withholds-first-chunk': 'process-read/first-chunk',
  'loss-not-told': 'process-retention/output-lost',
};

t.test('some mutants are caught, and the reference passes the same', async (t) => {
  const runs: SubjectRun[] = Object.entries(quick).flatMap(([id, scenario]) => {
    const mutant = allMutants.find((each) => each.id === id) as MutantFacts;
    const shown = { ...mutant, scenarios: [scenario] };
    return runsOf(shown, catalogue, false).map((run) => ({ mutant: shown, run }));
  });
  const results = new Map<string, ScenarioResult[]>();
  await runAll([...referenceRuns(runs), ...runs], catalogue, {
    timings: timingsFrom(await calibrate(), 1),
    jobs: 4,
    live: new LiveScenes(),
    signal: new AbortController().signal,
    onResult({ mutant }, result) {
      const name = mutant?.id ?? 'reference';
      results.set(name, [...(results.get(name) ?? []), result]);
    },
  });
  const reference = results.get('reference') ?? [];
  t.equal(reference.length, Object.keys(quick).length);
  t.same([failuresIn(reference), harnessErrorsIn(reference)], [[], []]);
  for (const { mutant } of runs) {
    if (mutant === undefined) continue;
    t.same(problemsOf(outcomeOf(mutant, results.get(mutant.id) ?? [])), [], mutant.id);
  }
});
