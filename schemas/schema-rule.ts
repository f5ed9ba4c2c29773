import type { Definition, Definitions } from './definition.ts';
import type { JsonSchema, SchemaFile, SchemaObject } from './schema-file.ts';
import { requirementKeyword } from './typescript-text.ts';

/** A schema that a value has to keep, and what says so. */
export interface Rule {
  readonly schema: JsonSchema;
  /** The file that its references are relative to. */
  readonly file: SchemaFile;
  /** The innermost named definition that the schema is a part of: `frame#Request`. */
  readonly definition: string;
  /** The requirement that the schema, or else that definition, serves. */
  readonly requirement: string | undefined;
}

/** The rule that a definition is. */
export function ruleOfDefinition(definitions: Definitions, definition: Definition): Rule {
  const { name, file, schema } = definition;
  const outer = { schema, file, definition: name, requirement: requirementOf(schema) };
  return ruleWithin(definitions, outer, schema);
}

/** The rule that a schema within another one is, its references followed. */
export function ruleWithin(definitions: Definitions, outer: Rule, schema: JsonSchema): Rule {
  if (typeof schema === 'boolean') return { ...outer, schema };
  let rule: Rule = { ...outer, schema, requirement: requirementOf(schema) ?? outer.requirement };
  let next: SchemaObject = schema;
  while (typeof next.$ref === 'string') {
    const target = definitions.resolve(next.$ref, rule.file);
    // What is said beside a reference is nearer than what its target says.
    const isSaidBeside = requirementOf(next) !== undefined;
    const source = isSaidBeside
      ? { definition: rule.definition, requirement: requirementOf(next) }
      : { definition: target.name, requirement: requirementOf(target.schema) };
    next = target.schema;
    rule = { schema: next, file: target.file, ...source };
  }
  return rule;
}

/** The parts of a rule under a keyword that holds a list: `anyOf`, `allOf`. */
export function partsOf(definitions: Definitions, rule: Rule, keyword: 'anyOf' | 'allOf'): Rule[] {
  if (typeof rule.schema === 'boolean') return [];
  const parts = rule.schema[keyword] as JsonSchema[] | undefined;
  return (parts ?? []).map((part) => ruleWithin(definitions, rule, part));
}

function requirementOf(schema: SchemaObject): string | undefined {
  return schema[requirementKeyword] as string | undefined;
}
