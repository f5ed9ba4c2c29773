import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import t from 'tap';
import { ByteArena } from './byte-arena.ts';
import { FlushList } from './flush-list.ts';
import { OutputQueue } from './output-queue.ts';

interface QueueEvents {
  full: boolean[];
  progress: number;
  empty: number;
}

function createQueue(sink: Writable, maxBytes = 1_000_000) {
  const flushList = new FlushList();
  const events: QueueEvents = { full: [], progress: 0, empty: 0 };
  const queue = new OutputQueue({
    arena: new ByteArena(),
    flushList,
    sink,
    maxBytes,
    onFull: (isFull) => void events.full.push(isFull),
    onProgress: () => events.progress++,
    onEmpty: () => events.empty++,
  });
  return { queue, flushList, events };
}

/** Takes a write only when it is told to, and keeps what it was given. */
class HeldSink extends Writable {
  /** The pieces of each write. */
  readonly writes: Buffer[][] = [];
  #taken: (() => void) | undefined;

  override _write(piece: Buffer, _encoding: string, taken: () => void): void {
    this.writes.push([piece]);
    this.#taken = taken;
  }

  override _writev(pieces: { chunk: Buffer }[], taken: () => void): void {
    this.writes.push(pieces.map(({ chunk }) => chunk));
    this.#taken = taken;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.writes.flat());
  }

  /** Takes the write that is under way; resolves when the queue has heard of it. */
  async take(): Promise<void> {
    const taken = this.#taken;
    this.#taken = undefined;
    taken?.();
    await new Promise((resolve) => setImmediate(resolve));
  }

  async takeAll(): Promise<void> {
    while (this.#taken !== undefined) await this.take();
  }
}
const kibibyte = 1024;

t.test(
  'at any time handedBytes covers what was given away, and no byte that is not asked for',
  async () => {
    const length = fc.constantFrom(0, 1, 100, 12 * kibibyte - 1, 12 * kibibyte, 64 * kibibyte);
    const step = fc.oneof(length, fc.constantFrom('flush' as const, 'take' as const));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const sink = new HeldSink();
        const { queue } = createQueue(sink);
        let dueBytes = 0;
        const check = () => {
          const given = sink.bytes.length;
          assert.ok(queue.handedBytes >= given, `${queue.handedBytes} of ${given} bytes`);
          assert.ok(queue.handedBytes <= given + sink.writableLength);
          assert.equal(queue.stagedBytes, dueBytes);
        };
        for (const each of steps) {
          if (each === 'take') await sink.take();
          else if (each === 'flush') queue.flush();
          else {
            queue.push(Buffer.alloc(each), 0, each);
            dueBytes += each + 1;
          }
          check();
        }
        queue.flush();
        await sink.takeAll();
        check();
        assert.deepEqual([queue.handedBytes, queue.queuedBytes], [dueBytes, 0]);
      }),
    );
  },
);

t.test('nothing is given away before the flush', async (t) => {
  const sink = new HeldSink();
  const { queue, flushList } = createQueue(sink);
  queue.pushLine('one\n');
  t.same([queue.handedBytes, queue.stagedBytes, queue.queuedBytes], [0, 4, 4]);
  t.same(sink.writes, []);
  flushList.flush();
  t.same([queue.handedBytes, queue.queuedBytes], [4, 4], 'the system may have it');
  t.equal(sink.bytes.toString(), 'one\n');
  await sink.take();
  t.same([queue.handedBytes, queue.queuedBytes], [4, 0]);
});

t.test('a line of the bus is written in UTF-8, a spliced id byte by byte', async (t) => {
  const sink = new HeldSink();
  const { queue } = createQueue(sink);
  queue.pushLine('\u00e9\n');
  const idJson = Buffer.from('"\u00e9"').toString('latin1');
  queue.pushReplaced(
    Buffer.from('{"id":1}'),
    { start: 0, end: 8, valueStart: 6, valueEnd: 7 },
    idJson,
  );
  queue.flush();
  t.equal(sink.bytes.toString(), '\u00e9\n{"id":"\u00e9"}\n');
});

t.test('a thousand small frames are one piece in one write', async (t) => {
  const sink = new HeldSink();
  const { queue, flushList } = createQueue(sink);
  for (let count = 0; count < 1000; count++) queue.push(Buffer.from(`frame ${count}`), 0, 7);
  flushList.flush();
  t.equal(sink.writes.length, 1);
  t.equal(sink.writes[0]?.length, 1);
});

