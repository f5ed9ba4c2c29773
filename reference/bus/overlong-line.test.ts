import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { OverlongLine } from './overlong-line.ts';

/** What is read of a line, given in parts of this many bytes. */
function read(line: string | Buffer, partBytes = Number.MAX_SAFE_INTEGER) {
  const bytes = Buffer.from(line);
  const reader = new OverlongLine();
  for (let start = 0; start < bytes.length; start += partBytes) {
    reader.read(bytes, start, Math.min(start + partBytes, bytes.length));
  }
  return { idJson: reader.idJson, hasMethod: reader.hasMethod };
}

const huge = 'x'.repeat(10_000);

const overlong: [name: string, line: string, idJson: string | undefined, hasMethod?: boolean][] = [
  ['the id comes first', `{"id":12,"result":"${huge}"}`, '12'],
  ['the id comes last', `{"result":"${huge}","id":12}`, '12'],
  ['there is white space', ` { "result" : "${huge}" , "id" : 12 } \r`, '12'],
  ['the id comes after a huge object', `{"result":{"a":[{"b":"${huge}"}]},"id":12}`, '12'],
  ['the id is a string', `{"id":"a b","result":"${huge}"}`, '"a b"'],
  ['the id is the empty string', `{"id":"","result":"${huge}"}`, '""'],
  ['the id keeps its spelling', `{"id":-1.50e+3,"result":"${huge}"}`, '-1.50e+3'],
  ['the id has an escaped quote', `{"id":"a\\"\\\\","result":"${huge}"}`, '"a\\"\\\\"'],
  ['nested ids do not count', `{"result":{"id":1,"x":[{"id":2}]},"x":"${huge}"}`, undefined],
  ['an id that is a value is none', `{"x":"id","y":["id",1],"z":"${huge}"}`, undefined],
  ['strings have braces', `{"result":"}]{[,:\\"}${huge}","id":12,"x":"}"}`, '12'],
  ['a member has a like name', `{"Id":1,"id ":2,"ids":3,"x":"${huge}"}`, undefined],
  ['a name is long', `{"${huge}":1,"id":12}`, '12'],
  ['the id is no string or number', `{"id":{"id":1},"x":"${huge}"}`, undefined],
  ['the id is as long as the line', `{"id":"${huge}","result":1}`, undefined],
  ['there is none', `{"result":"${huge}"}`, undefined],
  ['the line is an array', `[{"id":12,"method":"x"},"${huge}"]`, undefined],
  ['it is a request', `{"id":0,"method":"x","params":"${huge}"}`, '0', true],
  ['the method comes last', `{"id":0,"params":"${huge}","method":"x"}`, '0', true],
  ['a nested method does not count', `{"id":0,"result":{"method":"${huge}"}}`, '0', false],
  ['a method that is a value is none', `{"id":0,"result":"method","x":"${huge}"}`, '0', false],
];

for (const [name, line, idJson, hasMethod = false] of overlong) {
  t.test(`an over-long line is read part by part where ${name}`, async (t) => {
    for (const partBytes of [line.length, 1, 2, 7]) {
      t.same(read(line, partBytes), { idJson, hasMethod }, `${partBytes} bytes at a time`);
    }
  });
}

t.test('an over-long line is read as JSON.parse reads it', async () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  const id = fc.oneof(fc.integer(), number, fc.string({ unit: 'binary', maxLength: 8 }));
  const member = fc.tuple(fc.oneof(fc.string(), fc.constant('params')), fc.jsonValue());
  const extra = fc.constantFrom<[string, string] | undefined>(['method', 'x'], undefined);
  const members = fc.tuple(fc.option(id, { nil: undefined }), extra, fc.array(member), fc.nat());
  fc.assert(
    fc.property(members, fc.constantFrom(undefined, 1), ([id, extra, others, turn], space) => {
      const named = others.filter(([name]) => name !== 'id' && name !== 'method');
      if (id !== undefined) named.splice(turn % (named.length + 1), 0, ['id', id]);
      if (extra !== undefined) named.splice(turn % (named.length + 1), 0, extra);
      const line = JSON.stringify(Object.fromEntries(named), null, space).replaceAll('\n', '\t');
      const parsed = JSON.parse(line);
      for (const partBytes of [line.length * 4, 1]) {
        const { idJson, hasMethod } = read(line, partBytes);
        const idText = idJson && Buffer.from(idJson, 'latin1').toString();
        assert.deepEqual(idText && JSON.parse(idText), parsed.id);
        assert.equal(hasMethod, Object.hasOwn(parsed, 'method'));
      }
    }),
    { numRuns: 500 },
  );
});

t.test('what is read as an id can be written as one, whatever the bytes', async () => {
  const token = fc.constantFrom(
    '1',
    '-',
    '.',
    'e',
    '"',
    '\\',
    'null',
    ' ',
    '\x01',
    '\u00ff',
    '{',
    ']',
  );
  fc.assert(
    fc.property(fc.string({ unit: token, maxLength: 8, size: 'max' }), (text) => {
      const { idJson } = read(Buffer.from(`{"id":${text},"x":1}`, 'latin1'));
      if (idJson === undefined) return;
      const id = JSON.parse(Buffer.from(idJson, 'latin1').toString());
      assert.ok(typeof id === 'string' || typeof id === 'number', idJson);
      assert.ok(text.includes(idJson), `${idJson} of ${text}`);
    }),
    { numRuns: 1000, examples: [[''], ['1 1']] },
  );
});

t.test('an id whose name is written with escapes is found', async (t) => {
  t.equal(read(`{"\\u0069d":12,"result":"${huge}"}`).idJson, '12');
  t.equal(read(`{"id":12,"\\u006dethod":"x","params":"${huge}"}`).hasMethod, true);
});

t.test('an over-long line in which the id stands twice names no request', async (t) => {
  t.equal(read(`{"id":1,"result":"${huge}","id":2}`).idJson, undefined);
});
