import type { ScenarioResult } from '../../schemas/generated/conformance-report.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { MutantFacts } from './mutant.ts';

/** Where a subject failed a requirement. */
export interface Failing {
  readonly requirement: string;
  readonly scenario: string;
  readonly reason: string;
}

/** What came of one mutant. */
export interface MutantOutcome {
  readonly mutant: MutantFacts;
  readonly scenarios: number;
  readonly durationMs: number;
  readonly failures: readonly Failing[];
  /** What the suite itself got wrong. */
  readonly harnessErrors: readonly string[];
}

/** What a subject failed, and what went wrong with the suite. */
export function outcomeOf(mutant: MutantFacts, results: readonly ScenarioResult[]): MutantOutcome {
  return {
    mutant,
    scenarios: results.length,
    durationMs: results.reduce((sum, { durationMs }) => sum + durationMs, 0),
    failures: failuresIn(results),
    harnessErrors: harnessErrorsIn(results),
  };
}

export function failuresIn(results: readonly ScenarioResult[]): Failing[] {
  return results.flatMap(({ id, checks }) =>
    checks
      .filter(({ verdict }) => verdict === 'fail')
      .map(({ requirement, reason = '' }) => ({ requirement, scenario: id, reason })),
  );
}

export function harnessErrorsIn(results: readonly ScenarioResult[]): string[] {
  return results
    .filter(({ verdict }) => verdict === 'harness-error')
    .map(({ id, checks }) => `${id}: ${checks[0]?.reason}`);
}

/** What is wrong with a mutant: it survives, or it fails what has nothing to do with it. */
export function problemsOf({ mutant, failures, harnessErrors }: MutantOutcome): string[] {
  const { id, requirement, consequences = [] } = mutant;
  const isCaught = failures.some((failing) => failing.requirement === requirement);
  const strays = failures.filter(
    (failing) => failing.requirement !== requirement && !consequences.includes(failing.requirement),
  );
  return [
    ...(isCaught ? [] : [`${id}: no scenario fails it for ${requirement}`]),
    ...strays.map((stray) => `${id}: fails ${textOf(stray)}`),
    ...harnessErrors.map((error) => `${id}: ${error}`),
  ];
}

/** A failure in one line. */
export function textOf({ requirement, scenario, reason }: Failing): string {
  return `${requirement} in ${scenario}: ${reason}`;
}

/** Requirements for buses, or for workers, that have to be broken by a mutant and are not. */
export function unbrokenRequirements(
  mutants: readonly MutantFacts[],
  catalogue: Catalogue,
  excused: Readonly<Record<string, string>>,
  role: 'bus' | 'worker' = 'bus',
): { readonly id: string; readonly level: string }[] {
  const broken = new Set(mutants.map(({ requirement }) => requirement));
  return catalogue.requirements
    .filter(({ id, appliesTo }) => appliesTo.includes(role) && !broken.has(id) && !(id in excused))
    .map(({ id, level }) => ({ id, level }));
}

/** The matrix for people: each requirement, the mutants that break it, and those it suffers from. */
export function matrixText(outcomes: readonly MutantOutcome[], catalogue: Catalogue): string {
  const lines: string[] = [];
  for (const { id } of catalogue.requirements) {
    const rows = outcomes.flatMap((outcome) => {
      const count = outcome.failures.filter(({ requirement }) => requirement === id).length;
      const isOwn = outcome.mutant.requirement === id;
      if (count === 0 && !isOwn) return [];
      const mark = isOwn ? (count > 0 ? 'caught' : 'MISSED') : 'also';
      return [`  ${mark.padEnd(6)} ${outcome.mutant.id} (${count} of ${outcome.scenarios})`];
    });
    if (rows.length > 0) lines.push(id, ...rows);
  }
  return `${lines.join('\n')}\n`;
}

/** The matrix for the README: what breaks each requirement, and what breaks with it. */
export function matrixMarkdown(mutants: readonly MutantFacts[], catalogue: Catalogue): string {
  const rows = catalogue.requirements.flatMap(({ id, level }) =>
    mutants
      .filter(({ requirement }) => requirement === id)
      .map(
        (mutant) =>
          `| ${id} | ${level} | \`${mutant.id}\` | ${cell(mutant.title)} | ${(mutant.consequences ?? []).join(', ')} |`,
      ),
  );
  return [
    '| Requirement | Level | Mutant | What is wrong with it | May break with it |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

const begin = '<!-- mutants:begin -->';
const end = '<!-- mutants:end -->';

/** A document with the table between its markers; undefined where it has none. */
export function withMatrix(document: string, table: string): string | undefined {
  const start = document.indexOf(begin);
  const stop = document.indexOf(end);
  if (start < 0 || stop < start) return undefined;
  return `${document.slice(0, start + begin.length)}\n\n${table}\n${document.slice(stop)}`;
}
