import fc from 'fast-check';
import t from 'tap';
import { placesOfPointers } from './json-pointer.ts';

/** Offset of the value of one pointer. */
function offsetOf(bytes: Buffer | string, pointer: string): number | undefined {
  return placesOfPointers(Buffer.from(bytes), [pointer]).get(pointer)?.value;
}

/** The text of a value with spaces all over, and the offset in bytes of each value in it. */
function spacedText(value: unknown): { text: string; offsets: Map<string, number> } {
  const offsets = new Map<string, number>();
  let text = '';
  const write = (part: unknown, pointer: string): void => {
    text += ' \n';
    offsets.set(pointer, Buffer.byteLength(text));
    if (typeof part !== 'object' || part === null) text += JSON.stringify(part);
    else if (Array.isArray(part)) list('[', ']', part.entries(), pointer, () => {});
    else {
      const name = (key: string | number) => {
        text += `\t${JSON.stringify(key)} : `;
      };
      list('{', '}', Object.entries(part), pointer, name);
    }
    text += ' ';
  };
  const list = (
    open: string,
    close: string,
    entries: Iterable<[string | number, unknown]>,
    pointer: string,
    writeName: (key: string | number) => void,
  ): void => {
    text += open;
    let separator = '';
    for (const [key, part] of entries) {
      text += separator;
      writeName(key);
      write(part, `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`);
      separator = ',';
    }
    text += close;
  };
  write(value, '');
  return { text, offsets };
}

t.test('a pointer leads to the first byte of its value', async () => {
  const key = fc.oneof(fc.string(), fc.constantFrom('~', '/', '~1', 'a/b', 'é', '"', '\\', '0'));
  const value = fc.jsonValue({ maxDepth: 3 });
  const document = fc.oneof(value, fc.dictionary(key, value), fc.array(value));
  fc.assert(
    fc.property(document, (value) => {
      const { text, offsets } = spacedText(value);
      const bytes = Buffer.from(text);
      const places = placesOfPointers(bytes, offsets.keys());
      return [...offsets].every(
        ([pointer, offset]) =>
          places.get(pointer)?.value === offset && offsetOf(bytes, pointer) === offset,
      );
    }),
    { numRuns: 300 },
  );
});

t.test('a pointer that leads nowhere ends at the last value on its way', async (t) => {
  const bytes = '{"a":[1,{"b":2}]}';
  t.equal(offsetOf(bytes, '/x'), 0);
  t.equal(offsetOf(bytes, '/a/5'), 5);
  t.equal(offsetOf(bytes, '/a/1/b/c'), 13);
  t.equal(offsetOf('[]', '/0'), 0);
  t.equal(offsetOf('{}', '/a'), 0);
});

t.test('the name of a member has a place of its own', async (t) => {
  const bytes = Buffer.from('{ "a" : [1, {"b":2}]}');
  const places = placesOfPointers(bytes, ['/a', '/a/1/b', '/a/0', '']);
  t.strictSame(places.get('/a'), { name: 2, value: 8 });
  t.strictSame(places.get('/a/1/b'), { name: 13, value: 17 });
  t.strictSame(places.get('/a/0'), { name: 9, value: 9 });
  t.strictSame(places.get(''), { name: 0, value: 0 });
});

t.test('of two members of one name, the last is meant, as JSON.parse does', async (t) => {
  t.equal(offsetOf('{"a":1,"\\u0061":2}', '/a'), 16);
  t.equal(offsetOf('{"a":{"b":1},"a":2}', '/a/b'), 17);
});

t.test('two hundred thousand pointers are found in one walk', async (t) => {
  const count = 200_000;
  const bytes = Buffer.from(`[${'5,'.repeat(count - 1)}5]`);
  // A walk for each would take minutes, and so run into the test's own time limit.
  const places = placesOfPointers(
    bytes,
    Array.from({ length: count }, (_, i) => `/${i}`),
  );
  t.equal(places.get(`/${count - 1}`)?.value, 2 * count - 1);
});
