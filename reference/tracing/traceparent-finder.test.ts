import fc from 'fast-check';
import t from 'tap';
import { traceparentFrom } from './traceparent.ts';
import { TraceparentFinder, withParentId } from './traceparent-finder.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const parentId = '00f067aa0ba902b7';
const value = `00-${traceId}-${parentId}-01`;
const childId = 'c0ffee00c0ffee00';

/** The line as it is handed on; undefined where it passes untouched. */
function replaced(line: string, before = '', after = ''): string | undefined {
  const bytes = Buffer.from(`${before}${line}${after}`);
  const start = Buffer.byteLength(before);
  const end = start + Buffer.byteLength(line);
  const found = new TraceparentFinder().find(bytes, start, end);
  if (found === undefined) return undefined;
  const child = withParentId({ bytes, start, end }, found, childId);
  return child.bytes.toString('utf8', child.start, child.end);
}

const wellFormed: [what: string, value: string, isSampled: boolean][] = [
  ['a sampled one', value, true],
  ['one that is not sampled', `00-${traceId}-${parentId}-00`, false],
  ['other flags', `00-${traceId}-${parentId}-03`, true],
  ['a version to come', `cc-${traceId}-${parentId}-01`, true],
  ['a version to come, with more', `01-${traceId}-${parentId}-01-what-else`, true],
];
for (const [what, text, isSampled] of wellFormed) {
  t.test(`${what} is well-formed`, async (t) => {
    t.same(traceparentFrom(text), { traceId, parentId, isSampled });
  });
}

const malformed: [what: string, value: string][] = [
  ['an empty one', ''],
  ['version ff', `ff-${traceId}-${parentId}-01`],
  ['more than version 00 has', `${value}-x`],
  ['more without a dash', `01-${traceId}-${parentId}-01x`],
  ['upper case', `00-${traceId.toUpperCase()}-${parentId}-01`],
  ['a trace of zeros', `00-${'0'.repeat(32)}-${parentId}-01`],
  ['a parent of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
  ['a short trace', `00-${traceId.slice(1)}-${parentId}-01`],
  ['space around', ` ${value}`],
  ['a line feed at the end', `${value}\n`],
];
for (const [what, text] of malformed) {
  t.test(`${what} is not well-formed, and passes untouched`, async (t) => {
    t.equal(traceparentFrom(text), undefined);
    t.equal(replaced(JSON.stringify({ _ext: { trace: { traceparent: text } } })), undefined);
  });
}

const lines: [what: string, line: string, expected: string | undefined][] = [
  ['the plain form', `{"_ext":{"trace":{"traceparent":"${value}"}}}`, undefined],
  ['white space', `{ "_ext" : {\t"trace":{ "traceparent" : "${value}" } } } \r`, undefined],
  [
    'others around',
    `{"a":{"traceparent":1},"_ext":{"x":[{}],"trace":{"traceparent":"${value}","tracestate":"a=b"}},"é":"ü"}`,
    undefined,
  ],
  [
    'two of one name: the last counts',
    `{"_ext":7,"_ext":{"trace":{"traceparent":"x","traceparent":"${value}"}}}`,
    undefined,
  ],
];
for (const [what, line] of lines) {
  t.test(`${what}: only the parent id changes, wherever the line stands`, async (t) => {
    const expected = line.replace(parentId, childId);
    t.equal(replaced(line), expected);
    t.equal(replaced(line, '{"_ext":{}}\n', `\n${line}\n`), expected);
  });
}

t.test('a value with escapes keeps the spelling of all but the parent id', async (t) => {
  const escaped = (spelling: string) => `{"_ext":{"trace":{"traceparent":"${spelling}"}}}`;
  const spelling = `\\u0030${value.slice(1, 37)}\\u0030${value.slice(38, 54)}\\u0031`;
  t.equal(
    replaced(escaped(spelling)),
    escaped(`\\u0030${value.slice(1, 36)}${childId}${value.slice(52, 54)}\\u0031`),
  );
});

const elsewhere: [what: string, line: string][] = [
  ['in params', `{"params":{"_ext":{"trace":{"traceparent":"${value}"}}}}`],
  ['at the top', `{"traceparent":"${value}"}`],
  ['one level up', `{"_ext":{"traceparent":"${value}"}}`],
  ['in a text', `{"_ext":{"trace":"\\"traceparent\\":\\"${value}\\""}}`],
  ['no string', '{"_ext":{"trace":{"traceparent":["traceparent"]}}}'],
  ['in an array', `[{"_ext":{"trace":{"traceparent":"${value}"}}}]`],
  ['cut', `{"_ext":{"trace":{"traceparent":"${value}`],
];
for (const [what, line] of elsewhere) {
  t.test(`a traceparent ${what} is none`, async (t) => {
    t.equal(replaced(line), undefined);
  });
}

t.test('no bytes make it throw, or look beyond the line', async (t) => {
  const piece = fc.constantFrom(
    ...['{', '}', '[', ']', ':', ',', '"', '\\', ' ', '1', 'null', '"_ext"', '"trace"'],
    ...['"traceparent"', `"${value}"`, '{"_ext":', '{"trace":', '{"traceparent":', '\u00e9'],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.nat(3), (pieces, cut) => {
      const line = pieces.join('');
      const bytes = Buffer.from(`${line}\n{"_ext":{"trace":{"traceparent":"${value}"}}}`);
      const end = Math.max(0, Buffer.byteLength(line) - cut);
      const found = new TraceparentFinder().find(bytes, 0, end);
      return found === undefined || found.valueEnd <= end;
    }),
    { numRuns: 5000 },
  );
  t.pass();
});

t.test('many lines of one chunk, found in turn by one finder', async (t) => {
  const traced = `{"_ext":{"trace":{"traceparent":"${value}"}}}`;
  const all = ['{}', traced, '{"a":1}', '{"traceparent":1}', traced, '{}', traced];
  const finder = new TraceparentFinder();
  for (const bytes of [Buffer.from(all.join('\n')), Buffer.from(all.toReversed().join('\n'))]) {
    const found: boolean[] = [];
    let start = 0;
    for (const line of bytes.toString().split('\n')) {
      found.push(finder.find(bytes, start, start + line.length) !== undefined);
      start += line.length + 1;
    }
    t.same(
      found,
      bytes
        .toString()
        .split('\n')
        .map((line) => line === traced),
    );
  }
});

t.test('a chunk without one hides none in the next', async (t) => {
  const finder = new TraceparentFinder();
  const traced = `{"_ext":{"trace":{"traceparent":"${value}"}}}`;
  for (const line of ['{"a":1}'.padEnd(200), traced, '{}', traced]) {
    const before = '\n'.repeat(20);
    const bytes = Buffer.from(before + line);
    t.equal(finder.find(bytes, before.length, bytes.length) !== undefined, line === traced);
  }
});
