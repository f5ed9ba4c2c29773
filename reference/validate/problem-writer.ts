import { once } from 'node:events';
import { styleText } from 'node:util';
import { exitCodes } from '../../command.ts';
import { type InputProblem, problemLine } from './input-problem.ts';

export interface ProblemWriterOptions {
  readonly isJson: boolean;
  /** How many problems are written; the rest is counted. Infinity writes all. */
  readonly maxProblems: number;
}

/** Writes problems to stdout, no faster than it is read. */
export class ProblemWriter {
  /** All that were found, written or not. */
  count = 0;
  readonly #options: ProblemWriterOptions;
  #waiting: string[] = [];

  constructor(options: ProblemWriterOptions) {
    this.#options = options;
  }

  add(problem: InputProblem): void {
    this.count++;
    // The command's end sets it too, unless the reader of stdout goes away before.
    process.exitCode = exitCodes.invalid;
    if (this.count > this.#options.maxProblems) return;
    this.#waiting.push(this.#options.isJson ? JSON.stringify(problem) : problemLine(problem));
  }

  /** Writes what was added, and waits while the reader is behind. */
  async flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const text = `${this.#waiting.join('\n')}\n`;
    this.#waiting = [];
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  }
}

/** Text in a colour where stdout is a terminal that wants it (NO_COLOR, FORCE_COLOR). */
export function coloured(colour: 'green' | 'red' | 'yellow', text: string): string {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const isWanted = FORCE_COLOR ? FORCE_COLOR !== '0' : process.stdout.isTTY && !NO_COLOR;
  return isWanted ? styleText(colour, text) : text;
}
