import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import { validateBusConfig } from '../../schemas/generated/bus-config.validate.ts';
import { poolNameProblems } from './pool-name.ts';

/** One mistake in a configuration. */
export interface ConfigProblem {
  /** JSON pointer of the mistake; empty for the whole document. */
  readonly pointer: string;
  readonly problem: string;
}

/** Whether a bus can be made of a parsed configuration. Implements CFG-2. */
export function isBusConfig(value: unknown): value is BusConfig {
  return validateBusConfig(value) && poolNameProblems(value).length === 0;
}

/** So many mistakes are told one by one. */
const maxProblems = 100;

/** Everything that is wrong with one that is none, in the words of `stdio-bus-kit validate`. CFG-2. */
export async function configProblems(value: unknown): Promise<readonly ConfigProblem[]> {
  // All the schemas are read for it: a good configuration does not wait for that.
  const [{ Definitions }, { listConfigProblems }] = await Promise.all([
    import('../../schemas/definition.ts'),
    import('./config-problem.ts'),
  ]);
  const { problems, count } = listConfigProblems(new Definitions(), value, maxProblems);
  const told = problems.map(({ pointer, problem }) => ({ pointer, problem }));
  const hidden = count - told.length;
  return hidden === 0 ? told : [...told, { pointer: '', problem: `and ${hidden} more problems` }];
}
