/**
 * Puts every mutant through the scenarios that are to show it: the proof that checks can fail.
 *
 *   node dist/conformance/mutants/run-mutants.js [--kind KIND] [--only PATTERNS] [--full] [--jobs N] [--json FILE] [--write]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { exitCodes, parsed, UsageError } from '../../command.ts';
import type { ScenarioResult } from '../../schemas/generated/conformance-report.ts';
import { type Catalogue, readCatalogue } from '../catalogue/catalogue.ts';
import { calibrate } from '../runner/calibrate.ts';
import { LiveScenes } from '../runner/live-scenes.ts';
import { timingsFrom } from '../scene/timings.ts';
import { patternFromText } from '../selection/pattern.ts';
import { allMutants, busMutants, unbroken, workerMutants } from './index.ts';
import {
  failuresIn,
  harnessErrorsIn,
  type MutantOutcome,
  matrixMarkdown,
  matrixText,
  outcomeOf,
  problemsOf,
  textOf,
  unbrokenRequirements,
  withMatrix,
} from './matrix.ts';
import type { MutantFacts } from './mutant.ts';
import { referenceRuns, runAll, runsOf, type SubjectRun } from './mutant-runs.ts';

const help = `Puts every mutant through the scenarios that are to show it.

Usage: npm run mutants -- [OPTION …]

Options:
  --kind KIND       bus, worker or all; default: all
  --only PATTERNS   only mutants whose id or requirement matches, divided by commas: half-*, FRM-7
  --full            every scenario with each of them, not only those that are to show it
  --jobs N          scenarios at the same time; default: twice the cores
  --json FILE       everything that was found
  --write           update the table in conformance/README.md, where nothing is wrong
  -h, --help        print this

Fails where a mutant is not caught for its requirement, where it fails what has nothing to do with
it, where a MUST for buses or workers is broken by no mutant, and where the reference fails anything.
`;

const optionTypes = {
  kind: { type: 'string', default: 'all' },
  only: { type: 'string' },
  full: { type: 'boolean', default: false },
  jobs: { type: 'string' },
  json: { type: 'string' },
  write: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const readme = fileURLToPath(new URL('../../../conformance/README.md', import.meta.url));

async function run(args: string[]): Promise<number> {
  const { values } = parsed(() => parseArgs({ args, options: optionTypes }));
  if (values.help) {
    process.stdout.write(help);
    return exitCodes.ok;
  }
  if (values.write && (values.only !== undefined || values.kind !== 'all')) {
    throw new UsageError('--write goes with all mutants: leave out --only and --kind');
  }
  const mutants = mutantsMatching(values.only, values.kind);
  const outcomes = await drive(mutants, { isFull: values.full, jobs: jobsFrom(values.jobs) });
  if (outcomes === undefined) return exitCodes.interrupted;
  const catalogue = readCatalogue();
  const problems = [...outcomes.reference, ...outcomes.mutants.flatMap(problemsOf)];
  if (values.only === undefined) {
    const missing = [
      ...(values.kind === 'worker' ? [] : unbrokenRequirements(busMutants, catalogue, unbroken)),
      ...(values.kind === 'bus' ? [] : unbrokenInWorkers(catalogue)),
    ];
    for (const { id, level } of missing) {
      if (level === 'MUST') problems.push(`${id}: no mutant breaks it`);
    }
  }
  process.stdout.write(matrixText(outcomes.mutants, catalogue));
  if (values.json !== undefined) writeJson(values.json, outcomes.mutants, problems);
  const count = `${outcomes.mutants.length} mutants`;
  if (problems.length > 0) {
    process.stdout.write(`\n${problems.join('\n')}\n\n${count}, ${problems.length} problems\n`);
    return exitCodes.invalid;
  }
  process.stdout.write(`\n${count}, all caught; the reference fails nothing\n`);
  if (values.write) writeTable(matrixMarkdown(allMutants, catalogue));
  return exitCodes.ok;
}

function mutantsMatching(only: string | undefined, kind: string): MutantFacts[] {
  const all: Readonly<Record<string, readonly MutantFacts[]>> = {
    all: allMutants,
    bus: busMutants,
    worker: workerMutants,
  };
  const ofKind = Object.hasOwn(all, kind) ? all[kind] : undefined;
  if (ofKind === undefined) throw new UsageError(`--kind is bus, worker or all, not "${kind}"`);
  const patterns = (only?.split(',') ?? ['*']).map((text) => patternFromText(text));
  const mutants = ofKind.filter(({ id, requirement }) =>
    patterns.some((matches) => matches(id) || matches(requirement)),
  );
  if (mutants.length === 0) throw new UsageError(`--only ${only} matches no mutant`);
  return mutants;
}

/** The process profile has no mutants here. */
function unbrokenInWorkers(catalogue: Catalogue) {
  return unbrokenRequirements(workerMutants, catalogue, unbroken, 'worker').filter(({ id }) =>
    id.startsWith('WRK-'),
  );
}

