import t from 'tap';
import { NotificationStreams, type ReceivedNotification } from './notification-stream.ts';

const note = (n: number, sessionId = 's', method = 'note'): ReceivedNotification => ({
  method,
  sessionId,
  params: { n },
  frame: {},
});

async function numbersOf(stream: AsyncIterable<ReceivedNotification>): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { params } of stream) numbers.push((params as { n: number }).n);
  return numbers;
}

t.test('what came before the iteration began is given, in order, and then the end', async (t) => {
  const streams = new NotificationStreams();
  const stream = streams.open({});
  for (let n = 0; n < 1000; n++) streams.push(note(n), 100);
  streams.close();
  t.same(
    await numbersOf(stream),
    Array.from({ length: 1000 }, (_, n) => n),
  );
  t.equal(stream.dropped, 0);
});

t.test('a full queue drops its oldest, and counts them', async (t) => {
  const streams = new NotificationStreams();
  const stream = streams.open({ maxQueuedBytes: 250 });
  const other = streams.open({});
  for (let n = 0; n < 5; n++) streams.push(note(n), 100);
  streams.push(note(5), 10_000);
  streams.close();
  t.same(await numbersOf(stream), [5], 'the newest stays, whatever its length');
  t.equal(stream.dropped, 5);
  t.same(await numbersOf(other), [0, 1, 2, 3, 4, 5], 'each stream has a queue of its own');
});

t.test('a stream gets what its filter names', async (t) => {
  const streams = new NotificationStreams();
  const bySession = streams.open({ sessionId: 'a' });
  const byMethod = streams.open({ method: 'end' });
  streams.push(note(1, 'a'), 1);
  streams.push(note(2, 'b'), 1);
  streams.push(note(3, 'b', 'end'), 1);
  streams.close();
  t.same(await numbersOf(bySession), [1]);
  t.same(await numbersOf(byMethod), [3]);
});

t.test('whoever waits gets the next one, and those who wait at the close the end', async (t) => {
  const streams = new NotificationStreams();
  const stream = streams.open({});
  const [first, second, third] = [stream.next(), stream.next(), stream.next()];
  streams.push(note(1), 1);
  streams.push(note(2), 1);
  streams.close();
  t.match(await first, { value: { params: { n: 1 } } });
  t.match(await second, { value: { params: { n: 2 } } });
  t.match(await third, { done: true });
});

t.test('leaving the loop ends the stream, and it holds nothing more', async (t) => {
  const streams = new NotificationStreams();
  const stream = streams.open({});
  streams.push(note(1), 1);
  for await (const _ of stream) break;
  streams.push(note(2), 1);
  t.match(await stream.next(), { done: true });
  t.match(await streams.open({}).return?.(), { done: true });
});

t.test('a stream that is opened after the close has ended already', async (t) => {
  const streams = new NotificationStreams();
  streams.close();
  t.same(await numbersOf(streams.open({})), []);
});
