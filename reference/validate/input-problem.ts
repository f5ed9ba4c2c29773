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
  return `${file}:${line}:${column}:${place} ${what}${source === '' ? '' : ` [${source}]`}`;
}

/** Input decides what a pointer holds: no control character of it reaches a terminal. */
function printable(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) as number;
    return `\\u{${code.toString(16)}}`;
  });
  return plain.length > 200 ? `${plain.slice(0, 199)}…` : plain;
}
