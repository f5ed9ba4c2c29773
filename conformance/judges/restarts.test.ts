import t from 'tap';
import type { Judge } from '../finding.ts';
import type { Story } from '../history/story.ts';
import { halfLinesAreDiscarded, lostSessionsAreServed, queuesAreDiscarded } from './lost-work.ts';
import {
  aNewIncarnationServes,
  backoffsGrow,
  noSilenceWithoutWorkers,
  restartsAreLimited,
} from './restarts.ts';
import { strayOutputIsKeptBack } from './stray-output.ts';
import { nothing, someone, told } from './told-story.ts';

const c = someone('c1');
const bus = someone('bus');
const w1 = someone('main/0/1');
const w2 = someone('main/0/2');
const w3 = someone('main/0/3');
const ask = (id: number, mark = `m${id}`) => ({
  id,
  method: 'x',
  sessionId: 's',
  params: { mark },
});
const reply = (id: number, mark = `m${id}`) => ({ id, sessionId: 's', result: { mark } });
const error = (id: number) => ({ id, error: { code: -1, message: '' } });
const one = { pools: [{ id: 'main', instances: 1 }] };
const start = [bus.starts, w1.starts, c.opens];
const end = [bus.isTold('SIGTERM'), bus.exits];
const verdicts = (judge: Judge, story: Story) => judge(story).map(({ verdict }) => verdict);
/** A request that this worker serves. */
const served = (w: ReturnType<typeof someone>, id: number) => [
  c.writes(ask(id)),
  w.reads(ask(90 + id, `m${id}`)),
  w.writes(reply(90 + id, `m${id}`)),
  c.reads(reply(id)),
];
const pause = (ms: number) => Array.from({ length: ms }, () => nothing);

t.test(
  'a next incarnation that serves passes RST-2, one that is only started does not',
  async (t) => {
    const lost = [...start, w1.isKilled, w1.exits, w2.starts];
    t.strictSame(verdicts(aNewIncarnationServes, told([...lost, ...served(w2, 1), ...end])), [
      'pass',
    ]);
    t.strictSame(verdicts(aNewIncarnationServes, told([...lost, ...end])), ['inconclusive']);
  },
);

t.test('a restart beyond max_restarts fails, but not when the window has passed', async (t) => {
  const story = (limits: object, between: number) =>
    told([...start, w1.exits, w2.starts, ...pause(between), w2.exits, w3.starts, ...end], {
      ...one,
      limits,
      deadlinesUs: { grace: 2000 },
    });
  t.strictSame(verdicts(restartsAreLimited, story({ max_restarts: 1 }, 0)), ['fail']);
  const short = { max_restarts: 1, restart_window_sec: 0.01 };
  t.strictSame(verdicts(restartsAreLimited, story(short, 20)), ['pass']);
  t.strictSame(verdicts(restartsAreLimited, story({ max_restarts: 2 }, 0)), ['inconclusive']);
  const kept = told([...start, w1.exits, w2.starts, w2.exits, ...end], {
    ...one,
    limits: { max_restarts: 1 },
  });
  t.strictSame(verdicts(restartsAreLimited, kept), ['pass']);
});

t.test('the second restart waits two seconds, neither less nor more', async (t) => {
  const story = (ms: number) =>
    told([...start, w1.exits, w2.starts, w2.exits, ...pause(ms), w3.starts, ...end], {
      deadlinesUs: { grace: 500_000 },
    });
  t.strictSame(verdicts(backoffsGrow(2), story(2000)), ['pass']);
  t.strictSame(verdicts(backoffsGrow(2), story(100)), ['fail']);
  t.strictSame(verdicts(backoffsGrow(2), story(2600)), ['fail']);
  t.strictSame(verdicts(backoffsGrow(3), story(2000)), ['inconclusive']);
});

