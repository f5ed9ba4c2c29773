import {
  type JsonSchema,
  type SchemaFile,
  type SchemaObject,
  SchemaProblem,
} from '../schema-file.ts';
import { docComment, literal, propertyKey, requirementKeyword } from '../typescript-text.ts';

/** Keywords that an expression says by the builder it calls, so that they are not options too. */
const structural = new Set([
  'type',
  'const',
  'enum',
  '$ref',
  'properties',
  'required',
  'items',
  'examples',
  '$defs',
]);

/**
 * One schema file as a module of typebox schemas and their static types, documented as TSDoc.
 * Throws SchemaProblem for what typebox cannot say: a cycle of definitions, an unknown reference.
 */
export function typeboxModule(file: SchemaFile): string {
  const writer = new ModuleWriter(file);
  const order = definitionOrder(file);
  const body = order.map((definition) => writer.definition(definition)).join('\n');
  const imports = [...writer.imports]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, names]) => `import { ${[...names].sort().join(', ')} } from './${from}.ts';\n`);
  return [
    `// Generated from ../${file.name}.schema.json by \`npm run generate\`; do not edit.\n`,
    "import Type from 'typebox';\n",
    ...imports,
    `\n${body}`,
  ].join('');
}

/** The definitions of a file, each after those that it refers to. */
function definitionOrder(file: SchemaFile): string[] {
  const order: string[] = [];
  const path: string[] = [];
  const visit = (definition: string): void => {
    if (order.includes(definition)) return;
    if (path.includes(definition)) {
      throw new SchemaProblem(file.name, `/$defs/${definition}`, 'refers to itself');
    }
    path.push(definition);
    for (const reference of localReferences(file.definitions[definition] as SchemaObject)) {
      visit(reference);
    }
    path.pop();
    order.push(definition);
  };
  for (const definition of Object.keys(file.definitions)) visit(definition);
  return order;
}

function localReferences(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    if (key === 'examples' || key === 'default') return [];
    if (key === '$ref' && String(child).startsWith('#')) return [definitionOf(String(child))];
    return localReferences(child);
  });
}

function definitionOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

class ModuleWriter {
  readonly imports = new Map<string, Set<string>>();
  readonly #file: SchemaFile;

  constructor(file: SchemaFile) {
    this.#file = file;
  }

  definition(name: string): string {
    const schema = this.#file.definitions[name] as SchemaObject;
    return [
      docComment(schema, ''),
      `export const ${name} = ${this.#expression(schema, `/$defs/${name}`, '')};\n`,
      docComment(schema, ''),
      `export type ${name} = Type.Static<typeof ${name}>;\n`,
    ].join('');
  }