function jobsFrom(text: string | undefined): number {
  if (text === undefined) return availableParallelism() * 2;
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new UsageError(`--jobs is a whole number from 1 to 999, not "${text}"`);
}

interface Outcomes {
  readonly mutants: readonly MutantOutcome[];
  /** What the reference failed. */
  readonly reference: readonly string[];
}

/** Undefined where it was interrupted. */
async function drive(
  mutants: readonly MutantFacts[],
  { isFull, jobs }: { readonly isFull: boolean; readonly jobs: number },
): Promise<Outcomes | undefined> {
  const catalogue = readCatalogue();
  const runs: SubjectRun[] = mutants.flatMap((mutant) =>
    runsOf(mutant, catalogue, isFull).map((each) => ({ mutant, run: each })),
  );
  const all = [...referenceRuns(runs), ...runs];
  const results = new Map<MutantFacts | undefined, ScenarioResult[]>();
  const live = new LiveScenes();
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      controller.abort();
      void live.destroy();
    });
  }
  let done = 0;
  await runAll(all, catalogue, {
    timings: timingsFrom(await calibrate(), 1),
    jobs,
    live,
    signal: controller.signal,
    onResult({ mutant, run: { scenario } }, result) {
      results.set(mutant, [...(results.get(mutant) ?? []), result]);
      done++;
      const { verdict, durationMs } = result;
      const name = mutant?.id ?? 'reference';
      process.stderr.write(
        `${done}/${all.length} ${name} ${scenario.id}: ${verdict} (${durationMs} ms)\n`,
      );
    },
  });
  if (controller.signal.aborted) return undefined;
  const own = results.get(undefined) ?? [];
  return {
    mutants: mutants.map((mutant) => outcomeOf(mutant, results.get(mutant) ?? [])),
    reference: [
      ...failuresIn(own).map((failing) => `reference: fails ${textOf(failing)}`),
      ...harnessErrorsIn(own).map((error) => `reference: ${error}`),
    ],
  };
}

function writeJson(
  file: string,
  outcomes: readonly MutantOutcome[],
  problems: readonly string[],
): void {
  const mutants = outcomes.map(({ mutant, ...outcome }) => ({
    id: mutant.id,
    title: mutant.title,
    requirement: mutant.requirement,
    consequences: mutant.consequences ?? [],
    ...outcome,
  }));
  writeFileSync(file, `${JSON.stringify({ mutants, problems }, undefined, 2)}\n`);
}

function writeTable(table: string): void {
  const document = withMatrix(readFileSync(readme, 'utf8'), table);
  if (document === undefined) throw new UsageError(`${readme} has no markers for the table`);
  writeFileSync(readme, document);
  process.stdout.write(`updated ${readme}\n`);
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`run-mutants: ${error.message}\n`);
  process.exitCode = exitCodes.usage;
}