t.test('frames of all lengths are one write, large ones without a copy', async (t) => {
  const sink = new HeldSink();
  const { queue, flushList } = createQueue(sink);
  const large = Buffer.alloc(12 * kibibyte, 'x');
  for (let count = 0; count < 3; count++) {
    queue.pushLine('small\n');
    queue.push(large, 0, large.length);
  }
  flushList.flush();
  await sink.takeAll();
  t.equal(sink.writes.length, 1);
  const borrowed = sink.writes[0]?.filter(({ buffer }) => buffer === large.buffer);
  t.equal(borrowed?.length, 3);
});

t.test('frames that are staged during a write go together in the next one', async (t) => {
  const sink = new HeldSink();
  const { queue, flushList, events } = createQueue(sink);
  queue.pushLine('first\n');
  flushList.flush();
  for (let count = 0; count < 10; count++) {
    queue.pushLine(`${count}\n`);
    flushList.flush();
  }
  t.equal(sink.writes.length, 1);
  await sink.take();
  t.equal(sink.writes.length, 2);
  t.same([events.progress, events.empty], [1, 0]);
  await sink.take();
  t.same([events.progress, events.empty], [2, 1]);
  t.equal(sink.bytes.toString(), 'first\n0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n');
});

t.test('what is given at once is bounded, so that progress shows', async (t) => {
  const sink = new HeldSink();
  const { queue, flushList, events } = createQueue(sink, 8 * kibibyte * kibibyte);
  const piece = Buffer.alloc(64 * kibibyte, 'x');
  for (let count = 0; count < 64; count++) queue.push(piece, 0, piece.length);
  flushList.flush();
  t.ok(queue.handedBytes <= 512 * kibibyte, `${queue.handedBytes}`);
  await sink.takeAll();
  t.ok(events.progress >= 8, `${events.progress} times`);
  t.equal(events.empty, 1);
  t.equal(sink.bytes.length, 64 * (piece.length + 1));
});

const fullCases: [name: string, lines: number[], full: boolean[]][] = [
  ['one byte less than the bound is not full', [99], []],
  ['the bound itself is full', [100], [true]],
  ['it is told once', [60, 60, 60], [true]],
  ['a frame over the bound is taken whole', [1000], [true]],
];

for (const [name, lines, full] of fullCases) {
  t.test(`a queue tells when it is full: ${name}`, async (t) => {
    const sink = new HeldSink();
    const { queue, events, flushList } = createQueue(sink, 100);
    for (const length of lines) queue.pushLine(`${'x'.repeat(length - 1)}\n`);
    t.same(events.full, full);
    t.equal(queue.isFull, full.length > 0);
    flushList.flush();
    t.same(events.full, full, 'until the system has taken it');
    await sink.takeAll();
    t.same(events.full, full.length > 0 ? [true, false] : []);
    t.equal(queue.isFull, false);
    t.equal(
      sink.bytes.length,
      lines.reduce((sum, length) => sum + length, 0),
    );
  });
}

t.test('a queue stays full while what gathered during a write is over the bound', async (t) => {
  const sink = new HeldSink();
  const { queue, events } = createQueue(sink, 100);
  queue.pushLine(`${'x'.repeat(99)}\n`);
  queue.flush();
  queue.pushLine(`${'y'.repeat(99)}\n`);
  await sink.take();
  t.same(events.full, [true]);
  await sink.take();
  t.same(events.full, [true, false]);
});

t.test('a closed queue forgets everything and writes no more', async (t) => {
  const sink = new HeldSink();
  const { queue, flushList, events } = createQueue(sink, 100);
  queue.pushLine('one\n');
  queue.flush();
  queue.pushLine('two\n');
  const { handedBytes } = queue;
  queue.close();
  t.equal(queue.queuedBytes, 0);
  t.equal(queue.handedBytes, handedBytes, 'what was given stays given');
  queue.pushLine('three\n');
  queue.push(Buffer.from('four'), 0, 4);
  queue.pushReplaced(Buffer.from('five'), { start: 0, end: 4, valueStart: 1, valueEnd: 2 }, 'x');
  queue.flush();
  flushList.flush();
  await sink.takeAll();
  t.equal(queue.stagedBytes, 8, 'nothing is taken either');
  t.equal(sink.bytes.toString(), 'one\n');
  t.same(events, { full: [], progress: 0, empty: 0 });
});

t.test('a flush list flushes each queue once, and those that are added meanwhile', async (t) => {
  const flushList = new FlushList();
  const flushed: string[] = [];
  const second = { flush: () => flushed.push('second') };
  flushList.add({
    flush: () => {
      flushed.push('first');
      flushList.add(second);
    },
  });
  flushList.flush();
  flushList.flush();
  t.same(flushed, ['first', 'second']);
});
