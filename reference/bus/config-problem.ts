import type { BusConfig } from '../../schemas/generated/bus-config.ts';

/** One mistake in a configuration. */
export interface ConfigProblem {
  /** JSON pointer of the mistake; empty for the whole document. */
  readonly pointer: string;
  readonly problem: string;
}

/** What no schema can say of a configuration: names that stand twice, or for nothing. CFG-2. */
export function referenceProblems(config: BusConfig): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const places = new Map<string, string>();
  for (const [index, { id }] of config.pools.entries()) {
    const pointer = `/pools/${index}`;
    const first = places.get(id);
    if (first === undefined) places.set(id, pointer);
    else {
      const problem = `${JSON.stringify(id)} is already the id of ${first}`;
      problems.push({ pointer: `${pointer}/id`, problem });
    }
  }
  const check = (pointer: string, id: string | undefined) => {
    if (id === undefined || places.has(id)) return;
    problems.push({ pointer, problem: `there is no pool ${JSON.stringify(id)}` });
  };
  check('/routing/default_pool', config.routing?.default_pool);
  for (const [index, rule] of (config.routing?.rules ?? []).entries()) {
    check(`/routing/rules/${index}/pool`, rule.pool);
  }
  return problems;
}
