import { printable } from '../../command.ts';
import type { ConfigProblem } from '../bus/config-check.ts';

/** A bus cannot be made of this configuration. Implements CFG-2, CFG-3. */
export class BusConfigError extends Error {
  override readonly name = 'BusConfigError';
  readonly code = 'BAD_CONFIG';
  /** Everything that was found, each with its JSON pointer into the configuration. */
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ pointer, problem }) =>
      printable(pointer === '' ? problem : `${pointer}: ${problem}`, 2000),
    );
    super(`the configuration of the bus is wrong\n  ${lines.join('\n  ')}`);
    this.problems = problems;
  }
}
