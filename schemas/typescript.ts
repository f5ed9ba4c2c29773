import type { Definition, Definitions } from './definition.ts';
import type { JsonSchema, SchemaObject } from './schema-file.ts';
import { docComment, propertyKey } from './typescript-text.ts';

/**
 * Plain TypeScript declarations of definitions and of all that they refer to: interfaces and type
 * aliases that need no library.
 */
export function typescriptFromDefinition(
  definitions: Definitions,
  wanted: readonly Definition[],
): string {
  const written = new Map<string, string>();
  const write = (definition: Definition): void => {
    if (written.has(definition.name)) return;
    written.set(definition.name, '');
    const references: Definition[] = [];
    const type = typeOf(definition.schema, '', (reference) => {
      const target = definitions.resolve(reference, definition.file);
      references.push(target);
      return simpleName(target);
    });
    const name = simpleName(definition);
    const isInterface = type.startsWith('{');
    const declaration = isInterface
      ? `export interface ${name} ${type}\n`
      : `export type ${name} = ${type};\n`;
    written.set(definition.name, `${docComment(definition.schema, '')}${declaration}`);
    for (const reference of references) write(reference);
  };
  for (const definition of wanted) write(definition);
  return [...written.values()].join('\n');
}

function simpleName({ name }: Definition): string {
  return name.slice(name.indexOf('#') + 1);
}

type Resolve = (reference: string) => string;

function typeOf(schema: JsonSchema, indent: string, resolve: Resolve): string {
  if (typeof schema === 'boolean') return schema ? 'unknown' : 'never';
  if (typeof schema.$ref === 'string') return resolve(schema.$ref);
  if ('const' in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((v) => JSON.stringify(v)).join(' | ');
  switch (schema.type) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'integer':
      return 'number';
    case 'array':
      return `readonly ${parenthesised(typeOf((schema.items ?? true) as JsonSchema, indent, resolve))}[]`;
    case 'object':
      return objectType(schema, indent, resolve);
    default:
      return combination(schema, indent, resolve);
  }
}

function objectType(schema: SchemaObject, indent: string, resolve: Resolve): string {
  const required = (schema.required ?? []) as string[];
  const inner = `${indent}  `;
  const members = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>).map(
    ([key, member]) =>
      `${docComment(member, inner)}${inner}readonly ${propertyKey(key)}${required.includes(key) ? '' : '?'}: ${typeOf(member, inner, resolve)};\n`,
  );
  const rest = schema.additionalProperties;
  if (members.length === 0 && rest !== false) {
    return `Readonly<Record<string, ${typeOf((rest ?? true) as JsonSchema, indent, resolve)}>>`;
  }
  return members.length === 0 ? '{}' : `{\n${members.join('')}${indent}}`;
}

function combination(schema: SchemaObject, indent: string, resolve: Resolve): string {
  const types = (parts: readonly JsonSchema[]) => [
    ...new Set(parts.map((part) => typeOf(part, indent, resolve))),
  ];
  if (Array.isArray(schema.anyOf)) return types(schema.anyOf).join(' | ');
  if (Array.isArray(schema.allOf)) {
    const known = types(schema.allOf).filter((type) => type !== 'unknown');
    return known.map(parenthesised).join(' & ');
  }
  return 'unknown';
}

function parenthesised(type: string): string {
  return type.includes(' | ') && !type.startsWith('{') ? `(${type})` : type;
}
