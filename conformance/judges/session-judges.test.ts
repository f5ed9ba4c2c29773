import t from 'tap';
import type { Judge } from '../finding.ts';
import { judgeAffinity } from './affinity.ts';
import { judgeOrder } from './order.ts';
import { judgeOwnership } from './ownership.ts';
import { newSessionsAreEven, newSessionsSpread, sessionlessSpread } from './spread.ts';
import { nothing, someone, told } from './told-story.ts';
import { judgeWorkerRequests } from './worker-requests.ts';

const a = someone('c1');
const b = someone('c2');
const w = someone('main/0/1');
const v = someone('main/1/1');
const start = [someone('bus').starts, w.starts, v.starts, a.opens, b.opens];

type Events = Parameters<typeof told>[0];

function verdicts(judge: Judge, events: Events, limits: object = {}): string[] {
  const findings = judge(told([...start, ...events], { limits }));
  return [...new Set(findings.map(({ requirement, verdict }) => `${requirement} ${verdict}`))];
}

/** A request of a session, as the client writes it and as the worker reads it. */
const request = (n: number, sessionId = 's') =>
  JSON.stringify({ id: n, method: 'x', sessionId, params: { mark: `m${n}` } });

t.test(
  'affinity: a session stays, moves after a loss, and is seen to move otherwise',
  async (t) => {
    const first = [a.writes(request(1)), w.reads(request(1))];
    const second = [a.writes(request(2)), w.reads(request(2))];
    const moved = [a.writes(request(2)), v.reads(request(2))];
    const other = [a.writes(request(3, 't')), v.reads(request(3, 't'))];
    t.strictSame(verdicts(judgeAffinity, [...first, ...second, ...other]), ['AFF-1 pass']);
    t.strictSame(verdicts(judgeAffinity, [...first, ...second]), [], 'one worker shows nothing');
    t.strictSame(verdicts(judgeAffinity, [...first, ...other]), [], 'one frame a session neither');
    t.strictSame(verdicts(judgeAffinity, [...first, ...moved]), ['AFF-1 fail']);
    t.strictSame(verdicts(judgeAffinity, [...first, w.isKilled, ...moved]), [
      'RST-4 pass',
      'AFF-1 pass',
    ]);
    const pool = someone('other/0/1');
    const away = [w.isKilled, pool.starts, a.writes(request(2)), pool.reads(request(2))];
    t.ok(verdicts(judgeAffinity, [...first, ...away]).includes('AFF-7 fail'));
  },
);

t.test(
  'affinity: an idle session may be forgotten, and what is no session id is none',
  async (t) => {
    const first = [a.writes(request(1)), w.reads(request(1)), nothing, nothing];
    const moved = [a.writes(request(2)), v.reads(request(2))];
    t.strictSame(verdicts(judgeAffinity, [...first, ...moved], { session_idle_sec: 0.002 }), [
      'AFF-1 pass',
    ]);
    t.strictSame(verdicts(judgeAffinity, [...first, ...moved], { session_idle_sec: 1 }), [
      'AFF-1 fail',
    ]);
    const none = [a.writes(request(1, '')), w.reads(request(1, ''))];
    const noneElsewhere = [a.writes(request(2, '')), v.reads(request(2, ''))];
    t.strictSame(verdicts(judgeAffinity, [...none, ...noneElsewhere]), []);
  },
);

t.test('order: what overtakes in its session fails, and only that', async (t) => {
  const sent = [a.writes(request(1)), a.writes(request(2)), a.writes(request(3, 't'))];
  const inOrder = [w.reads(request(3, 't')), w.reads(request(1)), w.reads(request(2))];
  t.strictSame(verdicts(judgeOrder, [...sent, ...inOrder]), ['AFF-2 pass']);
  const overtaken = [w.reads(request(2)), w.reads(request(1))];
  t.strictSame(verdicts(judgeOrder, [...sent, ...overtaken]), ['AFF-2 fail']);
  const note = (n: number) => ({ method: 'n', sessionId: 's', params: { n } });
  const notes = [w.writes(note(1)), w.writes(note(2))];
  t.strictSame(verdicts(judgeOrder, [...notes, a.reads(note(1)), a.reads(note(2))]), [
    'AFF-2 pass',
  ]);
  t.strictSame(verdicts(judgeOrder, [...notes, a.reads(note(2)), a.reads(note(1))]), [
    'AFF-2 fail',
  ]);
});

t.test('order: a dropped frame and a later one with the same bytes are told apart', async (t) => {
  const answer = { id: 0, sessionId: 's', result: {} };
  const sent = [a.writes(answer), a.writes(request(1)), a.writes(answer)];
  t.strictSame(verdicts(judgeOrder, [...sent, w.reads(request(1)), w.reads(answer)]), []);
});

t.test('ownership: to the owner and to nobody else', async (t) => {
  const note = { method: 'n', sessionId: 's', params: {} };
  const owned = [a.writes(request(1)), w.reads(request(1)), w.writes(note)];
  t.strictSame(verdicts(judgeOwnership, [...owned, a.reads(note)]), ['AFF-8 pass']);
  t.strictSame(verdicts(judgeOwnership, [...owned, b.reads(note)]), ['AFF-8 fail']);
  const taking = [b.writes(request(2)), b.reads(note)];
  t.strictSame(verdicts(judgeOwnership, [...owned, ...taking]), ['AFF-8 pass'], 'under way');
  const refused = [
    b.writes(request(2)),
    b.reads({ id: 2, error: { code: -32600, message: '' } }),
    b.reads(note),
  ];
  t.strictSame(verdicts(judgeOwnership, [...owned, ...refused]), ['AFF-8 fail'], 'refused');
  const stray = { method: 'n', params: {} };
  t.strictSame(verdicts(judgeOwnership, [w.writes(stray), a.reads(stray)]), ['AFF-8 fail']);
});

