import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import t from 'tap';
import { createDuplexPair } from './duplex-pair.ts';

t.test('whatever is written to one end is read from the other, in order', async () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 40_000 }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(chunks, chunks, async (there, back) => {
      const [one, two] = createDuplexPair();
      const read = Promise.all([buffer(two), buffer(one)]);
      for (const chunk of there) one.write(chunk);
      for (const chunk of back) two.write(chunk);
      one.end();
      two.end();
      const [atTwo, atOne] = await read;
      return Buffer.concat(there).equals(atTwo) && Buffer.concat(back).equals(atOne);
    }),
    { numRuns: 50 },
  );
});

t.test('writing waits for reading', async (t) => {
  const [one, two] = createDuplexPair();
  const chunk = Buffer.alloc(16_384, 'x');
  let written = 0;
  while (one.write(chunk)) written += chunk.length;
  t.ok(written < 300_000, `${written} bytes were taken`);
  const drained = once(one, 'drain');
  two.resume();
  await drained;
  t.ok(one.write(chunk));
  two.pause();
  one.destroy();
});

t.test('the memory of a chunk belongs to its writer again after the write', async (t) => {
  const [one, two] = createDuplexPair();
  const chunk = Buffer.from('hello');
  await new Promise((resolve) => one.write(chunk, resolve));
  chunk.fill('x');
  one.end();
  t.equal((await buffer(two)).toString(), 'hello');
});

t.test('one end may end while the other goes on', async (t) => {
  const [one, two] = createDuplexPair();
  const chunks: Buffer[] = [];
  two.on('data', (chunk: Buffer) => chunks.push(chunk));
  one.end('question');
  await once(two, 'end');
  t.equal(Buffer.concat(chunks).toString(), 'question');
  two.end('answer');
  t.equal((await buffer(one)).toString(), 'answer');
});

t.test('when one end is destroyed, so is the other', async (t) => {
  const [one, two] = createDuplexPair();
  const closed = once(two, 'close');
  one.destroy();
  await closed;
  t.equal(two.destroyed, true);
  t.doesNotThrow(() => two.write('too late'));
});
