import t from 'tap';
import { probeConfig } from '../../reference/faults/probe-pool.ts';
import { openEvents, rpc, startAdapter } from './adapter-under-test.ts';

const notify = (url: string, count: number, size = 0) =>
  rpc(url, { id: 1, method: 'notify', sessionId: 's', params: { count, size } });
const numberOf = (data: string | undefined) => JSON.parse(data ?? '{}').params?.n;

t.test('the notifications of a session come as events, and no other session’s', async (t) => {
  const { url } = await startAdapter(t);
  const events = await openEvents(t, url, { session: 's' });
  t.equal(events.response.headers['content-type'], 'text/event-stream');
  await rpc(url, { id: 1, method: 'notify', sessionId: 'other', params: {} });
  await notify(url, 2);
  const first = await events.nextEvent();
  t.match(first, { event: 'message', id: /^[0-9a-f]{8}-1$/ });
  t.match(JSON.parse(String(first?.data)), { method: 'note', sessionId: 's', params: { n: 0 } });
  t.equal(numberOf((await events.nextEvent())?.data), 1);
});

t.test('whoever comes back with the last id misses nothing', async (t) => {
  const { url } = await startAdapter(t);
  const events = await openEvents(t, url, { session: 's' });
  await notify(url, 3);
  await events.nextEvent();
  const { id = '' } = (await events.nextEvent()) ?? {};
  events.sent.destroy();
  await notify(url, 2);
  const again = await openEvents(t, url, { session: 's', 'last-event-id': id });
  const seen = [];
  for (let n = 0; n < 3; n += 1) seen.push(numberOf((await again.nextEvent())?.data));
  t.same(seen, [2, 0, 1]);
});

t.test('what is no longer kept is said, and the rest comes', async (t) => {
  const { url } = await startAdapter(t, { maxEventBytes: 5000 });
  const events = await openEvents(t, url, { session: 's' });
  await notify(url, 1);
  const { id = '' } = (await events.nextEvent()) ?? {};
  events.sent.destroy();
  await notify(url, 10, 1000);
  const again = await openEvents(t, url, { session: 's', 'last-event-id': id });
  const gap = await again.nextEvent();
  t.match(gap, { event: 'gap' });
  const { missed } = JSON.parse(String(gap?.data));
  t.ok(missed > 0 && missed < 10, `${missed} are missing`);
  t.equal(numberOf((await again.nextEvent())?.data), missed, 'the first that is kept');
});

t.test('an id of another ring is said to be unknown', async (t) => {
  const { url } = await startAdapter(t);
  const events = await openEvents(t, url, { session: 's', 'last-event-id': '00000000-7' });
  t.match(await events.nextEvent(), { event: 'gap', data: /no longer known/ });
  await notify(url, 1);
  t.match(await events.nextEvent(), { event: 'message' });
});

t.test('a reader that stands still holds up nobody, and is told what it missed', async (t) => {
  const bus = probeConfig([{}], { max_output_queue: 200_000_000 });
  const { url } = await startAdapter(t, { bus, maxEventBytes: 200_000 });
  const slow = await openEvents(t, url, { session: 's' });
  slow.response.pause();
  const other = await openEvents(t, url, { session: 's' });
  const answer = notify(url, 1000, 20_000);
  let last: unknown;
  for (let n = 0; n < 1000; n += 1) {
    const event = await other.nextEvent();
    // Also this one may fall behind; then it is told.
    if (event?.event !== 'gap') last = numberOf(event?.data);
    if (last === 999) break;
  }
  t.equal(last, 999);
  t.match(await answer, { status: 200 });
  slow.response.resume();
  let next = 0;
  let gaps = 0;
  while (next < 1000) {
    const event = await slow.nextEvent();
    if (event?.event === 'gap') {
      gaps += 1;
      next += JSON.parse(event.data).missed;
    } else {
      if (numberOf(event?.data) !== next) t.fail(`${numberOf(event?.data)} came for ${next}`);
      next += 1;
    }
  }
  t.ok(gaps > 0, 'something was missed, and each gap said how much');
});

t.test('a question of a worker is an event, answered by a call', async (t) => {
  const { url } = await startAdapter(t);
  const events = await openEvents(t, url, { session: 's' });
  const asked = rpc(url, { id: 'q', method: 'ask', sessionId: 's', params: { id: 0 } });
  const question = await events.nextEvent();
  t.match(question, { event: 'request' });
  t.match(JSON.parse(String(question?.data)), { id: 0, method: 'question' });
  const answer = await rpc(url, '{"jsonrpc":"2.0","id":0,"sessionId":"s","result":{"yes":true}}');
  t.equal(answer.status, 202);
  t.match((await asked).frame, { id: 'q', result: { reply: { result: { yes: true } } } });
  events.sent.destroy();
});

t.test('a question that nobody watches is answered with an error', async (t) => {
  const { url } = await startAdapter(t);
  const { frame } = await rpc(url, { id: 1, method: 'ask', sessionId: 's', params: { id: 0 } });
  t.match(frame, { result: { reply: { error: { code: -32601 } } } });
});

t.test('a frame with carriage returns between its tokens stays one event', async (t) => {
  const { url } = await startAdapter(t);
  const events = await openEvents(t, url, { session: 's' });
  const text = '{"jsonrpc":"2.0",\r"method":"note",\r\r"sessionId":"s","params":{"n":5}}\n';
  await rpc(url, { id: 1, method: 'write', sessionId: 's', params: { text } });
  t.equal(numberOf((await events.nextEvent())?.data), 5);
});

t.test('a drain ends the events', async (t) => {
  const adapter = await startAdapter(t);
  const events = await openEvents(t, adapter.url, { session: 's' });
  await adapter.drain(5000);
  t.equal(await events.nextEvent(), undefined);
});
