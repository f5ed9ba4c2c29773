import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { type Definition, Definitions, schemaFolder } from './definition.ts';
import { patternWords } from './expectation.ts';
import type { ValueVector, VectorFile } from './generated/vector.ts';
import { findProblems, listProblems } from './problem.ts';

// The machine may be busy.
t.setTimeout(240_000);

const definitions = new Definitions();
const vectorFolder = new URL('vectors/', schemaFolder);
const vectors = readdirSync(vectorFolder)
  .filter((name) => name.endsWith('.json'))
  .flatMap(
    (name) => (JSON.parse(readFileSync(new URL(name, vectorFolder), 'utf8')) as VectorFile).vectors,
  )
  .filter((vector): vector is ValueVector => 'schema' in vector);

function named(name: string): Definition {
  const found = definitions.find(name);
  if (found === undefined) throw new Error(`no schema ${name}`);
  return found;
}

const lines = (name: string, value: unknown) =>
  findProblems(definitions, named(name), value).map(
    ({ pointer, problem }) => `${pointer}: ${problem}`,
  );

t.test('a value has problems where its validator refuses it, and else none', async (t) => {
  for (const { id, schema, frame, valid } of vectors) {
    t.equal(
      findProblems(definitions, named(schema), frame).length === 0,
      valid,
      `${id} in ${schema}`,
    );
  }
});

t.test('so has a value in which something was replaced or is missing', async () => {
  const replacement = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constant(undefined), fc.double());
  fc.assert(
    fc.property(
      fc.constantFrom(...vectors),
      fc.nat(),
      replacement,
      ({ schema, frame }, place, value) => {
        const definition = named(schema);
        const changed = withReplacement(frame, place, value);
        const problems = findProblems(definitions, definition, changed);
        return (problems.length === 0) === definition.validate(changed);
      },
    ),
    { numRuns: 3000 },
  );
});

/** A copy in which the value at one place, counted from the root, is another; undefined removes it. */
function withReplacement(value: unknown, place: number, replacement: unknown): unknown {
  const root = { value: structuredClone(value) };
  const places: [holder: Record<string, unknown>, key: string][] = [];
  const visit = (holder: object) => {
    for (const [key, child] of Object.entries(holder)) {
      places.push([holder as Record<string, unknown>, key]);
      if (typeof child === 'object' && child !== null) visit(child);
    }
  };
  visit(root);
  const [holder, key] = places[place % places.length] as (typeof places)[number];
  if (replacement !== undefined) holder[key] = replacement;
  else if (!Array.isArray(holder) && holder !== root) delete holder[key];
  return root.value;
}

t.test('what is allowed is said, whatever the union', async (t) => {
  const table: [schema: string, value: unknown, problems: string[]][] = [
    ['frame#RequestId', true, [': expected a string or a number, found true']],
    [
      'frame#WorkerFacingId',
      1.5,
      [
        ': expected an integer from -9007199254740991 to 9007199254740991 or a string that matches ^[ -~]{1,64}$, found 1.5',
      ],
    ],
    [
      'codex#CodexErrorResponse',
      { id: true, error: { code: 1, message: 'x' } },
      ['/id: expected a string, an integer or null, found true'],
    ],
    ['history', 5, [': expected an object, found 5']],
    [
      'process#ReadParams',
      { processId: 'p', waitMs: -1 },
      ['/waitMs: expected an integer >= 0 or null, found -1'],
    ],
    [
      'bus-config#Routing',
      { session_id_field: 'id' },
      [
        '/session_id_field: expected none of "id", "method", "pool", "jsonrpc", "params", "result", "error", "_ext": frames have these members already, found "id"',
      ],
    ],
    [
      'frame#Request',
      { jsonrpc: '2.0', id: 1, method: 'x', result: 1 },
      ['/result: not allowed here'],
    ],
    [
      'bus-config#Limits',
      { maxRestarts: 1 },
      ['/maxRestarts: unknown member, did you mean "max_restarts"?'],
    ],
    [
      'bus-config#Pool',
      { id: 'a', args: ['\0'], env: { 'a=b': 'x' } },
      [
        '/command: missing, expected a string without NUL',
        '/args/0: expected text without NUL, found "\\u0000"',
        '/env/a=b: expected text that is not empty and has no "=" and no NUL as its name, found "a=b"',
      ],
    ],
    ['bus-config#Limits', JSON.parse('{"__proto__": 1}'), ['/__proto__: unknown member']],
  ];
  for (const [schema, value, problems] of table)
    t.strictSame(lines(schema, value), problems, schema);
});

t.test('each pattern that is told in words is one of the schemas', async (t) => {
  const text = JSON.stringify(definitions.files.map(({ schema }) => schema));
  for (const pattern of patternWords.keys()) {
    t.ok(text.includes(`"pattern":${JSON.stringify(pattern)}`), pattern);
  }
});

t.test(
  'a problem names the innermost definition and the requirement that this one serves',
  async (t) => {
    const table: [schema: string, value: unknown, requirement: string, definition: string][] = [
      ['bus-config', { pools: [5] }, 'CFG-1', 'bus-config#Pool'],
      ['bus-config', { pools: [{ id: '', command: 'x' }] }, 'CFG-1', 'bus-config#Pool'],
      ['bus-config', { pools: [] }, 'CFG-1', 'bus-config#BusConfig'],
      ['bus-config#Limits', { max_restarts: -1 }, 'RST-2', 'bus-config#Limits'],
      ['frame', { id: 1, method: 'x' }, 'FRM-5', 'frame#JsonRpcVersion'],
      ['frame', { jsonrpc: '2.0', method: 'x', sessionId: 5 }, 'AFF-6', 'frame#SessionId'],
      ['hop#WorkerToBus', { jsonrpc: '2.0', method: 'x' }, 'AFF-8', 'hop#WorkerNotification'],
    ];
    for (const [schema, value, requirement, definition] of table) {
      const found = findProblems(definitions, named(schema), value);
      t.match(found, [{ requirement, definition }], JSON.stringify(value));
      t.equal(found.length, 1);
    }
  },
);

t.test('no more problems are kept than are wanted; the rest is counted', async (t) => {
  const value = { pools: Array.from({ length: 1000 }, () => 5) };
  const { problems, count } = listProblems(definitions, named('bus-config'), value, 3);
  t.strictSame(
    problems.map(({ pointer }) => pointer),
    ['/pools/0', '/pools/1', '/pools/2'],
  );
  t.equal(count, 1000);
});

t.test('validators report every error', async (t) => {
  const { validate } = named('bus-config');
  t.notOk(validate({ pools: Array.from({ length: 200_000 }, () => 5) }));
  t.equal(validate.errors?.length, 200_000);
  const request = named('frame#Request').validate;
  t.notOk(request({ id: true, method: 5 }));
  t.ok((request.errors?.length ?? 0) >= 3);
});
