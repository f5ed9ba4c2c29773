import type { Definitions } from './definition.ts';
import { hasType } from './expectation.ts';
import type { JsonSchema, SchemaObject } from './schema-file.ts';
import { partsOf, type Rule } from './schema-rule.ts';

/**
 * The alternative of a union that an object or array fits best; undefined for other values, and
 * where none takes values of this kind.
 */
export function bestAlternative(
  definitions: Definitions,
  alternatives: readonly Rule[],
  value: unknown,
): Rule | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  let best: Rule | undefined;
  let highest = Number.NEGATIVE_INFINITY;
  for (const alternative of alternatives) {
    if (!takesKind(definitions, alternative, value)) continue;
    const score = fit(definitions, alternative, value);
    if (score > highest) [best, highest] = [alternative, score];
  }
  return best;
}

/** Whether some value of this type passes, as far as types are said. */
function takesKind(definitions: Definitions, rule: Rule, value: object): boolean {
  const { schema } = rule;
  if (typeof schema === 'boolean') return schema;
  if (typeof schema.type === 'string') return hasType(value, schema.type);
  if ('const' in schema || 'enum' in schema) return false;
  const parts = partsOf(definitions, rule, 'anyOf');
  if (parts.length > 0) return parts.some((part) => takesKind(definitions, part, value));
  return partsOf(definitions, rule, 'allOf').every((part) => takesKind(definitions, part, value));
}

/** How well an object fits: by constants first, then by members there and missing. */
function fit(definitions: Definitions, rule: Rule, value: object): number {
  const schema = rule.schema as SchemaObject;
  if (typeof schema !== 'object' || Array.isArray(value)) return 0;
  let score = 0;
  for (const part of partsOf(definitions, rule, 'allOf')) score += fit(definitions, part, value);
  for (const name of (schema.required ?? []) as string[]) {
    score += Object.hasOwn(value, name) ? 1 : -1;
  }
  for (const [name, member] of Object.entries((schema.properties ?? {}) as object)) {
    if (!Object.hasOwn(value, name)) continue;
    score += memberFit(member, (value as Record<string, unknown>)[name]);
  }
  return score;
}

function memberFit(member: JsonSchema, value: unknown): number {
  if (member === false) return -3;
  if (member === true || !('const' in member)) return 0;
  return member.const === value ? 10 : -10;
}
