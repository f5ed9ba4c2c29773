import fc from 'fast-check';
import t from 'tap';
import { topLevelMembers } from './top-level-members.ts';

function read(text: string): [string, string][] {
  return topLevelMembers(text).map(({ name, valueStart, valueEnd }) => [
    name,
    text.slice(valueStart, valueEnd),
  ]);
}

t.test('members are found as they are spelled', async (t) => {
  for (const [text, members] of [
    ['{}', []],
    [' { } ', []],
    ['{"a":1}', [['a', '1']]],
    [
      ' {\t"a" :\r 1.0 , "b": -0e3 } ',
      [
        ['a', '1.0'],
        ['b', '-0e3'],
      ],
    ],
    [
      '{"a":1,"a":2}',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['{"\\u0069d":"x"}', [['id', '"x"']]],
    [
      '{"a\\"b":"}\\\\","c":"{"}',
      [
        ['a"b', '"}\\\\"'],
        ['c', '"{"'],
      ],
    ],
    [
      '{"a":{"b":[{"c":"]"},{}]},"d":[[],"\\""]}',
      [
        ['a', '{"b":[{"c":"]"},{}]}'],
        ['d', '[[],"\\""]'],
      ],
    ],
    [
      '{"":null,"t":true}',
      [
        ['', 'null'],
        ['t', 'true'],
      ],
    ],
    [
      '{"__proto__":{"id":1},"constructor":2}',
      [
        ['__proto__', '{"id":1}'],
        ['constructor', '2'],
      ],
    ],
  ] as const) {
    t.strictSame(read(text), members, text);
  }
});

t.test('names are read from latin1 text of UTF-8', async (t) => {
  const text = Buffer.from('{"é😀":"ü"}').toString('latin1');
  const [member] = topLevelMembers(text);
  t.equal(member?.name, 'é😀');
  t.equal(text.slice(member?.valueStart, member?.valueEnd), Buffer.from('"ü"').toString('latin1'));
});

t.test('a hundred thousand levels are no trouble', async (t) => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  t.strictSame(read(`{"a":${deep},"id":1}`), [
    ['a', deep],
    ['id', '1'],
  ]);
});

t.test('the values of any object are those that JSON.parse sees', async (t) => {
  const objects = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());
  const spaces = fc.constantFrom(undefined, 1, '\t', '\r ');
  fc.assert(
    fc.property(objects, spaces, (object, space) => {
      const text = JSON.stringify(object, undefined, space);
      const latin1 = Buffer.from(text).toString('latin1');
      const found = topLevelMembers(latin1).map(({ name, valueStart, valueEnd }) => [
        name,
        JSON.parse(Buffer.from(latin1.slice(valueStart, valueEnd), 'latin1').toString()),
      ]);
      t.strictSame(found, Object.entries(JSON.parse(text)));
    }),
  );
});
