import { type InputProblem, problemLine } from './input-problem.ts';

export interface ProblemReportOptions {
  readonly isJson: boolean;
  /** How many problems are written; the rest is counted. Infinity writes all. */
  readonly maxProblems: number;
}

/** Of one document or frame, no more are kept and written, whatever was asked for. */
const maxAtOnce = 100_000;

/** Turns problems into lines of text, and counts those that are not wanted any more. */
export class ProblemReport {
  /** All that were found, written or not. */
  count = 0;
  #written = 0;
  #waiting: string[] = [];
  readonly #options: ProblemReportOptions;

  constructor(options: ProblemReportOptions) {
    this.#options = options;
  }

  /** How many more are worth being put into words. */
  get wanted(): number {
    return Math.min(maxAtOnce, this.#options.maxProblems - this.#written);
  }

  /** Takes a problem, and writes it while any is wanted. */
  add(problem: InputProblem): void {
    this.count++;
    if (this.wanted <= 0) return;
    this.#written++;
    this.#waiting.push(this.#options.isJson ? JSON.stringify(problem) : problemLine(problem));
  }

  /** Counts problems that were found but not kept. */
  addCount(count: number): void {
    this.count += count;
  }

  /** The lines since the last call. */
  take(): string {
    const text = this.#waiting.map((line) => `${line}\n`).join('');
    this.#waiting = [];
    return text;
  }

  get written(): number {
    return this.#written;
  }
}
