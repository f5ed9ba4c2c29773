import { everyRequestIsAnswered } from '../../judges/worker/served.ts';
import { unknownMethodsAreNamed } from '../../judges/worker/unknown-methods.ts';
import { pipe, type WorkerScenario } from '../../worker-scenario.ts';
import { unknownMethod } from '../../worker-scene/worker-calls.ts';

/** A scenario that writes each of these lines and asks after it: the worker lives and answers. */
function survived(
  scenario: Pick<WorkerScenario, 'id' | 'title' | 'does'>,
  lines: readonly (string | Buffer)[],
): WorkerScenario {
  return {
    ...scenario,
    requirements: ['WRK-4', 'WRK-1'],
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      for (const line of lines) {
        await scene.write(Buffer.concat([Buffer.from(line), Buffer.from('\n')]));
        await scene.stillAnswers(session);
      }
    },
    judges: [everyRequestIsAnswered('WRK-4', { atLeast: lines.length })],
  };
}

const deep = 100_000;

const oddParams: readonly unknown[] = [
  {},
  { a: null },
  { '': { '': [] } },
  { arguments: 7, name: [], id: {} },
  { a: 'x'.repeat(10_000) },
  undefined,
];

export const badInputScenarios: readonly WorkerScenario[] = [
  survived(
    {
      id: 'bad-input/not-json',
      title: 'A line that is no JSON does not end the worker',
      does: 'Writes lines of plain text and of JSON with mistakes, and asks after each.',
    },
    ['hello', '{', '}', '{"id":1,}', "{'id':1}", '{"id":01}', 'undefined', '\\', '"', '[1,2'],
  ),
  survived(
    {
      id: 'bad-input/cut-request',
      title: 'Half a request does not end the worker',
      does: 'Writes the beginning of a request, up to different places, as a line of its own.',
    },
    [
      '{"jsonrpc":"2.0","id":"half-1","meth',
      '{"jsonrpc":"2.0","id":"half-2","method":"x","params":{"a":"',
      '{"jsonrpc":"2.0","id":"half-3","method":"x"',
    ],
  ),
  survived(
    {
      id: 'bad-input/two-values',
      title: 'Two values in a line, or something behind one, do not end the worker',
      does: 'Writes lines with two objects, and with garbage behind an object.',
    },
    ['{}{}', '{"a":1} x', '{"a":1},{"b":2}', '1 2'],
  ),
  survived(
    {
      id: 'bad-input/invalid-utf8',
      title: 'Bytes that are no UTF-8 do not end the worker',
      does: 'Writes lines with stray, overlong and cut sequences, with surrogates, and with random bytes.',
    },
    [
      Buffer.from([0xff, 0xfe, 0x41]),
      Buffer.from([0x22, 0xc3, 0x28, 0x22]),
      Buffer.from([0x22, 0xc0, 0xaf, 0x22]),
      Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
      Buffer.from('{"method":"x\xe9"}', 'latin1'),
    ],
  ),
  survived(
    {
      id: 'bad-input/nul-and-bom',
      title: 'NUL bytes and a byte order mark do not end the worker',
      does: 'Writes lines with NUL in front, within and alone, and one that begins with a byte order mark.',
    },
    ['\0', '\0{}', '{"a":"\0"}', '\ufeff{"jsonrpc":"2.0"}', '\0\0\0\0'],
  ),
  survived(
    {
      id: 'bad-input/not-an-object',
      title: 'JSON that is no object does not end the worker',
      does: 'Writes numbers, strings, null, true, and arrays, batches of JSON-RPC among them.',
    },
    ['0', '-1e9', '"text"', 'null', 'true', '[]', '[[]]', '[{"jsonrpc":"2.0","method":"x"}]'],
  ),
  survived(
    {
      id: 'bad-input/no-frame',
      title: 'Objects that are no frames do not end the worker',
      does: 'Writes objects without method and outcome, with a method that is no text, and with both.',
    },
    [
      '{}',
      '{"jsonrpc":"2.0"}',
      '{"jsonrpc":"2.0","id":"none-1"}',
      '{"jsonrpc":"2.0","id":"none-2","method":5}',
      '{"jsonrpc":"2.0","id":"none-3","method":null}',
      '{"jsonrpc":"2.0","id":"none-4","method":{}}',
      '{"jsonrpc":"2.0","id":"none-5","method":"x","result":{}}',
      '{"params":{}}',
    ],
  ),
  survived(
    {
      id: 'bad-input/odd-ids',
      title: 'Ids that are neither strings nor numbers do not end the worker',
      does: 'Writes requests with the ids null, true, an object and an array.',
    },
    ['null', 'true', '{}', '[1]', '{"a":[1]}'].map(
      (id) => `{"jsonrpc":"2.0","id":${id},"method":"x"}`,
    ),
  ),
  survived(
    {
      id: 'bad-input/odd-sessions',
      title: 'Session ids that are no texts do not end the worker',
      does: 'Writes notifications whose session id is a number, null, an object and an array.',
    },
    ['5', 'null', '{}', '[]', 'true', '""'].map(
      (id) => `{"jsonrpc":"2.0","method":"conformance/note","sessionId":${id}}`,
    ),
  ),
  survived(
    {
      id: 'bad-input/nested-deeply',
      title: 'A line that is nested 100 000 levels deep does not end the worker',
      does: 'Writes arrays and objects that are nested 100 000 levels deep, whole and cut.',
    },
    [
      '['.repeat(deep),
      `${'['.repeat(deep)}${']'.repeat(deep)}`,
      `{"jsonrpc":"2.0","method":"x","params":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}}`,
    ],
  ),
  survived(
    {
      id: 'bad-input/members-twice',
      title: 'Members that stand twice do not end the worker',
      does: 'Writes notifications with method, sessionId and params twice.',
    },
    [
      '{"jsonrpc":"2.0","method":"a","method":"b"}',
      '{"jsonrpc":"2.0","method":"a","sessionId":"s1","sessionId":"s2"}',
      '{"jsonrpc":"2.0","method":"a","params":{},"params":[]}',
    ],
  ),
  survived(
    {
      id: 'bad-input/odd-values',
      title: 'Numbers and texts at the edge of JSON do not end the worker',
      does: 'Writes notifications with huge numbers, lone surrogates, and names that mean something in some languages.',
    },
    [
      '{"jsonrpc":"2.0","method":"x","params":{"n":1e999}}',
      `{"jsonrpc":"2.0","method":"x","params":{"n":${'9'.repeat(5000)}}}`,
      '{"jsonrpc":"2.0","method":"x","params":{"t":"\\ud800"}}',
      '{"jsonrpc":"2.0","method":"x","params":{"t":"\\u0000"}}',
      '{"jsonrpc":"2.0","method":"__proto__","params":{"__proto__":null}}',
      '{"jsonrpc":"2.0","method":"constructor"}',
    ],
  ),
  survived(
    {
      id: 'bad-input/long-garbage',
      title: 'A line of 3 MB that is no JSON does not end the worker',
      does: 'Writes a line of three million bytes without a brace, and one of three million braces.',
    },
    ['x'.repeat(3_000_000), '{'.repeat(3_000_000)],
  ),
  {
    id: 'bad-input/unknown-method',
    title: 'An unknown method is answered with the error -32601',
    requirements: ['WRK-4', 'WRK-2', 'WRK-3'],
    does: 'Asks for methods that no worker has, also the empty one and names that mean something in some languages.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      const methods = [unknownMethod, '', '__proto__', 'constructor', 'toString', 'conformance/日'];
      for (const method of methods) scene.request({ session, method, params: {} });
      await scene.allAnswered();
    },
    judges: [everyRequestIsAnswered('WRK-4', { atLeast: 6 }), unknownMethodsAreNamed],
  },
  {
    id: 'bad-input/odd-params',
    title: 'Odd params of an unknown method are answered',
    requirements: ['WRK-4'],
    does: 'Asks for an unknown method with params that are empty, deep, full of nulls, and absent.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      for (const params of oddParams) scene.request({ session, method: unknownMethod, params });
      await scene.allAnswered();
      await scene.stillAnswers(session);
    },
    judges: [everyRequestIsAnswered('WRK-4', { atLeast: oddParams.length })],
  },
  {
    id: 'bad-input/odd-params-of-a-known-method',
    title: 'Params that a known method does not take are answered',
    requirements: ['WRK-4'],
    needs: ['quick'],
    does: 'Asks for the method of `probes.quick` of the manifest with odd params.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      const method = scene.methodOf('quick');
      for (const params of oddParams) scene.request({ session, method, params });
      await scene.allAnswered();
      await scene.stillAnswers(session);
    },
    judges: [everyRequestIsAnswered('WRK-4', { atLeast: oddParams.length })],
  },
  {
    id: 'bad-input/params-that-are-no-object',
    title: 'Params that are no object do not end the worker',
    requirements: ['WRK-4'],
    does: 'Writes requests with params that are null, numbers, texts and arrays, and usual ones between them. The odd ones may stay unanswered, so the worker is killed at the end.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      const methods = [unknownMethod, ...(scene.has('quick') ? [scene.methodOf('quick')] : [])];
      for (const [index, params] of [null, 0, 'text', false, [], [[null]]].entries()) {
        for (const method of methods) {
          const idJson = `"odd-${index}-${method}"`;
          await scene.write(`${scene.frame({ idJson, method, session, params })}\n`);
        }
        await scene.stillAnswers(session);
      }
      await scene.abandon();
    },
    judges: [everyRequestIsAnswered('WRK-4', { atLeast: 6 })],
  },
];
