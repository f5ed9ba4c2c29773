import type { Definitions } from './definition.ts';
import type { JsonSchema, SchemaObject } from './schema-file.ts';
import { partsOf, type Rule } from './schema-rule.ts';

/** What is said of a value that may be anything. */
export const anyValue = 'any value';

/** Patterns that are told in words. */
export const patternWords: ReadonlyMap<string, string> = new Map([
  ['^[^\\u0000]*$', 'without NUL'],
  ['^[^=\\u0000]+$', 'that is not empty and has no "=" and no NUL'],
]);

/** The values that a rule allows, in words: `an integer >= 0 or null`. */
export function allowedValues(definitions: Definitions, rule: Rule): string {
  const { schema } = rule;
  if (typeof schema === 'boolean') return schema ? anyValue : 'nothing';
  if ('const' in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return oneOf(schema.enum.map((value) => JSON.stringify(value)));
  const { type } = schema;
  if (type === 'integer' || type === 'number') return `${withArticle(type)}${bounds(schema)}`;
  if (type === 'string') return `a string${textBounds(schema)}`;
  if (typeof type === 'string') return withArticle(type);
  if (typeof schema.pattern === 'string') return `text ${patternText(schema.pattern)}`;
  const alternatives = partsOf(definitions, rule, 'anyOf');
  if (alternatives.length > 0) {
    return joined(alternatives.flatMap((part) => alternativeValues(definitions, part)));
  }
  const [first] = partsOf(definitions, rule, 'allOf');
  return first === undefined ? anyValue : allowedValues(definitions, first);
}

/** What each alternative allows; those of a union in a union count as its own. */
function alternativeValues(definitions: Definitions, rule: Rule): string[] {
  const isUnion = typeof rule.schema === 'object' && rule.schema.type === undefined;
  const parts = isUnion ? partsOf(definitions, rule, 'anyOf') : [];
  if (parts.length === 0) return [allowedValues(definitions, rule)];
  return parts.flatMap((part) => alternativeValues(definitions, part));
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`;
}

/** `a, b or c`, each once. */
function joined(parts: readonly string[]): string {
  const [last, ...others] = [...new Set(parts)].reverse();
  return others.length === 0 ? String(last) : `${others.reverse().join(', ')} or ${last}`;
}

function bounds(schema: SchemaObject): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  const parts = [
    ...(minimum === undefined ? [] : [`>= ${minimum}`]),
    ...(exclusiveMinimum === undefined ? [] : [`> ${exclusiveMinimum}`]),
    ...(maximum === undefined ? [] : [`<= ${maximum}`]),
    ...(exclusiveMaximum === undefined ? [] : [`< ${exclusiveMaximum}`]),
  ];
  return parts.length === 0 ? '' : ` ${parts.join(' and ')}`;
}

function textBounds({ minLength, pattern }: SchemaObject): string {
  if (typeof pattern === 'string') return ` ${patternText(pattern)}`;
  return minLength === 1 ? ' that is not empty' : '';
}

/** What a text has to be like, and why, where words for its pattern do not say it already. */
export function matchingText(schema: SchemaObject, pattern: string): string {
  const why = patternWords.has(pattern) ? '' : descriptionOf(schema);
  return `text ${patternText(pattern)}${why}`;
}

function patternText(pattern: string): string {
  return patternWords.get(pattern) ?? `that matches ${pattern}`;
}

/** A schema's own words, to follow on others; nothing where it has none. */
export function descriptionOf(schema: JsonSchema): string {
  const description = typeof schema === 'object' ? schema.description : undefined;
  return typeof description === 'string' ? `: ${description}` : '';
}

/** `"text", "base64"` where the alternatives of a union differ in the members that they need. */
export function neededMembers(alternatives: readonly Rule[]): string | undefined {
  const needed = alternatives.map(({ schema }) => {
    if (typeof schema === 'boolean' || schema.type !== undefined) return undefined;
    return (schema.required as string[] | undefined)?.map((name) => `"${name}"`).join(' and ');
  });
  return needed.includes(undefined) ? undefined : needed.join(', ');
}

/** Whether a value is of a type as JSON Schema names it. What JSON cannot say is of none. */
export function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return Number.isFinite(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'null':
      return value === null;
    default:
      // The two that are left are names of typeof too.
      return typeof value === type;
  }
}

function withArticle(type: string): string {
  if (type === 'null') return 'null';
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

const longestFinding = 60;

/** A value in short and on one line. */
export function findingText(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty array' : `an array of ${value.length}`;
  }
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'number' && !Number.isFinite(value)) return unwritable(value);
  // A long string is cut first: what is cut off is not worth being escaped.
  const start = typeof value === 'string' ? value.slice(0, longestFinding) : value;
  const text = JSON.stringify(start) ?? 'nothing';
  return text.length > longestFinding ? `${text.slice(0, longestFinding - 3)}…` : text;
}

function unwritable(value: number): string {
  if (Number.isNaN(value)) return 'not a number';
  return value > 0 ? 'infinity' : 'minus infinity';
}