t.test(
  'ownership: what is lost is seen once the bus has passed on what came after it',
  async (t) => {
    const note = (n: number) => ({ method: 'n', sessionId: 's', params: { n } });
    const owned = [a.writes(request(1)), w.reads(request(1)), w.writes(note(1))];
    t.strictSame(verdicts(judgeOwnership, owned), [], 'it may be under way');
    const later = [w.writes(note(2)), a.reads(note(2))];
    t.strictSame(verdicts(judgeOwnership, [...owned, ...later]), ['AFF-8 fail', 'AFF-8 pass']);
    t.strictSame(verdicts(judgeOwnership, [...owned, a.leaves, ...later]), ['AFF-8 pass']);
  },
);

t.test(
  'worker requests: the answer goes to the worker that asked, once, with its id',
  async (t) => {
    const ask = (sessionId: string) => ({ id: 0, method: 'q', sessionId });
    const answer = (sessionId: string, n = 1) => ({ id: 0, sessionId, result: { n } });
    const asked = [
      w.writes(ask('s')),
      v.writes(ask('t')),
      a.reads(ask('s')),
      a.reads(ask('t')),
      a.writes(answer('t')),
      a.writes(answer('s')),
    ];
    const judge = judgeWorkerRequests;
    const good = [w.reads(answer('s')), v.reads(answer('t'))];
    t.strictSame(verdicts(judge, [...asked, ...good]), ['COR-6 pass']);
    const crossed = [w.reads(answer('t')), v.reads(answer('s'))];
    t.strictSame(verdicts(judge, [...asked, ...crossed]), ['COR-6 fail']);
    const twice = [...good, a.writes(answer('s', 2)), w.reads(answer('s', 2))];
    t.ok(verdicts(judge, [...asked, ...twice]).includes('COR-6 fail'));
    const lost = [a.writes(request(1)), w.reads(request(1)), v.reads(answer('t'))];
    t.strictSame(verdicts(judge, [...asked, ...lost]), ['COR-6 pass', 'COR-6 fail']);
    t.strictSame(verdicts(judge, [...asked, v.reads(answer('t'))]), ['COR-6 pass'], 'under way');
  },
);

t.test('worker requests: two candidates, ids by value, and lost incarnations', async (t) => {
  const ask = (sessionId: string, id = '0') =>
    `{"id":${id},"method":"q","sessionId":"${sessionId}"}`;
  const bare = { id: 0, result: {} };
  const judge = judgeWorkerRequests;
  const two = [w.writes(ask('s')), w.writes(ask('t')), a.reads(ask('s')), a.reads(ask('t'))];
  t.strictSame(verdicts(judge, [...two, a.writes(bare), w.reads(bare)]), ['COR-6 fail']);
  t.strictSame(verdicts(judge, [...two, a.writes(bare)]), []);
  const one = [w.writes(ask('s')), a.reads(ask('s')), a.writes(bare)];
  t.strictSame(verdicts(judge, [...one, w.reads(bare)]), ['COR-6 pass']);
  const byValue = [w.writes(ask('s', '1.0')), a.reads(ask('s', '1.0'))];
  const valued = (id: string) => `{"id":${id},"sessionId":"s","result":{}}`;
  const withOwn = [a.writes(valued('1')), w.reads(valued('1.0'))];
  t.strictSame(verdicts(judge, [...byValue, ...withOwn]), ['COR-6 pass']);
  t.strictSame(verdicts(judge, [...byValue, a.writes(valued('1'))]), []);
  const changed = [a.writes(valued('1.0')), w.reads(valued('1'))];
  t.strictSame(verdicts(judge, [...byValue, ...changed]), ['COR-6 fail']);
  const next = someone('main/0/2');
  const late = [w.isKilled, next.starts, a.writes(bare), next.reads(bare)];
  t.strictSame(verdicts(judge, [w.writes(ask('s')), a.reads(ask('s')), ...late]), ['COR-6 fail']);
});

t.test('spread: each worker gets one of 16 each, and none differs by more than one', async (t) => {
  const sessions = (places: readonly (typeof w)[]) =>
    places.flatMap((place, n) => [a.writes(request(n, `s${n}`)), place.reads(request(n, `s${n}`))]);
  const spread = newSessionsSpread('AFF-3', { pool: 'main' });
  const even = newSessionsAreEven('AFF-10', { pool: 'main' });
  const turns = Array.from({ length: 32 }, (_, n) => (n % 2 === 0 ? w : v));
  t.strictSame(verdicts(spread, sessions(turns)), ['AFF-3 pass']);
  t.strictSame(verdicts(even, sessions(turns)), ['AFF-10 pass']);
  t.strictSame(verdicts(spread, sessions(turns.slice(1))), ['AFF-3 inconclusive']);
  const hashed = turns.map((_, n) => (n % 7 === 0 ? w : v));
  t.strictSame(verdicts(spread, sessions(hashed)), ['AFF-3 pass']);
  t.strictSame(verdicts(even, sessions(hashed)), ['AFF-10 fail']);
  t.strictSame(verdicts(spread, sessions(turns.map(() => w))), ['AFF-3 fail']);
  const dead = [...sessions(turns), v.isKilled, ...sessions([w])];
  t.strictSame(verdicts(spread, dead), ['AFF-3 pass'], 'the end of it does not count');
  const free = (n: number) => JSON.stringify({ id: n, method: 'x', params: { mark: `m${n}` } });
  const sessionless = turns.flatMap((_, n) => [a.writes(free(n)), w.reads(free(n))]);
  const judge = sessionlessSpread('AFF-5', { pool: 'main' });
  t.strictSame(verdicts(judge, sessionless), ['AFF-5 fail']);
});
