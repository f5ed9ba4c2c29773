import { fileEnding, type JsonSchema, type SchemaFile, type SchemaObject } from './schema-file.ts';

/**
 * A file's schema with all the files that it refers to, in its `$defs` under their `$id`: a compound
 * document of JSON Schema 2020-12, from which any validator resolves every reference. With `root`,
 * the schema is that definition of the file.
 */
export function bundledSchema(
  file: SchemaFile,
  files: readonly SchemaFile[],
  root?: string,
): SchemaObject {
  const needed = [...neededFiles(file, files)].filter((other) => other !== file);
  const $defs = {
    ...file.definitions,
    ...Object.fromEntries(needed.map(({ id, schema }) => [id, withoutRoot(schema)])),
  };
  return { ...file.schema, ...(root === undefined ? {} : { $ref: `#/$defs/${root}` }), $defs };
}

/** References are to definitions, never to a root; and ajv follows that of a part without end. */
function withoutRoot({ $ref: _, ...schema }: SchemaObject): SchemaObject {
  return schema;
}

/** The file and those that it refers to, directly or not. */
function neededFiles(file: SchemaFile, files: readonly SchemaFile[]): Set<SchemaFile> {
  const needed = new Set([file]);
  for (const { schema } of needed) {
    for (const name of referencedFiles(schema)) {
      const target = files.find((candidate) => `${candidate.name}${fileEnding}` === name);
      if (target !== undefined) needed.add(target);
    }
  }
  return needed;
}

function referencedFiles(schema: JsonSchema | unknown[]): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === 'examples' || keyword === 'default') return [];
    if (keyword === '$ref') return [String(value).split('#')[0] as string];
    return referencedFiles(value as JsonSchema);
  });
}
