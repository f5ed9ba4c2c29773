import { Ajv2020 } from 'ajv/dist/2020.js';
import {
  type JsonSchema,
  type SchemaFile,
  type SchemaObject,
  SchemaProblem,
} from '../schema-file.ts';
import { requirementKeyword } from '../typescript-text.ts';

/** Keywords whose value is one schema, a list of schemas, or schemas by name. */
const oneSchema = ['items', 'additionalProperties', 'propertyNames', 'not', 'if', 'then', 'else'];
const schemaList = ['anyOf', 'allOf', 'oneOf', 'prefixItems'];
const schemasByName = ['properties', 'patternProperties', '$defs'];

/** Keywords that only document: they are left out of what is compiled. */
const annotations = new Set(['title', 'description', 'examples', 'default', requirementKeyword]);

export interface CompilerOptions {
  /** Whether validators report every problem instead of the first. */
  readonly allErrors?: boolean;
}

/** An ajv in strict mode that knows all the files, for standalone code too. */
export function createSchemaCompiler(
  files: readonly SchemaFile[],
  { allErrors = false }: CompilerOptions = {},
): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: true,
    strictTuples: true,
    allErrors,
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addKeyword({ keyword: requirementKeyword, schemaType: 'string' });
  for (const file of files) ajv.addSchema(file.schema);
  return ajv;
}

/**
 * Makes sure that every file keeps the 2020-12 meta-schema and ajv's strict mode, that no two
 * definitions share a name, and that every example is valid.
 * Throws SchemaProblem with file and pointer.
 */
export function checkSchemas(files: readonly SchemaFile[]): void {
  checkMetaSchema(files);
  const ajv = createSchemaCompiler(files);
  const owners = new Map<string, string>();
  for (const file of files) {
    for (const [definition, body] of Object.entries(file.definitions)) {
      const owner = owners.get(definition);
      if (owner !== undefined) {
        throw new SchemaProblem(file.name, `/$defs/${definition}`, `${owner} has this name too`);
      }
      owners.set(definition, file.name);
      checkDefinition(ajv, file, definition, body);
    }
    compileOrLocate(ajv, file, '', file.schema);
  }
}

function checkMetaSchema(files: readonly SchemaFile[]): void {
  const ajv = createSchemaCompiler([]);
  for (const file of files) {
    if (ajv.validateSchema(file.schema)) continue;
    const [problem] = ajv.errors ?? [];
    throw new SchemaProblem(file.name, problem?.instancePath ?? '', problem?.message ?? 'refused');
  }
}

function checkDefinition(
  ajv: Ajv2020,
  file: SchemaFile,
  definition: string,
  body: SchemaObject,
): void {
  const pointer = `/$defs/${definition}`;
  const validate = compileOrLocate(ajv, file, pointer, body);
  for (const [index, example] of (body.examples as unknown[]).entries()) {
    if (validate(example)) continue;
    const [problem] = validate.errors ?? [];
    throw new SchemaProblem(
      file.name,
      `${pointer}/examples/${index}`,
      `its own schema refuses it: ${problem?.instancePath} ${problem?.message}`,
    );
  }
}

/** Compiles the schema at a pointer; a refusal is reported at the deepest schema that is refused. */
function compileOrLocate(ajv: Ajv2020, file: SchemaFile, pointer: string, schema: JsonSchema) {
  try {
    return ajv.compile({ $ref: `${file.id}#${pointer}` });
  } catch (error) {
    for (const [step, child] of subschemas(schema)) {
      compileOrLocate(ajv, file, `${pointer}/${step}`, child);
    }
    throw new SchemaProblem(file.name, pointer, (error as Error).message);
  }
}

function subschemas(schema: JsonSchema): [step: string, child: JsonSchema][] {
  if (typeof schema === 'boolean') return [];
  const found: [string, JsonSchema][] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (oneSchema.includes(keyword)) found.push([keyword, value as JsonSchema]);
    if (schemaList.includes(keyword) || schemasByName.includes(keyword)) {
      for (const [key, child] of Object.entries(value as Record<string, JsonSchema>)) {
        found.push([`${keyword}/${pointerStep(key)}`, child]);
      }
    }
  }
  return found;
}

function pointerStep(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The file without its documentation: the same validators in less code. */
export function withoutAnnotations(file: SchemaFile): SchemaFile {
  const schema = strip(file.schema) as SchemaObject;
  return { ...file, schema, definitions: schema.$defs as SchemaFile['definitions'] };
}

function strip(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const kept: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (annotations.has(keyword)) continue;
    if (oneSchema.includes(keyword)) kept[keyword] = strip(value as JsonSchema);
    else if (schemaList.includes(keyword)) kept[keyword] = (value as JsonSchema[]).map(strip);
    else if (schemasByName.includes(keyword)) {
      kept[keyword] = Object.fromEntries(
        Object.entries(value as Record<string, JsonSchema>).map(([key, s]) => [key, strip(s)]),
      );
    } else kept[keyword] = value;
  }
  return kept;
}
