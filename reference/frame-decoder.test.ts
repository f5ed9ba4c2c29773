import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { createFrameDecoder } from './frame-decoder.ts';

const maxFrameBytes = 16;

type Cut = (bytes: Buffer) => Buffer[];

const inOnePiece: Cut = (bytes) => [bytes];
const byteByByte: Cut = (bytes) => Array.from(bytes, (byte) => Buffer.of(byte));
const inTwos: Cut = (bytes) => inPieces(bytes, [2]);
const unevenly: Cut = (bytes) => inPieces(bytes, [1, 7, 3, 19, 2]);

const cuts = { inOnePiece, byteByByte, inTwos, unevenly };

function inPieces(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let start = 0, turn = 0; start < bytes.length; turn++) {
    const end = start + (lengths[turn % lengths.length] as number);
    pieces.push(bytes.subarray(start, end));
    start = end;
  }
  return pieces;
}

/** What the sink hears, as strings, with the number of the line; chunks are wiped after the call. */
function eventsOf(chunks: readonly Buffer[], limit = maxFrameBytes): string[] {
  const events: string[] = [];
  const decoder = createFrameDecoder(
    { maxFrameBytes: limit },
    {
      onLine: (bytes, start, end) =>
        events.push(`${decoder.lineNumber} line ${bytes.toString('latin1', start, end)}`),
      onOverlong: () => events.push(`${decoder.lineNumber} overlong`),
      onUnterminated: (byteLength) =>
        events.push(`${decoder.lineNumber} unterminated ${byteLength}`),
    },
  );
  for (const chunk of chunks) {
    const read = Buffer.from(chunk);
    decoder.write(read);
    read.fill('#');
  }
  decoder.end();
  return events;
}

const limitCases: [name: string, stream: string, events: string[]][] = [
  ['an empty stream has no lines', '', []],
  ['a line ends at its LF', 'a\n', ['1 line a']],
  ['several lines in one read come in order', 'a\nb\nc\n', ['1 line a', '2 line b', '3 line c']],
  ['a CR belongs to its line', 'a\r\n\r\n', ['1 line a\r', '2 line \r']],
  ['blank lines are reported and count', '\n\na\n', ['1 line ', '2 line ', '3 line a']],
  ['a line one byte under the limit passes', `${'x'.repeat(15)}\n`, [`1 line ${'x'.repeat(15)}`]],
  ['a line of exactly the limit passes', `${'x'.repeat(16)}\n`, [`1 line ${'x'.repeat(16)}`]],
  ['a line one byte over the limit is over-long', `${'x'.repeat(17)}\n`, ['1 overlong']],
  ['a CR counts towards the limit', `${'x'.repeat(16)}\r\n`, ['1 overlong']],
  [
    'the line after an over-long one is delivered',
    `a\n${'x'.repeat(100)}\nb\n`,
    ['1 line a', '2 overlong', '3 line b'],
  ],
  [
    'two over-long lines in a row are two events',
    `${'x'.repeat(40)}\n${'y'.repeat(17)}\n\n`,
    ['1 overlong', '2 overlong', '3 line '],
  ],
  ['a rest without LF is unterminated', 'a\nbcd', ['1 line a', '2 unterminated 3']],
  ['a rest of exactly the limit is unterminated', 'x'.repeat(16), ['1 unterminated 16']],
  ['an over-long rest is reported once, as over-long', 'x'.repeat(50), ['1 overlong']],
  [
    'an LF inside a multi-byte sequence ends the line',
    '\u00c3\n\u00a9\n',
    ['1 line Ã', '2 line ©'],
  ],
];

for (const [name, stream, events] of limitCases) {
  t.test(name, async (t) => {
    for (const [cutName, cut] of Object.entries(cuts)) {
      t.same(eventsOf(cut(Buffer.from(stream, 'latin1'))), events, cutName);
    }
  });
}

/** The over-long lines of a stream as the sink hears them, with how often each begins and ends. */
function discardedOf(chunks: readonly Buffer[], isEnded = true): string[] {
  const discarded: string[] = [];
  const decoder = createFrameDecoder(
    { maxFrameBytes },
    {
      ...silentSink,
      onOverlong: () => discarded.push('begin '),
      onDiscarded: (bytes, start, end) => {
        discarded[discarded.length - 1] += bytes.toString('latin1', start, end);
      },
      onDiscardedEnd: () => {
        discarded[discarded.length - 1] += ' end';
      },
    },
  );
  for (const chunk of chunks) {
    const read = Buffer.from(chunk);
    decoder.write(read);
    read.fill('#');
  }
  if (isEnded) decoder.end();
  return discarded;
}

const long = 'x'.repeat(16);

const discardedCases: [name: string, stream: string, discarded: string[]][] = [
  ['a line within the limit is not discarded', `${long}\n`, []],
  ['the whole of an over-long line is discarded', `a\n${long}yz\nb\n`, [`begin ${long}yz end`]],
  ['a CR is a part of what is discarded', `${long}\r\n`, [`begin ${long}\r end`]],
  ['an over-long rest ends with the stream', `a\n${long}${long}y`, [`begin ${long}${long}y end`]],
  [
    'each over-long line begins and ends once',
    `${long}1\n${long}2\n\n${long}3\n`,
    [`begin ${long}1 end`, `begin ${long}2 end`, `begin ${long}3 end`],
  ],
];

