import type { Definition, Definitions } from './definition.ts';
import type { Finding, FindingPlace, FindingSink } from './finding.ts';
import { ruleOfDefinition } from './schema-rule.ts';
import { SchemaWalk } from './schema-walk.ts';

/** What is wrong with a value, in words. */
export interface Problem {
  /** JSON pointer of the value or member, of a missing one too; empty for the whole. */
  readonly pointer: string;
  /** A sentence about it: `missing`, `expected a string, found 5`. */
  readonly problem: string;
  /** What was expected there, where it is the value that is wrong. */
  readonly expected?: string;
  /** What was found instead, in short. */
  readonly found?: string;
  /** The requirement that the definition serves, where one is known. */
  readonly requirement?: string;
  /** The innermost named definition that was not kept: `frame#Request`. */
  readonly definition: string;
  /** Whether it is about the name of the member, not about its value. */
  readonly isAboutName: boolean;
}

/** The first problems of a value, and how many there are. */
export interface ProblemList {
  readonly problems: readonly Problem[];
  readonly count: number;
}

/** Keeps so many problems and counts the rest, for which it makes no words. */
class ProblemCollector implements FindingSink {
  readonly hasEnough = false;
  readonly problems: Problem[] = [];
  count = 0;
  readonly #maxProblems: number;
  /** Several parts of a combination may speak of one place: only the first of them is heard. */
  readonly #speakers = new Map<string, string>();
  readonly #told = new Set<string>();

  constructor(maxProblems: number) {
    this.#maxProblems = maxProblems;
  }

  add({ path, definition, requirement }: FindingPlace, finding: Finding | (() => Finding)): void {
    if (this.problems.length >= this.#maxProblems) {
      this.count++;
      return;
    }
    const pointer = pointerOf(path);
    const { isAboutName = false, ...what } = typeof finding === 'function' ? finding() : finding;
    const problem =
      'problem' in what ? what.problem : `expected ${what.expected}, found ${what.found}`;
    const telling = `${pointer} ${problem}`;
    const speaker = this.#speakers.get(pointer) ?? definition;
    if (speaker !== definition || this.#told.has(telling)) return;
    this.#speakers.set(pointer, definition);
    this.#told.add(telling);
    this.count++;
    this.problems.push({
      pointer,
      problem,
      ...what,
      ...(requirement === undefined ? {} : { requirement }),
      definition,
      isAboutName,
    });
  }
}

/**
 * Says what is wrong with a parsed JSON value: nothing for a valid one. A union is narrowed first
 * to the form that the value is nearest to, so that what is said is about that form.
 */
export function findProblems(
  definitions: Definitions,
  definition: Definition,
  value: unknown,
): readonly Problem[] {
  return listProblems(definitions, definition, value, Number.POSITIVE_INFINITY).problems;
}

/** The same, of which no more than `maxProblems` are kept. */
export function listProblems(
  definitions: Definitions,
  definition: Definition,
  value: unknown,
  maxProblems: number,
): ProblemList {
  const collector = new ProblemCollector(maxProblems);
  new SchemaWalk(definitions, collector).check(ruleOfDefinition(definitions, definition), value);
  return collector;
}

function pointerOf(path: readonly (string | number)[]): string {
  return path
    .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
