import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Definitions, schemaFolder } from './definition.ts';
import * as generated from './generated/index.ts';
import type { ByteVector, ValueVector, VectorFile } from './generated/vector.ts';
import { validateVectorFile } from './generated/vector.validate.ts';
import { createSchemaCompiler } from './generator/schema-compiler.ts';

const vectorFolder = new URL('vectors/', schemaFolder);
const files = readdirSync(vectorFolder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({
    name,
    content: JSON.parse(readFileSync(new URL(name, vectorFolder), 'utf8')) as VectorFile,
  }));
const vectors = files.flatMap(({ content }) => content.vectors);
const valueVectors = vectors.filter((vector): vector is ValueVector => 'schema' in vector);
const byteVectors = vectors.filter((vector): vector is ByteVector => 'chunks' in vector);

const definitions = new Definitions();
const ajv = createSchemaCompiler(definitions.files);

const typeboxSchemas: Readonly<Record<string, unknown>> = generated;

type Check = (value: unknown) => boolean;

/** The three validators of a definition, none of which is made from another. */
function validatorsOf(name: string): Record<'generated' | 'ajv' | 'typebox', Check> {
  const definition = definitions.find(name);
  if (definition === undefined) throw new Error(`no schema ${name}`);
  const [, simpleName] = definition.name.split('#') as [string, string];
  const compiled = ajv.compile({ $ref: `${definition.file.id}#/$defs/${simpleName}` });
  const typebox = Compile(typeboxSchemas[simpleName] as TSchema);
  return {
    generated: (value) => definition.validate(value),
    ajv: (value) => compiled(value) === true,
    typebox: (value) => typebox.Check(value),
  };
}

t.test('three validators agree with every vector of a value', async (t) => {
  const bySchema = new Map<string, ReturnType<typeof validatorsOf>>();
  for (const { id, schema, frame, valid } of valueVectors) {
    const validators = bySchema.get(schema) ?? validatorsOf(schema);
    bySchema.set(schema, validators);
    const verdicts = Object.entries(validators).map(([name, check]) => [name, check(frame)]);
    t.strictSame(
      Object.fromEntries(verdicts),
      { generated: valid, ajv: valid, typebox: valid },
      `${id} in ${schema}`,
    );
  }
});

t.test('three validators accept every example', async (t) => {
  for (const name of definitions.names().filter((name) => name.includes('#'))) {
    const examples = definitions.find(name)?.schema.examples as unknown[];
    for (const [validator, check] of Object.entries(validatorsOf(name))) {
      t.ok(examples.every(check), `${validator} of ${name}`);
    }
  }
});

t.test('there are at least 300 vectors, at least 80 of them of bytes', async (t) => {
  t.ok(vectors.length >= 300, `${vectors.length} vectors`);
  t.ok(byteVectors.length >= 80, `${byteVectors.length} of bytes`);
});

t.test('every vector file keeps its schema', async (t) => {
  for (const { name, content } of files) {
    t.ok(validateVectorFile(content), name);
    t.strictSame(validateVectorFile.errors, null);
  }
});

t.test('ids of vectors are unique and begin with their requirement', async (t) => {
  t.equal(new Set(vectors.map(({ id }) => id)).size, vectors.length);
  for (const { id, requirement } of vectors) t.equal(id.split('/')[0], requirement);
});

t.test('every definition has a valid vector, and an invalid one unless it takes all', async (t) => {
  const takesAll = ['subject#FrameObject'];
  for (const name of definitions.names().filter((name) => name.includes('#'))) {
    const own = valueVectors.filter(({ schema }) => schema === name);
    t.ok(
      own.some(({ valid }) => valid),
      `${name}: valid`,
    );
    if (!takesAll.includes(name))
      t.ok(
        own.some(({ valid }) => !valid),
        `${name}: invalid`,
      );
  }
});