for (const [name, stream, discarded] of discardedCases) {
  t.test(name, async (t) => {
    for (const [cutName, cut] of Object.entries(cuts)) {
      t.same(discardedOf(cut(Buffer.from(stream, 'latin1'))), discarded, cutName);
    }
  });
}

t.test('an over-long line goes on until its LF', async (t) => {
  t.same(discardedOf([Buffer.from(`${long}y`), Buffer.from('z')], false), [`begin ${long}yz`]);
});

t.test('the parts of over-long lines are all of their bytes, however they are cut', async () => {
  const byte = fc.constantFrom(0x0a, 0x0d, 0x20, 0x61, 0xc3, 0xa9);
  const line = fc.array(byte, { maxLength: 60, size: 'max' });
  const pieces = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), pieces, (lines, lengths) => {
      const bytes = Buffer.from(lines.flatMap((each) => [...each, 0x0a]).slice(0, -1));
      const texts = bytes.toString('latin1').split('\n');
      const expected = texts
        .filter(({ length }) => length > maxFrameBytes)
        .map((text) => `begin ${text} end`);
      assert.deepEqual(discardedOf([bytes]), expected);
      assert.deepEqual(discardedOf(inPieces(bytes, lengths)), expected);
      assert.deepEqual(discardedOf(byteByByte(bytes)), expected);
    }),
    { numRuns: 300 },
  );
});

t.test('any cutting of the same bytes gives the same events', async () => {
  const byte = fc.constantFrom(0x0a, 0x0d, 0x20, 0x61, 0xc3, 0xa9);
  const line = fc.array(byte, { maxLength: 40, size: 'max' });
  const pieces = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), pieces, (lines, lengths) => {
      const bytes = Buffer.from(lines.flatMap((each) => [...each, 0x0a]).slice(0, -1));
      const expected = eventsOf([bytes]);
      assert.deepEqual(eventsOf(inPieces(bytes, lengths)), expected);
      assert.deepEqual(eventsOf(byteByByte(bytes)), expected);
    }),
    { numRuns: 300 },
  );
});

t.test('every byte of a stream is in exactly one line', async () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400, size: 'max' }), (array) => {
      const bytes = Buffer.from(array);
      const expected = bytes.toString('latin1').split('\n');
      const rest = expected.pop() as string;
      const lines = expected.map((text, index) => `${index + 1} line ${text}`);
      if (rest !== '') lines.push(`${expected.length + 1} unterminated ${rest.length}`);
      assert.deepEqual(eventsOf(inTwos(bytes), 1000), lines);
    }),
    { numRuns: 200 },
  );
});

t.test('a line that lies whole inside a chunk is not copied', async (t) => {
  const chunk = Buffer.from('abc\ndef\n');
  const seen: boolean[] = [];
  const decoder = createFrameDecoder(
    { maxFrameBytes },
    { ...silentSink, onLine: (bytes) => seen.push(bytes === chunk) },
  );
  decoder.write(chunk);
  t.same(seen, [true, true]);
});

t.test('a decoder holds the unfinished line and nothing else', async (t) => {
  const decoder = createFrameDecoder({ maxFrameBytes }, silentSink);
  decoder.write(Buffer.from('abc\nde'));
  t.equal(decoder.bufferedBytes, 2);
  decoder.write(Buffer.from('f'));
  t.equal(decoder.bufferedBytes, 3);
  decoder.write(Buffer.from('\n'));
  t.equal(decoder.bufferedBytes, 0);
  decoder.write(Buffer.from('gh'));
  decoder.end();
  t.equal(decoder.bufferedBytes, 0, 'not after the end either');
});

t.test('an over-long line is reported as soon as it is, once, and not held', async (t) => {
  let reported = 0;
  const decoder = createFrameDecoder(
    { maxFrameBytes },
    { ...silentSink, onOverlong: () => reported++ },
  );
  decoder.write(Buffer.alloc(16, 'x'));
  t.equal(reported, 0, 'the limit itself is no fault');
  t.equal(decoder.bufferedBytes, 16);
  decoder.write(Buffer.from('x'));
  t.equal(reported, 1, 'the next byte is one, before any LF');
  for (let count = 0; count < 1000; count++) {
    decoder.write(Buffer.alloc(100, 'x'));
    t.equal(decoder.bufferedBytes, 0);
  }
  decoder.write(Buffer.from('x\n'));
  t.equal(reported, 1);
});

t.test('an endless line of 1 GiB takes no memory', async (t) => {
  const mebibyte = 2 ** 20;
  const chunk = Buffer.alloc(64 * 1024, 'x');
  const decoder = createFrameDecoder({ maxFrameBytes: mebibyte }, silentSink);
  const before = process.memoryUsage().arrayBuffers;
  let mostBuffered = 0;
  let mostAllocated = 0;
  for (let sent = 0; sent < 2 ** 30; sent += chunk.length) {
    decoder.write(chunk);
    mostBuffered = Math.max(mostBuffered, decoder.bufferedBytes);
    if (sent % (16 * mebibyte) === 0) {
      mostAllocated = Math.max(mostAllocated, process.memoryUsage().arrayBuffers - before);
    }
  }
  t.equal(mostBuffered, mebibyte);
  t.ok(mostAllocated < 16 * mebibyte, `${mostAllocated} bytes allocated at most`);
});

t.test('a decoder refuses a limit that is no byte count', async (t) => {
  for (const limit of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31]) {
    t.throws(() => createFrameDecoder({ maxFrameBytes: limit }, silentSink), RangeError);
  }
});

const silentSink = { onLine() {}, onOverlong() {}, onUnterminated() {} };
