import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import t from 'tap';
import { createDuplexPair } from '../../reference/embedded/duplex-pair.ts';
import { LineWriter } from './line-writer.ts';

const lines = (chunks: Buffer[]) => chunks.map(String);

t.test('the lines of one round are one write, in their order', async (t) => {
  const [mine, other] = createDuplexPair();
  const chunks: Buffer[] = [];
  other.on('data', (chunk: Buffer) => chunks.push(chunk));
  const writer = new LineWriter(mine);
  writer.write(Buffer.from('a\n'));
  queueMicrotask(() => writer.write(Buffer.from('b\n')));
  await once(other, 'data');
  t.same(lines(chunks), ['a\nb\n']);
  writer.write(Buffer.from('c\n'));
  await once(other, 'data');
  t.same(lines(chunks), ['a\nb\n', 'c\n']);
  t.equal(writer.queuedBytes, 0);
});

t.test('what was written right before the end, or before a flush, is not lost', async (t) => {
  const [mine, other] = createDuplexPair();
  const writer = new LineWriter(mine);
  writer.write(Buffer.from('a\n'));
  writer.flush();
  writer.write(Buffer.from('b\n'));
  writer.end();
  writer.write(Buffer.from('too late\n'));
  mine.resume();
  t.equal((await buffer(other)).toString(), 'a\nb\n');
});

t.test('a writer without room says so, and the stream says when there is some', async (t) => {
  const [mine, other] = createDuplexPair();
  const writer = new LineWriter(mine);
  const line = Buffer.alloc(1000, 'x');
  let written = 0;
  while (writer.hasRoom && written < 1_000_000) {
    writer.write(line);
    written += line.length;
  }
  t.ok(written < 1_000_000, `${written} bytes were taken`);
  t.ok(writer.queuedBytes > 0);
  const drained = once(mine, 'drain');
  let read = 0;
  other.on('data', (chunk: Buffer) => {
    read += chunk.length;
  });
  await drained;
  t.ok(writer.hasRoom);
  writer.flush();
  t.equal(read, written);
});
