import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import type { ConfigProblem } from './config-check.ts';

/** What no schema can say of a configuration: names of pools that stand twice, or for nothing. CFG-2. */
export function poolNameProblems(config: BusConfig): ConfigProblem[] {
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
  const known = knownPools([...places.keys()]);
  const check = (pointer: string, id: string | undefined) => {
    if (id === undefined || places.has(id)) return;
    problems.push({ pointer, problem: `expected ${known}, found ${JSON.stringify(id)}` });
  };
  check('/routing/default_pool', config.routing?.default_pool);
  for (const [index, rule] of (config.routing?.rules ?? []).entries()) {
    check(`/routing/rules/${index}/pool`, rule.pool);
  }
  return problems;
}

const maxNames = 10;

/** `the id of a pool ("chat", "tools")`, with so many names as can be read. */
function knownPools(ids: readonly string[]): string {
  const names = ids.slice(0, maxNames).map((id) => JSON.stringify(id));
  const rest = ids.length > maxNames ? ', …' : '';
  return `the id of a pool (${names.join(', ')}${rest})`;
}
