import { readdirSync, readFileSync } from 'node:fs';

/** A JSON Schema, or the booleans that stand for "anything" and "nothing". */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };
export type SchemaObject = Exclude<JsonSchema, boolean>;

/** How the name of every schema file ends. */
export const fileEnding = '.schema.json';

/** A hand-written `*.schema.json` file: its name without the ending, and its content. */
export interface SchemaFile {
  readonly name: string;
  readonly id: string;
  readonly schema: SchemaObject;
  readonly definitions: Readonly<Record<string, SchemaObject>>;
}

/** What is wrong with a schema file: where, and what. */
export class SchemaProblem extends Error {
  override name = 'SchemaProblem';

  constructor(file: string, pointer: string, problem: string) {
    super(`${file}.schema.json#${pointer}: ${problem}`);
  }
}

/**
 * Reads every `*.schema.json` of a folder, in the order of their names.
 * Throws SchemaProblem where a file is not JSON or a definition lacks its documentation.
 */
export function readSchemaFiles(folder: URL): SchemaFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(fileEnding))
    .sort()
    .map((name) =>
      schemaFileFromText(
        name.slice(0, -fileEnding.length),
        readFileSync(new URL(name, folder), 'utf8'),
      ),
    );
}

/** Reads one schema file from its text. Throws SchemaProblem. */
export function schemaFileFromText(name: string, text: string): SchemaFile {
  let schema: SchemaObject;
  try {
    schema = JSON.parse(text);
  } catch (error) {
    throw new SchemaProblem(name, '', `not JSON: ${(error as Error).message}`);
  }
  for (const keyword of ['$schema', '$id', 'title', 'description']) {
    if (typeof schema[keyword] !== 'string') {
      throw new SchemaProblem(name, '', `"${keyword}" is missing`);
    }
  }
  const definitions = (schema.$defs ?? {}) as Record<string, SchemaObject>;
  for (const [definition, body] of Object.entries(definitions)) {
    checkDocumentation(name, definition, body);
  }
  return { name, id: schema.$id as string, schema, definitions };
}

function checkDocumentation(file: string, definition: string, body: SchemaObject): void {
  const pointer = `/$defs/${definition}`;
  if (!/^[A-Z][A-Za-z0-9]*$/.test(definition)) {
    throw new SchemaProblem(file, pointer, 'a definition is named in PascalCase');
  }
  if (typeof body.description !== 'string') {
    throw new SchemaProblem(file, pointer, '"description" is missing');
  }
  if (!Array.isArray(body.examples) || body.examples.length === 0) {
    throw new SchemaProblem(file, pointer, '"examples" is missing');
  }
}
