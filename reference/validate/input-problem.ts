import { printable } from '../../command.ts';
import type { Problem } from '../../schemas/problem.ts';

/** A problem with its place in an input. */
export interface InputProblem
  extends Partial<Pick<Problem, 'expected' | 'found' | 'definition' | 'requirement'>> {
  readonly file: string;
  /** Number of the line, from 1. */
  readonly line: number;
  /** Byte in that line, from 1. */
  readonly column: number;
  /** Byte in the input, from 0. */
  readonly byte: number;
  readonly pointer: string;
  /** A sentence that says it. */
  readonly problem: string;
}

/** The part of a problem that does not depend on the input: its place is told apart. */
export type PlacelessProblem = Omit<InputProblem, 'file' | 'line' | 'column' | 'byte'>;

/** What a check found wrong with a value, without what only the check needs to know. */
export function placeless({ isAboutName: _, ...problem }: Problem): PlacelessProblem {
  return problem;
}

/** `FILE:LINE:COLUMN: POINTER: sentence [REQUIREMENT, DEFINITION]`. */
export function problemLine(problem: InputProblem): string {
  const { file, line, column, pointer, requirement, definition } = problem;
  const place = pointer === '' ? '' : ` ${printable(pointer)}:`;
  const source = [requirement, definition].filter((part) => part !== undefined).join(', ');
  const ending = source === '' ? '' : ` [${source}]`;
  return `${printable(file)}:${line}:${column}:${place} ${printable(problem.problem)}${ending}`;
}