t.test('a session of a lost worker has to be served by the next', async (t) => {
  const lost = [...start, ...served(w1, 1), w1.isKilled, w1.exits, w2.starts];
  const refused = [c.writes(ask(2)), c.reads(error(2))];
  t.strictSame(verdicts(lostSessionsAreServed, told([...lost, ...served(w2, 2), ...end])), [
    'pass',
  ]);
  t.strictSame(verdicts(lostSessionsAreServed, told([...lost, ...refused, ...end])), ['fail']);
  t.strictSame(verdicts(lostSessionsAreServed, told([...lost, ...end])), ['inconclusive']);
});

t.test('half a line reaches no client, and swallows no response of the next', async (t) => {
  const half = () => ({
    kind: 'worker-bytes',
    process: 'main/0/1',
    direction: 'sent',
    text: '{"a":',
  });
  const lost = [...start, half, w1.isKilled, w1.exits, w2.starts];
  t.strictSame(verdicts(halfLinesAreDiscarded, told([...lost, ...served(w2, 1), ...end])), [
    'pass',
  ]);
  const joined = [...lost, c.reads('{"a":1}'), ...served(w2, 1), ...end];
  t.strictSame(verdicts(halfLinesAreDiscarded, told(joined)), ['fail']);
  const swallowed = [...served(w2, 1).slice(0, 3), ...end];
  t.strictSame(verdicts(halfLinesAreDiscarded, told([...lost, ...swallowed])), ['fail']);
  const whole = [...start, w1.exits, w2.starts, ...served(w2, 1), ...end];
  t.strictSame(verdicts(halfLinesAreDiscarded, told(whole)), ['inconclusive']);
});

t.test('what was queued for a lost worker is given to nobody, whole or in part', async (t) => {
  const queued = [...start, ...served(w1, 1), c.writes(ask(2)), w1.isKilled, w1.exits, w2.starts];
  const good = [c.reads(error(2)), ...served(w2, 3), ...end];
  t.strictSame(verdicts(queuesAreDiscarded, told([...queued, ...good])), ['pass']);
  const whole = [...queued, w2.reads(ask(92, 'm2')), ...good];
  t.strictSame(verdicts(queuesAreDiscarded, told(whole)), ['fail']);
  const part = [...queued, w2.reads('"m2"}}'), ...good];
  t.strictSame(verdicts(queuesAreDiscarded, told(part)), ['fail']);
});

t.test('what is asked while no worker is alive is answered', async (t) => {
  const lost = [...start, w1.isKilled, c.writes(ask(1))];
  const judge = noSilenceWithoutWorkers('main');
  const answered = [...lost, w1.exits, c.reads(error(1)), ...end];
  t.strictSame(verdicts(judge, told(answered)), ['pass']);
  t.strictSame(verdicts(judge, told([...lost, w1.exits, ...end])), ['fail']);
  t.strictSame(verdicts(judge, told([...start, ...end])), ['inconclusive']);
});

t.test('stray output reaches nobody, ends no worker, and answers its request', async (t) => {
  const log = [...start, w1.writes('INFO')];
  const good = [...log, ...served(w1, 1), ...end];
  t.strictSame(verdicts(strayOutputIsKeptBack, told(good)), ['pass']);
  const shown = [...log, c.reads('INFO'), ...served(w1, 1), ...end];
  t.strictSame(verdicts(strayOutputIsKeptBack, told(shown)), ['fail']);
  t.strictSame(verdicts(strayOutputIsKeptBack, told([...log, w1.exits, ...end])), ['fail']);
  const asked = [...start, c.writes(ask(1)), w1.reads(ask(91, 'm1')), w1.writes({ id: 91 })];
  const told2 = (more: object[]) =>
    told([...asked, ...(more as never[]), ...served(w1, 2), ...end]);
  t.strictSame(verdicts(strayOutputIsKeptBack, told2([c.reads(error(1))])), ['pass']);
  t.strictSame(verdicts(strayOutputIsKeptBack, told2([])), ['fail']);
});
