import { readFileSync } from 'node:fs';
import t from 'tap';
import { root } from '../../testing/run-cli.ts';
import { packageDefinition } from './package-definition.ts';

interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: string;
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly $ref?: string;
  readonly type?: string;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
}

const schemas = Object.fromEntries(
  ['process', 'bus-methods', 'frame'].map((name) => [
    `${name}.schema.json`,
    JSON.parse(readFileSync(`${root}schemas/${name}.schema.json`, 'utf8')).$defs,
  ]),
) as Record<string, Record<string, Schema>>;

function fieldsOf(message: string): Field[] {
  const definition = packageDefinition[`stdiobus.v1.${message}`] as unknown as {
    type: { field: Field[] };
  };
  return definition.type.field.map(({ name, label, type }) => ({ name, label, type }));
}

/** The kinds of a value, however the schema says them. */
function kindsOf(schema: Schema, file: string): string[] {
  if (schema.$ref !== undefined) {
    const [other, name = ''] = schema.$ref.split('#/$defs/');
    const target = other === '' ? file : (other as string);
    if (name === 'Base64') return ['base64'];
    return kindsOf((schemas[target] as Record<string, Schema>)[name] as Schema, target);
  }
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((each) => kindsOf(each, file));
  if (schema.enum !== undefined) return ['string'];
  return [schema.type ?? 'object'];
}

const kindsByType: Readonly<Record<string, string>> = {
  TYPE_STRING: 'string',
  TYPE_BYTES: 'base64',
  TYPE_BOOL: 'boolean',
  TYPE_UINT64: 'integer',
  TYPE_UINT32: 'integer',
  TYPE_SINT32: 'integer',
};

/** Messages, the definitions that they stand for, and what only the message has. */
const pairs = [
  ['StartRequest', 'process', 'StartParams', ['sessionId', 'pool']],
  ['StartResponse', 'process', 'StartResult', []],
  ['ReadRequest', 'process', 'ReadParams', ['sessionId']],
  ['ReadResponse', 'process', 'ReadResult', []],
  ['OutputChunk', 'process', 'OutputChunk', []],
  ['WriteRequest', 'process', 'WriteParams', ['sessionId']],
  ['WriteResponse', 'process', 'WriteResult', []],
  ['SignalRequest', 'process', 'SignalParams', ['sessionId']],
  ['SignalResponse', 'process', 'SignalResult', []],
  ['TerminateRequest', 'process', 'TerminateParams', ['sessionId']],
  ['TerminateResponse', 'process', 'TerminateResult', []],
  ['StatsResponse', 'bus-methods', 'StatsResult', []],
  ['WorkerStats', 'bus-methods', 'WorkerStats', []],
] as const;

const camelCase = (name: string) =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

for (const [message, file, definition, own] of pairs) {
  t.test(`${message} has the members of ${file}#${definition}, and their types`, async (t) => {
    const name = `${file}.schema.json`;
    const { properties = {} } = (schemas[name] as Record<string, Schema>)[definition] as Schema;
    const fields = fieldsOf(message).map((field) => ({ ...field, name: camelCase(field.name) }));
    t.same(
      fields
        .map((field) => field.name)
        .filter((each) => !(own as readonly string[]).includes(each))
        .sort(),
      Object.keys(properties).sort(),
    );
    for (const field of fields) {
      const property = properties[field.name];
      if (property === undefined) continue;
      const kinds = kindsOf(property, name);
      const kind = kindsByType[field.type];
      if (field.type === 'TYPE_MESSAGE') {
        t.ok(
          kinds.some((each) => each === 'array' || each === 'object'),
          field.name,
        );
      } else if (field.label === 'LABEL_REPEATED') t.same(kinds, ['array'], field.name);
      else
        t.equal(
          kinds.find((each) => each !== 'null'),
          kind,
          field.name,
        );
    }
  });
}

t.test('the events of a process are those of its notifications', async (t) => {
  const properties = (definition: string) =>
    Object.keys(schemas['process.schema.json']?.[definition]?.properties ?? {}).sort();
  const all = (message: string) =>
    [...fieldsOf(message).map(({ name }) => camelCase(name)), 'processId', 'seq'].sort();
  t.same(all('Output'), properties('OutputParams'));
  t.same(all('Exited'), properties('ExitedParams'));
  t.same(all('Closed'), properties('ClosedParams'));
});
