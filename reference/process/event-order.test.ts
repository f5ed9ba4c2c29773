import fc from 'fast-check';
import t from 'tap';
import type { OutputChunk, ReadResult } from '../../schemas/generated/process.ts';
import { EventOrder, type OrderedEvent, type PushedEvent } from './event-order.ts';

/** What a process does: pieces of output, with its exit somewhere among them, and its end. */
interface Life {
  readonly outputs: number;
  readonly exitAt: number;
  readonly hasVerdict: boolean;
}

const lives = fc.record({
  outputs: fc.nat({ max: 12 }),
  exitAt: fc.nat({ max: 12 }),
  hasVerdict: fc.boolean(),
});

function eventsOf({ outputs, exitAt, hasVerdict }: Life): PushedEvent[] {
  const types = Array.from({ length: outputs }, () => 'output');
  types.splice(Math.min(exitAt, outputs), 0, 'exited');
  return [...types, 'closed'].map((type, index): PushedEvent => {
    const seq = index + 1;
    if (type === 'output') return { type, seq, stream: 'stdout', chunk: `c${seq}` };
    if (type === 'closed') return { type, seq };
    return { type: 'exited', seq, exitCode: 7, ...(hasVerdict ? { sandboxDenied: true } : {}) };
  });
}

const wholeOf = (life: Life): OrderedEvent[] =>
  eventsOf(life).map((event) =>
    event.type === 'exited' ? { ...event, sandboxDenied: true } : (event as OrderedEvent),
  );

/** What a worker that has come to event `progress` answers, with so many chunks at most. */
function answerOf(
  events: readonly PushedEvent[],
  read: { afterSeq: number; progress: number; maxChunks: number },
): ReadResult {
  const { afterSeq, progress, maxChunks } = read;
  const past = events.slice(0, progress);
  const chunks: OutputChunk[] = [];
  for (const event of past) {
    if (event.type !== 'output' || event.seq <= afterSeq || chunks.length >= maxChunks) continue;
    chunks.push({ seq: event.seq, stream: event.stream, chunk: event.chunk });
  }
  const exited = past.some(({ type }) => type === 'exited');
  return {
    chunks,
    nextSeq: (chunks.at(-1)?.seq ?? progress) + 1,
    exited,
    exitCode: exited ? 7 : null,
    closed: past.some(({ type }) => type === 'closed'),
    failure: null,
    sandboxDenied: exited,
  };
}

interface Way {
  /** Which of the events arrive, in which order; numbers of nothing are left out. */
  readonly arrivals: readonly number[];
  readonly maxChunks: number;
  readonly maxHeldBytes: number;
  /** How many arrivals come between a read and its answer, each time. */
  readonly duringRead: readonly number[];
  /** Whether the answer is of the time at which it was asked, or at which it came. */
  readonly isLate: boolean;
}

const ways = fc.record({
  arrivals: fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 30 }),
  maxChunks: fc.integer({ min: 1, max: 5 }),
  maxHeldBytes: fc.constantFrom(1, 200, 1_000_000),
  duringRead: fc.array(fc.nat({ max: 3 }), { maxLength: 10 }),
  isLate: fc.boolean(),
});

/** Plays it to the end: what was given, and how often was read. */
function play(life: Life, way: Way) {
  const events = eventsOf(life);
  const order = new EventOrder({ maxHeldBytes: way.maxHeldBytes });
  const arrivals = way.arrivals.filter((seq) => seq <= events.length);
  const given: OrderedEvent[] = [];
  let reads = 0;
  let progress = 0;
  const arrive = () => {
    const seq = arrivals.shift();
    if (seq === undefined) return false;
    progress = Math.max(progress, seq);
    order.push(events[seq - 1] as PushedEvent);
    return true;
  };
  const advance = () => {
    given.push(...order.take());
    const read = order.beginRead();
    if (read === undefined) return false;
    reads++;
    const askedAt = progress;
    for (let n = way.duringRead[reads % (way.duringRead.length + 1)] ?? 0; n > 0; n--) arrive();
    given.push(...order.take());
    const at = way.isLate ? progress : askedAt;
    order.answer(answerOf(events, { ...read, progress: at, maxChunks: way.maxChunks }));
    return true;
  };
  while (advance() || arrive());
  // Whatever was lost at the end shows when it is looked for.
  progress = events.length;
  if (!order.isClosed) order.suspect();
  for (let steps = 0; steps < 100 && advance(); steps++);
  given.push(...order.take());
  return { given, reads, order };
}

t.test(
  'whatever is lost, repeated or reordered: each event comes once, in order (PRC-6)',
  async (t) => {
    fc.assert(
      fc.property(lives, ways, (life, way) => {
        const { given, order } = play(life, way);
        return !order.isLost && JSON.stringify(given) === JSON.stringify(wholeOf(life));
      }),
      { numRuns: 5000 },
    );
    t.pass();
  },
);

