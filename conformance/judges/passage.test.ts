import t from 'tap';
import type { Finding } from '../finding.ts';
import { judgePassage } from './passage.ts';
import { someone, told } from './told-story.ts';

const a = someone('c1');
const b = someone('c2');
const w = someone('main/0/1');
const v = someone('main/1/1');
const start = [someone('bus').starts, w.starts, v.starts, a.opens, b.opens];
const ask = (id: number, mark = `m${id}`) =>
  `{"id":${id},"method":"x","params":{"mark":"${mark}"}}`;
const reply = (id: number, mark = `m${id}`) => `{"id":${id},"result":{"mark":"${mark}"}}`;
const failures = (findings: Finding[]) =>
  findings.filter(({ verdict }) => verdict === 'fail').map(({ requirement }) => requirement);
const judge = (events: Parameters<typeof told>[0]) => failures(judgePassage(told(events)));

t.test('frames that differ in the id only pass', async (t) => {
  const story = told([
    ...start,
    a.writes(ask(1)),
    w.reads(ask(90, 'm1')),
    w.writes(reply(90, 'm1')),
    a.reads(reply(1)),
  ]);
  const findings = judgePassage(story);
  t.strictSame(failures(findings), []);
  t.ok(findings.some(({ requirement }) => requirement === 'FRM-7'));
});

t.test('responses with the same bytes are nobody else’s', async (t) => {
  const empty = (id: number) => `{"id":${id},"result":{}}`;
  const events = [
    ...start,
    a.writes(ask(1)),
    b.writes(ask(2)),
    w.reads(ask(90, 'm1')),
    w.reads(ask(91, 'm2')),
    w.writes(empty(90)),
    w.writes(empty(91)),
    // The second client happens to be seen first.
    b.reads(empty(2)),
    a.reads(empty(1)),
  ];
  t.strictSame(judge(events), []);
});

t.test('a bus that hands on the clients’ ids as they are is seen to mix them up', async (t) => {
  const events = [
    ...start,
    a.writes(ask(1, 'm1')),
    b.writes(ask(1, 'm2')),
    w.reads(ask(1, 'm1')),
    w.reads(ask(1, 'm2')),
    w.writes(reply(1, 'm2')),
    a.reads(reply(1, 'm2')),
    w.writes(reply(1, 'm1')),
    b.reads(reply(1, 'm1')),
  ];
  t.strictSame(judge(events), ['AFF-8', 'AFF-8']);
});

t.test('changed, invented, doubled and refused frames fail', async (t) => {
  t.strictSame(judge([...start, a.writes(ask(1)), w.reads(`${ask(90, 'm1')} `)]), ['FRM-7']);
  t.strictSame(judge([...start, w.reads(ask(90))]), ['FRM-7']);
  const twice = [a.writes(ask(1)), w.reads(ask(90, 'm1')), v.reads(ask(91, 'm1'))];
  t.strictSame(judge([...start, ...twice]), ['COR-1']);
  t.strictSame(judge([...start, a.writes('{"id":1}'), w.reads('{"id":1}')]), ['FRM-5']);
  t.strictSame(judge([...start, w.writes('log'), a.reads('log')]), ['RST-7']);
  const both = '{"id":90,"result":1,"error":{}}';
  t.strictSame(judge([...start, w.writes(both), a.reads(both)]), ['RST-7']);
  t.strictSame(judge([...start, a.reads('{"method":"hello"}')]), ['FRM-7']);
});

t.test('the bus may answer a worker, and a worker may have a response with any pool', async (t) => {
  const error = '{"id":3,"error":{"code":-32600,"message":""}}';
  t.strictSame(judge([...start, w.writes('{"id":3,"method":7}'), w.reads(error)]), []);
  t.strictSame(judge([...start, w.writes('{"id":3,"method":"q"}'), w.reads(error)]), []);
  t.strictSame(judge([...start, w.reads(error)]), ['FRM-7']);
  const pool = '{"id":1,"result":{},"pool":""}';
  t.strictSame(judge([...start, a.writes(ask(1)), w.writes(pool), a.reads(pool)]), []);
});

t.test(
  'a notification that a later request of its session overtook for good is lost',
  async (t) => {
    const note = '{"method":"n","sessionId":"s","params":{"mark":"m1"}}';
    const request = (id: number) =>
      `{"id":${id},"method":"x","sessionId":"s","params":{"mark":"m2"}}`;
    const events = [...start, a.writes(note), a.writes(request(1)), w.reads(request(90))];
    t.strictSame(judge(events), ['FRM-7']);
    const filled = `{"id":0,"method":"x","sessionId":"s","params":"${'x'.repeat(40_000)}"}`;
    // A full queue may drop it (FLW-2).
    t.strictSame(judge([...start, a.writes(filled), w.reads(filled), ...events.slice(5)]), []);
  },
);
