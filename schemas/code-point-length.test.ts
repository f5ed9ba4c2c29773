import fc from 'fast-check';
import t from 'tap';
import { codePointLength } from './code-point-length.ts';

t.test('counts what the string iterator gives, lone surrogates too', async (t) => {
  const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 });
  const near = fc.array(fc.constantFrom(0x61, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000));
  fc.assert(
    fc.property(fc.oneof(units, near), (codes) => {
      const text = String.fromCharCode(...codes);
      return codePointLength(text) === [...text].length;
    }),
    { numRuns: 2000 },
  );
  t.equal(codePointLength('a😀'), 2);
});