t.test('what comes in order is never read; an exit without a verdict once (PRC-5)', async (t) => {
  const inOrder = { maxChunks: 5, maxHeldBytes: 1_000_000, duringRead: [0], isLate: true };
  fc.assert(
    fc.property(lives, (life) => {
      const arrivals = eventsOf(life).map(({ seq }) => seq as number);
      return play(life, { ...inOrder, arrivals }).reads === (life.hasVerdict ? 0 : 1);
    }),
  );
  fc.assert(
    // Where the exit itself shows the gap, the read that recovers it is the one for the verdict.
    fc.property(lives, fc.nat(), (life, drop) => {
      const exitIndex = Math.min(life.exitAt, life.outputs);
      const lost = drop % (exitIndex + 1);
      const arrivals = eventsOf(life).map(({ seq }) => seq as number);
      const way = { ...inOrder, maxChunks: 20, arrivals: arrivals.slice(lost) };
      const recovering = lost > 0 ? 1 : 0;
      const asking = life.hasVerdict || (lost > 0 && lost === exitIndex) ? 0 : 1;
      return play(life, way).reads === recovering + asking;
    }),
  );
  t.pass();
});

t.test('in read mode the same events come of reads alone', async (t) => {
  fc.assert(
    fc.property(lives, fc.integer({ min: 1, max: 5 }), (life, maxChunks) => {
      const events = eventsOf(life);
      const order = new EventOrder({ maxHeldBytes: 1, isReadMode: true });
      const given: OrderedEvent[] = [];
      for (let progress = 0; !order.isClosed; progress++) {
        const read = order.beginRead();
        if (read === undefined) return false;
        order.answer(answerOf(events, { ...read, progress, maxChunks }));
        given.push(...order.take());
        if (progress > 100) return false;
        if (progress >= events.length) progress = events.length - 1;
      }
      return JSON.stringify(given) === JSON.stringify(wholeOf(life));
    }),
  );
  t.pass();
});

const output = (seq: number): PushedEvent => ({
  type: 'output',
  seq,
  stream: 'stdout',
  chunk: 'eA==',
});
const none: ReadResult = { chunks: [], nextSeq: 1, exited: false, closed: false };

t.test('what nobody can tell any more is lost, and said so', async (t) => {
  const order = new EventOrder({ maxHeldBytes: 1000 });
  order.push(output(4));
  t.same(order.beginRead(), { afterSeq: 0 });
  order.answer({ ...none, nextSeq: 5, exited: true, exitCode: 0 });
  t.ok(order.isLost, 'three numbers are missing, and only one can be the exit');
  t.equal(order.beginRead(), undefined);
});

t.test('an executor that contradicts itself is not asked for ever', async (t) => {
  const order = new EventOrder({ maxHeldBytes: 1000 });
  order.push(output(9));
  order.beginRead();
  order.answer({ ...none, nextSeq: 3, exited: true });
  t.ok(order.isLost);
});

t.test('an answer from before the exit is no verdict on it', async (t) => {
  const order = new EventOrder({ maxHeldBytes: 1000 });
  order.push(output(2));
  order.beginRead();
  order.push({ type: 'exited', seq: 3, exitCode: 1 });
  order.answer({ ...none, chunks: [{ seq: 1, stream: 'stdout', chunk: '' }], nextSeq: 2 });
  t.equal(order.take().length, 2);
  t.same(order.beginRead(), { afterSeq: 2 });
  order.answer({ ...none, nextSeq: 4, exited: true, sandboxDenied: true });
  t.match(order.take(), [{ type: 'exited', seq: 3, sandboxDenied: true }]);
});

t.test('what may have been missed during a read is read once more', async (t) => {
  const order = new EventOrder({ maxHeldBytes: 1000 });
  order.suspect();
  t.same(order.beginRead(), { afterSeq: 0 });
  t.equal(order.beginRead(), undefined, 'one at a time');
  order.suspect();
  order.answer(none);
  t.same(order.beginRead(), { afterSeq: 0 });
  order.answer(none);
  t.equal(order.beginRead(), undefined);
});

t.test('the worked examples of the specification', async (t) => {
  const gap = new EventOrder({ maxHeldBytes: 1000 });
  for (const seq of [1, 2, 3]) gap.push(output(seq));
  gap.push({ type: 'closed', seq: 7 });
  t.equal(gap.take().length, 3);
  t.same(gap.beginRead(), { afterSeq: 3 });
  const chunks: OutputChunk[] = [
    { seq: 4, stream: 'stdout', chunk: 'b25lCg==' },
    { seq: 6, stream: 'stderr', chunk: 'dHdvCg==' },
  ];
  gap.answer({ chunks, nextSeq: 7, exited: true, exitCode: 0, closed: true });
  t.match(gap.take(), [
    { seq: 4 },
    { type: 'exited', seq: 5, exitCode: 0, sandboxDenied: false },
    { seq: 6 },
    { type: 'closed', seq: 7 },
  ]);
  t.ok(gap.isClosed);
  t.equal(gap.beginRead(), undefined);
});

t.test('the closing of the oldest executors has no number, and is the last', async (t) => {
  for (const nextSeq of [2, 3]) {
    const order = new EventOrder({ maxHeldBytes: 1000 });
    order.push({ type: 'closed' });
    order.beginRead();
    order.answer({ ...none, chunks: [{ seq: 1, stream: 'stdout', chunk: '' }], nextSeq: 2 });
    order.beginRead();
    order.answer({ ...none, nextSeq, exited: true, exitCode: 3, closed: true });
    t.match(order.take(), [
      { type: 'output', seq: 1 },
      { type: 'exited', seq: 2, exitCode: 3 },
      { type: 'closed', seq: 3 },
    ]);
  }
});
