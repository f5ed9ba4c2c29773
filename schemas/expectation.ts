import type { SchemaObject } from './schema-file.ts';
import type { SchemaError } from './validator.ts';

/**
 * What the keyword of an error asks for, in words. `schema` is the schema of the value that is wrong;
 * `all` are the errors among which this one was found.
 */
export function expectation(
  error: SchemaError,
  schema: SchemaObject,
  all: readonly SchemaError[],
): string {
  const { params, keyword } = error;
  const described = typeof schema.description === 'string' ? `: ${schema.description}` : '';
  switch (keyword) {
    case 'required':
      return `the member "${params.missingProperty}"`;
    case 'additionalProperties':
      return `no member "${params.additionalProperty}"`;
    case 'false schema':
      return `no member "${error.instancePath.slice(error.instancePath.lastIndexOf('/') + 1)}" in this kind of frame`;
    case 'type':
      return withArticle(String(params.type));
    case 'const':
      return JSON.stringify(params.allowedValue);
    case 'enum':
      return `one of ${(params.allowedValues as unknown[]).map((v) => JSON.stringify(v)).join(', ')}`;
    case 'minLength':
      return params.limit === 1
        ? 'a string that is not empty'
        : `at least ${params.limit} characters`;
    case 'maxLength':
      return `at most ${params.limit} characters`;
    case 'minItems':
      return `at least ${params.limit} ${params.limit === 1 ? 'element' : 'elements'}`;
    case 'minProperties':
      return `at least ${params.limit} ${params.limit === 1 ? 'member' : 'members'}`;
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `a number ${params.comparison} ${params.limit}`;
    case 'uniqueItems':
      return 'no element twice';
    case 'pattern':
      return `text that matches ${params.pattern}${described}`;
    case 'propertyNames':
      return `no member named ${JSON.stringify(params.propertyName)}`;
    case 'not': {
      const excluded = (schema.not as SchemaObject | undefined)?.enum;
      return Array.isArray(excluded)
        ? `none of ${excluded.map((v) => JSON.stringify(v)).join(', ')}`
        : 'another value';
    }
    case 'anyOf':
      return alternatives(error, all) ?? `another value${described}`;
    default:
      return error.message ?? keyword;
  }
}

/** "a string or a number", where the branches of an anyOf differ in their type alone. */
function alternatives(error: SchemaError, all: readonly SchemaError[]): string | undefined {
  const branches = all.filter(
    ({ instancePath, schemaPath }) =>
      instancePath === error.instancePath && /anyOf\/\d+\//.test(schemaPath),
  );
  if (branches.length === 0) return undefined;
  const types = branches.filter(({ keyword }) => keyword === 'type');
  if (types.length === branches.length) {
    return [...new Set(types.map(({ params }) => withArticle(String(params.type))))].join(' or ');
  }
  const members = branches.filter(({ keyword }) => keyword === 'required');
  if (members.length === branches.length) {
    return `one of the members ${members.map(({ params }) => `"${params.missingProperty}"`).join(', ')}`;
  }
  return undefined;
}

function withArticle(type: string): string {
  if (type === 'null') return 'null';
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

/** The value that is wrong, in short and on one line. */
export function findingText(error: SchemaError, value: unknown): string {
  if (error.keyword === 'required') return 'none';
  if (error.keyword === 'additionalProperties' || error.keyword === 'propertyNames') return 'one';
  if (Array.isArray(value))
    return value.length === 0 ? 'an empty array' : `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
