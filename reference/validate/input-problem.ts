import type { Problem } from '../../schemas/problem.ts';

/** A problem with its place in an input. */
export interface InputProblem extends Partial<Pick<Problem, 'definition' | 'requirement'>> {
  readonly file: string;
  /** Number of the line, from 1. */
  readonly line: number;
  /** Byte in that line, from 1. */
  readonly column: number;
  /** Byte in the input, from 0. */
  readonly byte: number;
  readonly pointer: string;
  readonly expected: string;
  readonly found?: string;
}

/** `FILE:LINE:COLUMN: POINTER: expected …, found … [REQUIREMENT, DEFINITION]`. */
export function problemLine(problem: InputProblem): string {
  const { file, line, column, pointer, expected, found, requirement, definition } = problem;
  const place = pointer === '' ? '' : ` ${printable(pointer)}:`;
  const what = found === undefined ? expected : `expected ${expected}, found ${found}`;
  const source = [requirement, definition].filter((part) => part !== undefined).join(', ');
  const ending = source === '' ? '' : ` [${source}]`;
  return `${printable(file)}:${line}:${column}:${place} ${printable(what)}${ending}`;
}

const longestText = 400;

/** The input is a stranger's: no control or format character of it reaches a terminal. */
function printable(text: string): string {
  const short = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
  return short.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) as number;
    return `\\u{${code.toString(16)}}`;
  });
}
