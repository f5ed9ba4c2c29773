import fc from 'fast-check';
import t from 'tap';
import { createGrpcReader, grpcMessageFrom } from './grpc-message.ts';
import { createLineSplitter } from './line-splitter.ts';

const frames = fc.array(fc.json({ maxDepth: 1 }), { maxLength: 6 });
const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });

/** Feeds bytes in pieces of these sizes, over and over. */
function fed(bytes: Buffer, sizes: readonly number[], take: (piece: Buffer) => string[]): string[] {
  const all: string[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] as number;
    // A buffer that is used again, as that of a socket may be.
    const piece = Buffer.from(bytes.subarray(at, at + size));
    all.push(...take(piece));
    piece.fill(0);
    at += size;
  }
  return all;
}

t.test('lines are the same however their bytes are cut', async () => {
  fc.assert(
    fc.property(frames, cuts, (texts, sizes) => {
      const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''));
      return JSON.stringify(fed(bytes, sizes, createLineSplitter())) === JSON.stringify(texts);
    }),
  );
});

t.test('gRPC messages are the same however their bytes are cut', async () => {
  fc.assert(
    fc.property(frames, cuts, (texts, sizes) => {
      const bytes = Buffer.concat(texts.map((text) => grpcMessageFrom(Buffer.from(text))));
      return JSON.stringify(fed(bytes, sizes, createGrpcReader())) === JSON.stringify(texts);
    }),
  );
});

t.test('a frame may come in several messages, and a large one has a long length', async (t) => {
  const large = 'x'.repeat(70_000);
  t.same(createGrpcReader()(grpcMessageFrom(Buffer.from(large))), [large]);
  const part = Buffer.from([0, 0, 0, 0, 6, 0x0a, 2, 0x61, 0x62, 0x10, 1]);
  t.same(createGrpcReader()(Buffer.concat([part, grpcMessageFrom(Buffer.from('c'))])), ['abc']);
});

t.test('what is no such message is refused', async (t) => {
  t.throws(() => createGrpcReader()(Buffer.from([1, 0, 0, 0, 0])), /compressed/);
  t.throws(() => createGrpcReader()(Buffer.from([0, 0, 0, 0, 2, 0x18, 1])), /unknown field/);
  t.throws(() => createGrpcReader()(Buffer.from([0, 0, 0, 0, 1, 0x8a])), /too early/);
});
