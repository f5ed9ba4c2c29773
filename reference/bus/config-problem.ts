import type { Definition, Definitions } from '../../schemas/definition.ts';
import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import { listProblems, type ProblemList } from '../../schemas/problem.ts';
import { poolNameProblems } from './pool-name.ts';

/** The definition of a configuration. */
export const busConfigName = 'bus-config#BusConfig';

/**
 * What is wrong with a configuration, by the schema and beyond it, in words: for the bus and for
 * `stdio-bus-kit validate`. No more than `maxProblems` are kept. Implements CFG-2.
 */
export function listConfigProblems(
  definitions: Definitions,
  value: unknown,
  maxProblems: number,
): ProblemList {
  const definition = definitions.find(busConfigName) as Definition;
  const list = listProblems(definitions, definition, value, maxProblems);
  if (!hasPoolNames(value)) return list;
  const known = new Set(list.problems.map(({ pointer }) => pointer));
  // What is wrong with a name anyway is not also said to be unknown.
  const more = poolNameProblems(value).filter(({ pointer }) => !known.has(pointer));
  const room = Math.max(0, maxProblems - list.problems.length);
  const added = more.slice(0, room).map(({ pointer, problem }) => ({
    pointer,
    problem,
    requirement: 'CFG-2',
    definition: definition.name,
    isAboutName: false,
  }));
  return { problems: [...list.problems, ...added], count: list.count + more.length };
}

/** Whether the names of pools can be compared, whatever else is wrong with a configuration. */
function hasPoolNames(value: unknown): value is BusConfig {
  if (!isObject(value) || !Array.isArray(value.pools)) return false;
  const { routing } = value;
  const rules = isObject(routing) ? (routing.rules ?? []) : [];
  return (
    value.pools.every((pool) => isObject(pool) && typeof pool.id === 'string') &&
    (routing === undefined || isObject(routing)) &&
    Array.isArray(rules) &&
    rules.every(isObject)
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
