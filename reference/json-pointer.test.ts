import fc from 'fast-check';
import t from 'tap';
import { offsetOfPointer } from './json-pointer.ts';

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
      return [...offsets].every(([pointer, offset]) => offsetOfPointer(bytes, pointer) === offset);
    }),
    { numRuns: 300 },
  );
});

t.test('a pointer that leads nowhere ends at the last value on its way', async (t) => {
  const bytes = Buffer.from('{"a":[1,{"b":2}]}');
  t.equal(offsetOfPointer(bytes, '/x'), 0);
  t.equal(offsetOfPointer(bytes, '/a/5'), 5);
  t.equal(offsetOfPointer(bytes, '/a/1/b/c'), 13);
  t.equal(offsetOfPointer(Buffer.from('[]'), '/0'), 0);
  t.equal(offsetOfPointer(Buffer.from('{}'), '/a'), 0);
});

t.test('of two members of one name, the last is meant, as JSON.parse does', async (t) => {
  t.equal(offsetOfPointer(Buffer.from('{"a":1,"\\u0061":2}'), '/a'), 16);
});
