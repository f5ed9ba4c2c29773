import type { Definition, Definitions } from './definition.ts';
import { expectation, findingText } from './expectation.ts';
import type { JsonSchema, SchemaObject } from './schema-file.ts';
import type { SchemaError } from './validator.ts';

/** What is wrong with a value, in words. */
export interface Problem {
  /** JSON pointer of the value (or of the object that lacks a member); empty for the whole. */
  readonly pointer: string;
  /** What was expected there. */
  readonly expected: string;
  /** What was found, in short. */
  readonly found: string;
  /** The requirement that it serves, where one is known. */
  readonly requirement?: string;
  /** The definition that was not kept: `frame#Request`. */
  readonly definition: string;
}

/**
 * Says what is wrong with a parsed JSON value: nothing for a valid one. A union is narrowed first
 * to the form that the value is nearest to, so that what is said is about that form.
 */
export function findProblems(
  definitions: Definitions,
  definition: Definition,
  value: unknown,
): Problem[] {
  if (definition.validate(value)) return [];
  const part = brokenPart(definitions, definition, value);
  if (part !== undefined) return findProblems(definitions, part, value);
  definition.validate(value);
  const errors = definition.validate.errors ?? [];
  return withoutBranches(errors).map((error) => {
    const place = placeAt(definitions, definition, value, error.instancePath);
    return {
      pointer: error.instancePath,
      expected: expectation(error, place.schema, errors),
      found: findingText(error, place.value),
      ...(place.requirement === undefined ? {} : { requirement: place.requirement }),
      definition: definition.name,
    };
  });
}

/** The referenced part of a definition that is to blame: the rest of it is then not looked at. */
function brokenPart(
  definitions: Definitions,
  { schema, file, validate }: Definition,
  value: unknown,
): Definition | undefined {
  const referenced = (parts: readonly SchemaObject[]) =>
    parts
      .filter((part) => typeof part.$ref === 'string')
      .map((part) => definitions.resolve(String(part.$ref), file));
  const anyOf = (schema.anyOf ?? []) as SchemaObject[];
  const alternatives = referenced(anyOf);
  if (alternatives.length > 0 && alternatives.length === anyOf.length) {
    return best(definitions, alternatives, value);
  }
  const allOf = (schema.allOf ?? []) as SchemaObject[];
  const broken = referenced([schema, ...allOf]).find((part) => !part.validate(value));
  if (broken !== undefined) return broken;
  // What a condition that held asks for: the error of its `if` tells which one.
  validate(value);
  for (const { keyword, schemaPath } of validate.errors ?? []) {
    const index = keyword === 'if' ? /^#\/allOf\/(\d+)\/if$/.exec(schemaPath)?.[1] : undefined;
    const then = index === undefined ? undefined : allOf[Number(index)]?.then;
    if (then !== undefined) return referenced([then as SchemaObject])[0];
  }
  return undefined;
}

/** The alternative that fits best: by constants first, then by members there and missing. */
function best(
  definitions: Definitions,
  candidates: readonly Definition[],
  value: unknown,
): Definition | undefined {
  const scores = candidates.map((candidate) => fit(definitions, candidate, value));
  return candidates[scores.indexOf(Math.max(...scores))];
}

function fit(definitions: Definitions, { schema, file }: Definition, value: unknown): number {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 0;
  const all = [schema, ...((schema.allOf ?? []) as SchemaObject[])];
  let score = 0;
  for (const part of all) {
    if (typeof part.$ref === 'string') {
      score += fit(definitions, definitions.resolve(part.$ref, file), value);
    }
    for (const name of (part.required ?? []) as string[]) score += name in value ? 1 : -1;
    for (const [name, member] of Object.entries((part.properties ?? {}) as object)) {
      if (!(name in value)) continue;
      if (member === false) score -= 3;
      if (typeof member === 'object' && 'const' in member) {
        score += member.const === (value as Record<string, unknown>)[name] ? 10 : -10;
      }
    }
  }
  return score;
}

/** Leaves out what single branches of an `anyOf` or `if` say: the error of the whole stays. */
function withoutBranches(errors: readonly SchemaError[]): SchemaError[] {
  const kept: SchemaError[] = [];
  for (const error of errors) {
    if (error.keyword === 'if' && kept.length > 0) continue;
    if (error.keyword === 'anyOf') dropBranches(kept, error.instancePath);
    // What is wrong with a name comes first; that the name is wrong says it.
    if (error.keyword === 'propertyNames') kept.pop();
    kept.push(error);
  }
  return kept;
}

/** Drops the errors of the branches that come just before that of their `anyOf`. */
function dropBranches(errors: SchemaError[], instancePath: string): void {
  const isBelow = () => errors.at(-1)?.instancePath.startsWith(instancePath) ?? false;
  const isInline = () => errors.at(-1)?.schemaPath.includes('/anyOf/') ?? false;
  const length = errors.length;
  while (isBelow() && isInline()) errors.pop();
  // Branches that are references of their own report paths from there.
  if (errors.length === length) while (isBelow()) errors.pop();
}

interface Place {
  readonly schema: SchemaObject;
  readonly requirement: string | undefined;
  readonly value: unknown;
}

/** Follows a pointer through a value and its schema at once. */
function placeAt(
  definitions: Definitions,
  definition: Definition,
  value: unknown,
  pointer: string,
): Place {
  let { schema, file } = definition;
  let requirement: string | undefined;
  const enter = (next: SchemaObject) => {
    schema = next;
    let nearest = requirementOf(schema);
    while (typeof schema.$ref === 'string') {
      ({ schema, file } = definitions.resolve(schema.$ref, file));
      // What is said beside a reference is nearer than what its target says.
      nearest ??= requirementOf(schema);
    }
    requirement = nearest ?? requirement;
  };
  enter(schema);
  let here = value;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    here = (here as Record<string, unknown> | undefined)?.[key];
    const next = memberSchema(
      definitions,
      { schema, file, name: '', validate: definition.validate },
      key,
    );
    if (next === undefined) return { schema: {}, requirement, value: here };
    file = next.file;
    enter(next.schema);
  }
  return { schema, requirement, value: here };
}

function requirementOf(schema: SchemaObject): string | undefined {
  return schema['x-requirement'] as string | undefined;
}

/** The schema of a member or element, looked for in the parts of a combination too. */
function memberSchema(
  definitions: Definitions,
  { schema, file, validate }: Definition,
  key: string,
): { schema: SchemaObject; file: Definition['file'] } | undefined {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const own = properties[key] ?? schema.items ?? schema.additionalProperties;
  if (typeof own === 'object') return { schema: own as SchemaObject, file };
  if (typeof own === 'boolean') return { schema: {}, file };
  const parts = [schema.allOf, schema.anyOf, schema.then].flat() as (SchemaObject | undefined)[];
  for (const part of parts) {
    if (part === undefined) continue;
    const target =
      typeof part.$ref === 'string'
        ? definitions.resolve(part.$ref, file)
        : { schema: part, file, name: '', validate };
    const found = memberSchema(definitions, target, key);
    if (found !== undefined) return found;
  }
  return undefined;
}
