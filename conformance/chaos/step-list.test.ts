import fc from 'fast-check';
import t from 'tap';
import { stepListText, stepsFromText } from './step-list.ts';

t.test('a list of steps is written in ranges and read again', async (t) => {
  t.equal(stepListText([0, 1, 2, 5, 7, 8]), '0-2,5,7-8');
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(1000), { minLength: 1 }), (steps) => {
      const read = stepsFromText(stepListText(steps)) ?? new Set();
      return read.size === steps.length && steps.every((step) => read.has(step));
    }),
  );
});

t.test('what is no list of steps is refused', async (t) => {
  for (const text of ['', 'a', '1,', '3-2', '-1', '1-', '1.5', '100001', '1-2-3']) {
    t.equal(stepsFromText(text), undefined, text);
  }
});
