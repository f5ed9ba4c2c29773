import fc from 'fast-check';
import t from 'tap';
import type { HistoryRecord } from '../../schemas/generated/history.ts';
import { type Story, storyFromRecords } from './story.ts';

/** Who wrote or read which line: `c1>` writes, `c1<` reads; `w0>` and `w0<` for workers. */
type Event = readonly [place: string, line: string];

function storyOf(events: readonly Event[]): Story {
  const header = {
    seq: 0,
    atUs: 0,
    kind: 'scenario',
    scenario: 'test/match',
    transport: 'tcp',
    sessionIdField: 'sessionId',
    limits: {},
    pools: [{ id: 'main', instances: 2 }],
    capabilities: [],
    timeScale: 1,
    seed: '1',
    deadlinesUs: {},
  } as const;
  const records = events.map(([place, line], index) => ({
    seq: index + 1,
    atUs: index + 1,
    direction: place.endsWith('>') ? ('sent' as const) : ('received' as const),
    text: `${line}\n`,
    ...(place.startsWith('c')
      ? { kind: 'client-bytes' as const, connection: place.slice(0, -1) }
      : { kind: 'worker-bytes' as const, process: `main/${place.slice(1, -1)}/1` }),
  }));
  return storyFromRecords([header, ...records] as HistoryRecord[]);
}

function request(id: unknown, more = ''): string {
  return `{"id":${JSON.stringify(id)},"method":"x"${more}}`;
}

function response(id: unknown, by: number): string {
  return `{"id":${JSON.stringify(id)},"result":${by}}`;
}

t.test('a request and its response are found on all four hops', async (t) => {
  const story = storyOf([
    ['c1>', request('a')],
    ['w0<', request(7)],
    ['w0>', response(7, 1)],
    ['c1<', response('a', 1)],
  ]);
  const [sent] = story.clientSent;
  const [read] = story.workerReceived;
  const [written] = story.workerSent;
  const [received] = story.clientReceived;
  t.equal(read && story.sourceOf.get(read), sent);
  t.equal(written && story.questionOf.get(written), read);
  t.equal(received && story.originOf.get(received), written);
  t.strictSame(sent && story.deliveries.get(sent), [read]);
});

t.test('one changed byte is another frame', async (t) => {
  const story = storyOf([
    ['c1>', request(1, ',"params":1.0')],
    ['w0<', request(7, ',"params":1')],
  ]);
  t.equal(story.sourceOf.size, 0);
});

t.test('a request that reached two workers has two deliveries', async (t) => {
  const story = storyOf([
    ['c1>', request(1)],
    ['w0<', request(7)],
    ['w1<', request(3)],
  ]);
  t.equal(story.deliveries.get(story.clientSent[0] as never)?.length, 2);
});

t.test('a line that has to be refused is not blamed for its twin that may pass', async (t) => {
  const story = storyOf([
    ['c1>', '{"id":true,"method":"x"}'],
    ['c2>', request(1)],
    ['w0<', request(7)],
  ]);
  const [refused, good] = story.clientSent;
  t.notOk(refused && story.deliveries.has(refused));
  t.ok(good && story.deliveries.has(good));
});

t.test('of requests that are the same, each is whose response says so', async (t) => {
  const story = storyOf([
    ['c1>', request(1)],
    ['c2>', request(2)],
    ['w0<', request(7)],
    ['w0>', response(7, 1)],
    ['c2<', response(2, 1)],
    ['w0<', request(8)],
    ['w0>', response(8, 2)],
    ['c1<', response(1, 2)],
  ]);
  const places = story.workerReceived.map((line) => story.sourceOf.get(line)?.place);
  t.strictSame(places, ['c2', 'c1']);
});

t.test("a response to another client's request is found as such", async (t) => {
  const story = storyOf([
    ['c1>', request(1, ',"params":"one"')],
    ['c2>', request(1, ',"params":"two"')],
    ['w0<', request(7, ',"params":"one"')],
    ['w0>', response(7, 1)],
    ['c2<', response(1, 1)],
  ]);
  const [received] = story.clientReceived;
  const question = story.questionOf.get(story.originOf.get(received as never) as never);
  t.equal(story.sourceOf.get(question as never)?.place, 'c1');
});

t.test('twins in any order give nobody two deliveries and nobody a foreign response', async (t) => {
  const answered = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 });
  const clients = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(clients, fc.nat(), answered, (places, turn, isAnswered) => {
      const order = places.map((_, index) => (index + turn) % places.length);
      const story = storyOf([
        ...places.map((place, index) => [`c${place}>`, request(index % 2)] as const),
        ...order.map((_, nth) => ['w0<', request(100 + nth)] as const),
        ...order.flatMap((index, nth) =>
          isAnswered[nth] === true
            ? [
                ['w0>', response(100 + nth, nth)] as const,
                [`c${places[index]}<`, response(index % 2, nth)] as const,
              ]
            : [],
        ),
      ]);
      for (const deliveries of story.deliveries.values()) t.equal(deliveries.length, 1);
      for (const [received, origin] of story.originOf) {
        const question = story.questionOf.get(origin);
        const source = question && story.sourceOf.get(question);
        t.strictSame([source?.place, source?.idJson], [received.place, received.idJson]);
      }
    }),
  );
});
