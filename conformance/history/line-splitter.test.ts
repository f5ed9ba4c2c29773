import fc from 'fast-check';
import t from 'tap';
import { LineSplitter } from './line-splitter.ts';

function split(chunks: readonly Buffer[]): { lines: string[]; rest: string } {
  const splitter = new LineSplitter();
  const lines = chunks.flatMap((chunk) => splitter.push(chunk));
  return {
    lines: lines.map((line) => line.toString('latin1')),
    rest: splitter.rest.toString('latin1'),
  };
}

t.test('lines come without their LF, and what is unfinished is kept', async (t) => {
  t.strictSame(split([]), { lines: [], rest: '' });
  t.strictSame(split([Buffer.from('a\r\n\n b')]), { lines: ['a\r', ''], rest: ' b' });
  t.strictSame(split([Buffer.from('a'), Buffer.from('b\n')]), { lines: ['ab'], rest: '' });
});

t.test('any cut gives the same lines', async (t) => {
  const byte = fc.oneof(fc.constant(10), fc.integer({ min: 0, max: 255 }));
  const streams = fc.array(byte, { maxLength: 60 }).map((bytes) => Buffer.from(bytes));
  const cuts = fc.array(fc.nat({ max: 60 }), { maxLength: 8 });
  fc.assert(
    fc.property(streams, cuts, (stream, at) => {
      const ends = [...at, stream.length].sort((a, b) => a - b);
      const chunks = ends.map((end, index) => stream.subarray(ends[index - 1] ?? 0, end));
      t.strictSame(split(chunks), split([stream]));
      const bytewise = [...stream].map((each) => Buffer.from([each]));
      t.strictSame(split(bytewise), split([stream]));
    }),
  );
});

t.test('a long line in many pieces takes no longer than its bytes', async (t) => {
  const splitter = new LineSplitter();
  const piece = Buffer.alloc(1000, 'a');
  let seen = 0;
  for (let n = 0; n < 20_000; n++) {
    splitter.push(piece);
    seen = splitter.restLength;
  }
  t.equal(seen, 20_000_000);
  t.equal(splitter.push(Buffer.from('\n'))[0]?.length, 20_000_000);
  t.equal(splitter.restLength, 0);
});