  /** The typebox expression of a schema. `indent` is that of the line on which it begins. */
  #expression(schema: JsonSchema, pointer: string, indent: string): string {
    if (schema === true) return 'Type.Unknown()';
    if (schema === false) return 'Type.Never()';
    const options = (written: readonly string[] = []) => this.#options(schema, written, indent);
    if (typeof schema.$ref === 'string') return this.#reference(schema, pointer);
    if ('const' in schema) return `Type.Literal(${literal(schema.const)}${options()})`;
    if (Array.isArray(schema.enum)) {
      return `Type.Enum([${schema.enum.map(literal).join(', ')}]${options()})`;
    }
    switch (schema.type) {
      case 'string':
        return `Type.String(${options().replace(/^, /, '')})`;
      case 'integer':
        return `Type.Integer(${options().replace(/^, /, '')})`;
      case 'number':
        return `Type.Number(${options().replace(/^, /, '')})`;
      case 'boolean':
        return `Type.Boolean(${options().replace(/^, /, '')})`;
      case 'null':
        return `Type.Null(${options().replace(/^, /, '')})`;
      case 'array': {
        const items = this.#expression(
          (schema.items ?? true) as JsonSchema,
          `${pointer}/items`,
          indent,
        );
        return `Type.Array(${items}${options()})`;
      }
      case 'object':
        return this.#object(schema, pointer, indent);
      case undefined:
        return this.#combination(schema, pointer, indent);
      default:
        throw new SchemaProblem(this.#file.name, pointer, `type ${literal(schema.type)}?`);
    }
  }

  #reference(schema: SchemaObject, pointer: string): string {
    const reference = String(schema.$ref);
    const sibling = Object.keys(schema).find(
      (key) => !['$ref', 'description', 'examples', requirementKeyword].includes(key),
    );
    if (sibling !== undefined) {
      throw new SchemaProblem(this.#file.name, pointer, `"${sibling}" beside "$ref"`);
    }
    const match = /^(?:(?<file>[a-z-]+)\.schema\.json)?#\/\$defs\/(?<name>\w+)$/.exec(reference);
    if (!match?.groups) throw new SchemaProblem(this.#file.name, pointer, `$ref "${reference}"?`);
    const { file, name } = match.groups as { file?: string; name: string };
    if (file !== undefined) {
      const names = this.imports.get(file) ?? new Set();
      this.imports.set(file, names.add(name));
    }
    return name;
  }

  #object(schema: SchemaObject, pointer: string, indent: string): string {
    const rest = schema.additionalProperties;
    if (schema.properties === undefined && rest !== false) {
      const values = this.#expression(
        (rest ?? true) as JsonSchema,
        `${pointer}/additionalProperties`,
        indent,
      );
      return `Type.Record(Type.String(), ${values}${this.#options(schema, ['additionalProperties'], indent)})`;
    }
    if (typeof rest === 'object') {
      throw new SchemaProblem(this.#file.name, pointer, 'named members and a schema for the rest');
    }
    const required = (schema.required ?? []) as string[];
    const inner = `${indent}  `;
    const members = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>).map(
      ([key, member]) => {
        const value = this.#expression(member, `${pointer}/properties/${key}`, inner);
        const wrapped = required.includes(key) ? value : `Type.Optional(${value})`;
        return `${docComment(member, inner)}${inner}${propertyKey(key)}: ${wrapped},\n`;
      },
    );
    const text = members.length === 0 ? '{}' : `{\n${members.join('')}${indent}}`;
    return `Type.Object(${text}${this.#options(schema, [], indent)})`;
  }

  #combination(schema: SchemaObject, pointer: string, indent: string): string {
    for (const [keyword, builder] of [
      ['anyOf', 'Union'],
      ['allOf', 'Intersect'],
    ] as const) {
      const parts = schema[keyword];
      if (!Array.isArray(parts)) continue;
      const inner = `${indent}  `;
      const lines = parts.map(
        (part, index) =>
          `${inner}${this.#expression(part, `${pointer}/${keyword}/${index}`, inner)},\n`,
      );
      return `Type.${builder}([\n${lines.join('')}${indent}]${this.#options(schema, [keyword], indent)})`;
    }
    const keywords = Object.keys(schema).filter((key) => key !== 'description');
    if (keywords.length === 0) return 'Type.Unknown()';
    return `Type.Unsafe<unknown>(${this.#raw(schema, pointer)})`;
  }

  /** The keywords that no builder says, as the options argument, or nothing. */
  #options(schema: SchemaObject, written: readonly string[], indent: string): string {
    const entries = Object.entries(schema)
      .filter(([key]) => !structural.has(key) && !written.includes(key))
      .map(([key, value]) => `${propertyKey(key)}: ${this.#raw(value, key)}`);
    if (entries.length === 0) return '';
    const line = `{ ${entries.join(', ')} }`;
    if (line.length + indent.length < 90) return `, ${line}`;
    return `, {\n${entries.map((entry) => `${indent}  ${entry},\n`).join('')}${indent}}`;
  }

  /** A JSON value as a literal, in which a reference is the schema that it names. */
  #raw(value: unknown, pointer: string): string {
    if (Array.isArray(value)) {
      return `[${value.map((item) => this.#raw(item, pointer)).join(', ')}]`;
    }
    if (typeof value !== 'object' || value === null) return literal(value);
    if ('$ref' in value) return this.#reference(value as SchemaObject, pointer);
    const entries = Object.entries(value).map(
      ([key, child]) => `${propertyKey(key)}: ${this.#raw(child, pointer)}`,
    );
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
}
