import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { finished, startNode } from '../../testing/run-cli.ts';
import { schemaFolder } from '../definition.ts';
import { readSchemaFiles, type SchemaObject, schemaFileFromText } from '../schema-file.ts';
import { checkSchemas } from './schema-compiler.ts';
import { typeboxModule } from './typebox-module.ts';
import { validatorModule } from './validator-module.ts';

const files = readSchemaFiles(schemaFolder);

/** A schema file with one definition `Thing`, which says what `keywords` says. */
function fileWith(keywords: SchemaObject, name = 'thing') {
  return schemaFileFromText(
    name,
    JSON.stringify({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `https://stdio-bus-kit.dev/schemas/${name}.schema.json`,
      title: 'Thing',
      description: 'A thing.',
      $defs: { Thing: { description: 'A thing.', examples: ['x'], ...keywords } },
    }),
  );
}

t.test('what is committed is what is generated', async (t) => {
  const { code, stderr } = await finished(startNode('dist/schemas/generate.js', '--check'));
  t.equal(stderr, '');
  t.equal(code, 0);
});

t.test('generating twice changes nothing', async (t) => {
  for (const file of files) {
    t.equal(typeboxModule(file), typeboxModule(file));
    t.equal(validatorModule(file, files), validatorModule(file, files));
  }
});

t.test('a generated validator needs no ajv', async (t) => {
  const folder = fileURLToPath(new URL('generated/', schemaFolder));
  for (const name of readdirSync(folder)) {
    t.notMatch(readFileSync(folder + name, 'utf8'), /ajv\/|require\(/, name);
  }
});

t.test('a schema that is refused is named with file and pointer', async (t) => {
  const table: [keywords: SchemaObject, problem: RegExp][] = [
    [{ type: 'strin' }, /^thing\.schema\.json#\/\$defs\/Thing\/type: /],
    [{ type: 'string', minLenght: 1 }, /^thing\.schema\.json#\/\$defs\/Thing: .*"minLenght"/],
    [
      { type: 'object', properties: { a: { type: 'array', items: { foo: 1 } } } },
      /^thing\.schema\.json#\/\$defs\/Thing\/properties\/a\/items: .*"foo"/,
    ],
    [
      { type: 'object', required: ['a'], properties: { 'b/c': { minimum: 1 } } },
      /^thing\.schema\.json#\/\$defs\/Thing\/properties\/b~1c: .*"minimum"/,
    ],
    [{ type: 'object', required: ['a'] }, /^thing\.schema\.json#\/\$defs\/Thing: .*"a"/],
    [{ type: 'string', pattern: '(' }, /^thing\.schema\.json#\/\$defs\/Thing: /],
    [{ type: 'integer' }, /^thing\.schema\.json#\/\$defs\/Thing\/examples\/0: /],
    [{ $ref: 'nowhere.schema.json#/$defs/X' }, /^thing\.schema\.json#\/\$defs\/Thing: /],
  ];
  for (const [keywords, problem] of table) {
    t.throws(
      () => checkSchemas([fileWith(keywords)]),
      { message: problem },
      JSON.stringify(keywords),
    );
  }
});

t.test('a file without its documentation is refused', async (t) => {
  t.throws(() => fileWith({ description: undefined }), {
    message: /Thing: "description" is missing/,
  });
  t.throws(() => fileWith({ examples: [] }), { message: /Thing: "examples" is missing/ });
  t.throws(() => schemaFileFromText('thing', '{'), { message: /^thing\.schema\.json#: not JSON/ });
  t.throws(() => schemaFileFromText('thing', '{}'), { message: /"\$schema" is missing/ });
});

t.test('two definitions of one name are refused', async (t) => {
  t.throws(
    () => checkSchemas([fileWith({ type: 'string' }), fileWith({ type: 'string' }, 'other')]),
    {
      message: /^other\.schema\.json#\/\$defs\/Thing: thing has this name too/,
    },
  );
});

t.test('what typebox cannot say is refused with file and pointer', async (t) => {
  const table: [keywords: SchemaObject, problem: RegExp][] = [
    [{ $ref: '#/$defs/Thing' }, /#\/\$defs\/Thing: refers to itself/],
    [{ $ref: 'x.json' }, /#\/\$defs\/Thing: \$ref "x\.json"\?/],
    [{ $ref: 'frame.schema.json#/$defs/Frame', minLength: 1 }, /"minLength" beside "\$ref"/],
    [{ type: ['string', 'null'] }, /type \["string","null"\]\?/],
    [{ type: 'object', properties: {}, additionalProperties: {} }, /named members and a schema/],
  ];
  for (const [keywords, problem] of table) {
    t.throws(() => typeboxModule(fileWith(keywords)), { message: problem });
  }
});
