import fc from 'fast-check';
import { agentFrame, createRandom, pick, type Random } from './agent-frame.ts';

/** Endless lines for a scanner: valid, nearly valid and arbitrary. Equal seeds give equal lines. */
export function createLineSource(seed: number): () => Buffer {
  const random = createRandom(seed);
  const texts = fc.sample(fc.jsonValue({ maxDepth: 4 }), { seed, numRuns: 300 });
  const bases = [
    ...frames.map((text) => Buffer.from(text)),
    ...texts.map((value) => Buffer.from(JSON.stringify(value))),
    ...Array.from({ length: 20 }, (_, index) => agentFrame(200 + index, seed + index)),
  ];
  const sources = [
    () => pick(random, bases),
    () => Buffer.from(envelope(random)),
    () => Buffer.from(envelope(random)),
    () => Buffer.from(envelope(random)),
    () => Buffer.from(several(random, 12, () => pick(random, tokens)).join('')),
    () => Buffer.from(several(random, 24, () => below(random, 256))),
  ];
  return () => {
    let line = pick(random, sources)();
    for (let count = below(random, 6) - 3; count > 0; count--) line = mutated(random, line, bases);
    return line;
  };
}

const frames = [
  '{"jsonrpc":"2.0","id":1,"method":"session/prompt","sessionId":"s","params":{"a":[1,2.5e-3]}}',
  '{"id":"\\u00e9","result":{"ok":true,"none":null,"no":false},"sessionId":"größe"}',
  ' {"method" : "x" , "pool" : "p" , "params" : [ ] }\r',
  '{"id":null,"error":{"code":-32700,"message":"\\ud83d\\ude80 🚀"}}',
  '{"\\u0069d":-0.1E+7,"m\\u0065thod":"\\ud800","params":{"":{"\\\\":"\\""}}}',
  '{"id":9007199254740993,"method":"","sessionId":"日本語"}',
  '[{"id":1,"method":"x"}]',
];

const tokens = [
  ...['{', '}', '[', ']', ',', ':', ' ', '\t', '\r', '\n', '"', '\\', '\0', '\u007f', '\ufeff'],
  ...['true', 'false', 'null', 'tru', 'nulll', 'NaN', '0', '-', '-0', '01', '1.', '.5', '1e3'],
  ...['1E+2', '1e', '""', '"a"', '"\\n"', '"\\u00e9"', '"\\ud800"', '"\\x"', '"\\u12"', '"é"'],
  ...['"id":', '"method":', '"sessionId":', '"pool":', '"result":', '"error":', '"\\u0069d":'],
];

const values = [
  ...['1', '1.0', '-0', '1e3', '""', '"a"', '"\\u00e9"', '"é"', 'null', 'true', '{}', '[1,{}]'],
  ...['{"id":2}', `"${'x'.repeat(256)}"`, `"${'x'.repeat(257)}"`, `"${'é'.repeat(129)}"`],
  ...[`"${'\\u0061'.repeat(256)}"`, `"${'\\u00e9'.repeat(129)}"`],
];

/** What each of these names should have as its value, some of the time. */
const fittingValues: Record<string, readonly string[]> = {
  id: ['1', '1.0', '-0', '1e3', '9007199254740993', '""', '"1"', '"\\u00e9"', '"é"'],
  method: ['"session/prompt"', '""', '"\\n"'],
  sessionId: ['"s"', '"日本語"', `"${'x'.repeat(256)}"`, `"${'\\u00e9'.repeat(128)}"`],
  pool: ['"p"', '"\\u0070"'],
};

const names = ['id', 'method', 'sessionId', 'pool', 'result', 'error', 'params', 'jsonrpc'];
const oddNames = ['\\u0069d', 'p\\u006fol', 'ID', 'sessionid', '', 'é', 'methods', 'resul'];

function envelope(random: Random): string {
  const unusedNames = [...names];
  const members = several(random, 6, () => {
    const at = below(random, unusedNames.length);
    const isFresh = random() < 0.9;
    const [name] = isFresh ? unusedNames.splice(at, 1) : [pick(random, [...names, ...oddNames])];
    const fitting = fittingValues[name as string] ?? values;
    return `"${name}":${pick(random, random() < 0.8 ? fitting : values)}`;
  });
  return `{${members.join(',')}}`;
}

function mutated(random: Random, line: Buffer, bases: readonly Buffer[]): Buffer {
  const from = below(random, line.length + 1);
  const to = Math.min(line.length, from + below(random, 8));
  const head = line.subarray(0, from);
  const tail = line.subarray(to);
  const other = pick(random, bases);
  switch (below(random, 6)) {
    case 0: // flip one bit
      return Buffer.from(
        line.map((byte, at) => (at === from ? byte ^ (1 << below(random, 8)) : byte)),
      );
    case 1: // delete a range
      return Buffer.concat([head, tail]);
    case 2: // insert a token
      return Buffer.concat([head, Buffer.from(pick(random, tokens)), line.subarray(from)]);
    case 3: // insert bytes that may be no UTF-8
      return Buffer.concat([head, oddBytes(random), line.subarray(from)]);
    case 4: // double a range
      return Buffer.concat([head, line.subarray(from, to), line.subarray(from)]);
    default: // splice with another line
      return Buffer.concat([head, other.subarray(below(random, other.length))]);
  }
}

/** Sequences at both sides of each border of UTF-8. */
const utf8Borders = [
  ...[
    '7f',
    '80',
    'c1bf',
    'c280',
    'dfbf',
    'e09fbf',
    'e0a080',
    'ed9fbf',
    'eda080',
    'edbfbf',
    'ee8080',
  ],
  ...['efbfbf', 'f08fbfbf', 'f0908080', 'f48fbfbf', 'f4908080', 'f5808080', 'f8888080', 'efbbbf'],
].map((hex) => Buffer.from(hex, 'hex'));

function oddBytes(random: Random): Buffer {
  return random() < 0.5 ? Buffer.of(below(random, 256)) : pick(random, utf8Borders);
}

const below = (random: Random, limit: number) => Math.floor(random() * limit);
const several = <T>(random: Random, limit: number, make: () => T): T[] =>
  Array.from({ length: below(random, limit) }, make);
