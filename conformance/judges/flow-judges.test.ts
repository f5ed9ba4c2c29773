import t from 'tap';
import type { Judge } from '../finding.ts';
import type { Story } from '../history/story.ts';
import { memoryGrowsByAtMost } from './memory.ts';
import { requestsBeyondTheQueueAreRefused } from './overload.ts';
import { writerIsAnswered } from './patient-writer.ts';
import { responsesAreNotHeldUp } from './response-delay.ts';
import { slowClientIsCutOff, slowClientSeesNoGap } from './slow-client.ts';
import { nothing, someone, told } from './told-story.ts';

const a = someone('c1');
const b = someone('c2');
const bus = someone('bus');
const w = someone('main/0/1');
const stalls = (target: string) => () => ({ kind: 'fault', fault: 'stall', target });
const ask = (id: number, more: object = {}) => ({
  id,
  method: 'x',
  sessionId: 's',
  params: { mark: `m${id}` },
  ...more,
});
const reply = (id: number, mark = `m${id}`) => ({ id, sessionId: 's', result: { mark } });
const news = (n: number) => ({ method: 'news', sessionId: 's', params: { n } });
const verdicts = (judge: Judge, story: Story) => judge(story).map(({ verdict }) => verdict);
const pause = (ms: number) => Array.from({ length: ms }, () => nothing);

const slow = [
  bus.starts,
  w.starts,
  b.opens,
  b.writes(ask(1)),
  w.reads(ask(91, { params: { mark: 'm1' } })),
  stalls('c2'),
  ...[1, 2, 3].map((n) => w.writes(news(n))),
];

t.test('a client that does not read is cut off, and before the bus is told to end', async (t) => {
  t.strictSame(verdicts(slowClientIsCutOff, told([...slow, b.reads(news(1)), b.isEnded])), [
    'pass',
  ]);
  const stays = [...slow, bus.isTold('SIGTERM'), b.isEnded, bus.exits];
  t.strictSame(verdicts(slowClientIsCutOff, told(stays)), ['fail']);
  t.strictSame(verdicts(slowClientIsCutOff, told([bus.starts])), ['inconclusive']);
});

t.test('what a slow client gets is a beginning without a gap', async (t) => {
  const gets = (...numbers: number[]) => told([...slow, ...numbers.map((n) => b.reads(news(n)))]);
  for (const numbers of [[], [1], [1, 2], [1, 2, 3]]) {
    t.strictSame(verdicts(slowClientSeesNoGap, gets(...numbers)), ['pass'], numbers.join());
  }
  t.strictSame(verdicts(slowClientSeesNoGap, gets(1, 3)), ['fail']);
  t.strictSame(verdicts(slowClientSeesNoGap, gets(2)), ['fail']);
});

t.test('memory may grow by so much, and is not judged where it is not shown', async (t) => {
  const uses = (rssBytes: number) => () => ({ kind: 'resource', process: 'bus', rssBytes });
  const judge = memoryGrowsByAtMost('FLW-1', 10);
  t.strictSame(verdicts(judge, told([uses(100), uses(110), uses(90)])), ['pass']);
  t.strictSame(verdicts(judge, told([uses(100), uses(111), uses(100)])), ['fail']);
  t.strictSame(verdicts(judge, told([uses(100)])), ['inconclusive']);
});

t.test('requests beyond the queue are refused as ones that may be sent again', async (t) => {
  const before = [
    w.starts,
    a.opens,
    a.writes(ask(1)),
    w.reads(ask(1)),
    w.writes(reply(1)),
    a.reads(reply(1)),
    stalls('main/0/1'),
    a.writes(ask(2)),
  ];
  const refusal = (data: object) => a.reads({ id: 2, error: { code: -1, message: '', data } });
  const judge = requestsBeyondTheQueueAreRefused;
  t.strictSame(verdicts(judge, told([...before, refusal({ retryable: true })])), ['pass']);
  t.strictSame(verdicts(judge, told([...before, refusal({ retryable: false })])), ['fail']);
  t.strictSame(verdicts(judge, told([...before, refusal({})])), ['fail']);
  t.strictSame(verdicts(judge, told(before)), ['fail']);
  t.strictSame(verdicts(judge, told(before.slice(0, -1))), ['inconclusive']);
});

t.test('a client that writes first and reads later is answered and not dropped', async (t) => {
  const before = [a.opens, stalls('c1'), a.writes(ask(1)), a.writes(ask(2)), a.reads(reply(1))];
  const judge = writerIsAnswered(2);
  t.strictSame(verdicts(judge, told([...before, a.reads(reply(2))])), ['pass']);
  t.strictSame(verdicts(judge, told(before)), ['fail']);
  t.strictSame(verdicts(judge, told([...before, a.reads(reply(2)), a.isEnded])), ['fail']);
  t.strictSame(verdicts(writerIsAnswered(3), told([...before, a.reads(reply(2))])), [
    'inconclusive',
  ]);
});

t.test('one slow response is noise, most of them are a pause', async (t) => {
  const round = (id: number, method: string, ms: number) => [
    a.writes(ask(id, { method })),
    w.reads(ask(id, { method })),
    w.writes(reply(id)),
    ...pause(ms),
    a.reads(reply(id)),
  ];
  const rounds = (...delays: number[]) => [
    a.opens,
    ...delays.flatMap((ms, index) => [
      ...round(index * 2, 'alone', 1),
      ...round(index * 2 + 1, 'pair', ms),
    ]),
  ];
  const judge = responsesAreNotHeldUp({ method: 'pair', control: 'alone', atLeast: 3 });
  t.strictSame(verdicts(judge, told(rounds(1, 1, 60))), ['pass']);
  t.strictSame(verdicts(judge, told(rounds(1, 40, 41))), ['fail']);
  t.strictSame(verdicts(judge, told(rounds(1, 1))), ['inconclusive']);
});
