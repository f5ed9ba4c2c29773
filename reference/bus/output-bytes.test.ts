import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { ByteArena } from './byte-arena.ts';
import { FlushList } from './flush-list.ts';
import { OutputQueue } from './output-queue.ts';

const kibibyte = 1024;
const lengths = [0, 1, 100, 4000, 16, 12 * kibibyte, 16 * kibibyte, 64 * kibibyte].flatMap(
  (length) => (length < 4000 ? [length] : [length - 2, length - 1, length, length + 1]),
);

interface Frame {
  before: number;
  /** Bytes of the value that is replaced; undefined: nothing is. */
  value: number | undefined;
  after: number;
  id: string | number;
  queue: number;
  isFlushed: boolean;
}

const frame: fc.Arbitrary<Frame> = fc.record({
  before: fc.constantFrom(...lengths),
  value: fc.constantFrom(undefined, 0, 3),
  after: fc.constantFrom(...lengths),
  id: fc.oneof(
    fc.constantFrom('1', '4711', '"\u00c3\u00a9"', `"${'\u00c3\u00a9'.repeat(8 * kibibyte)}"`),
    fc.constantFrom(0, 9, 10, 99_999, 100_000, 2 ** 31 - 1, 2 ** 31, Number.MAX_SAFE_INTEGER),
  ),
  queue: fc.nat(1),
  isFlushed: fc.boolean(),
});

/** Stages a frame, and gives what has to arrive; wipes bytes that need not stay. */
function stage(queue: OutputQueue, { before, value, after, id }: Frame, fill: number): Buffer {
  const bytes = Buffer.alloc(before + (value ?? 0) + after + 2, 0x21 + (fill % 90));
  const [start, end] = [1, bytes.length - 1];
  const valueStart = start + before;
  const valueEnd = valueStart + (value ?? 0);
  const parts = [bytes.subarray(start, valueStart), bytes.subarray(valueEnd, end)];
  const splice = value === undefined ? [] : [Buffer.from(`${id}`, 'latin1')];
  const expected = Buffer.concat([
    parts[0] as Buffer,
    ...splice,
    parts[1] as Buffer,
    Buffer.of(10),
  ]);
  if (value === undefined) queue.push(bytes, start, end);
  else queue.pushReplaced(bytes, { start, end, valueStart, valueEnd }, id);
  if (bytes.length < 12 * kibibyte) bytes.fill('#');
  return expected;
}

interface SocketPair {
  sender: Socket;
  receiver: Socket;
}

/** The two ends of a connection over a Unix socket. */
async function createSocketPair(t: Test): Promise<SocketPair> {
  const folder = mkdtempSync(join(tmpdir(), 'output-queue-'));
  const server = createServer({ allowHalfOpen: true });
  server.listen(join(folder, 's'));
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const receiver = connect(join(folder, 's'));
  const [sender] = (await accepted) as [Socket];
  t.teardown(() => {
    for (const socket of [sender, receiver]) socket.destroy();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { sender, receiver };
}

t.test('frames arrive complete and in order, whatever their lengths', async (t) => {
  const pairs = [await createSocketPair(t), await createSocketPair(t)];
  const arena = new ByteArena();
  const flushList = new FlushList();
  const options = { arena, flushList, maxBytes: 1_000_000, onFull() {}, onEmpty() {} };
  const queues = pairs.map(({ sender }) => new OutputQueue({ ...options, sink: sender }));
  const received = pairs.map(() => [] as Buffer[]);
  const receivedBytes = [0, 0];
  let heard = () => {};
  for (const [index, { receiver }] of pairs.entries()) {
    receiver.on('data', (chunk: Buffer) => {
      received[index]?.push(chunk);
      receivedBytes[index] = (receivedBytes[index] as number) + chunk.length;
      heard();
    });
  }
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { maxLength: 40, size: 'max' }), async (frames) => {
      const expected = pairs.map(() => [] as Buffer[]);
      for (const [index, each] of frames.entries()) {
        const queue = queues[each.queue] as OutputQueue;
        expected[each.queue]?.push(stage(queue, each, index));
        if (each.isFlushed) queue.flush();
      }
      for (const queue of queues) queue.flush();
      for (const [index, queue] of queues.entries()) {
        const due = Buffer.concat(expected[index] as Buffer[]);
        while ((receivedBytes[index] as number) < due.length) {
          await new Promise<void>((resolve) => {
            heard = resolve;
          });
        }
        const got = Buffer.concat(received[index] as Buffer[]);
        assert.equal(got.compare(due), 0, `queue ${index}: ${got.length} of ${due.length} bytes`);
        received[index] = [];
        receivedBytes[index] = 0;
        while (queue.queuedBytes > 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }),
    { numRuns: 100 },
  );
});
