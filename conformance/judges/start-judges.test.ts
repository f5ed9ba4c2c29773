import t from 'tap';
import type { Judge } from '../finding.ts';
import type { Story } from '../history/story.ts';
import { onBehalfOf } from './behalf.ts';
import { methodsGoTo } from './chosen-pool.ts';
import { observationsAgree, observationsAre } from './expected-values.ts';
import { namesPlace, startIsRefused } from './refused-start.ts';
import { deadlineIsKept } from './request-deadline.ts';
import { everySlotIsFilled } from './slots.ts';
import { nothing, someone, told } from './told-story.ts';

const c = someone('c1');
const bus = someone('bus');
const prints = (line: string) => () => ({ kind: 'output', process: 'bus', stream: 'stderr', line });
const ends =
  (exitCode: number | null, signal: string | null = null) =>
  () => ({
    kind: 'process',
    process: 'bus',
    event: 'exit',
    exitCode,
    signal,
  });
const observes = (name: string, value: unknown) => () => ({ kind: 'observation', name, value });
const verdicts = (judge: Judge, story: Story) => judge(story).map(({ verdict }) => verdict);

t.test('a place is named by the whole of its pointer', async (t) => {
  for (const line of [
    'c.json: /pools/0/id: must be a string',
    'error at "/pools/0/id"',
    '#/pools/0/id',
    '/pools/0/id',
    'at /pools/0/ids and /pools/0/id.',
  ]) {
    t.ok(namesPlace(line, '/pools/0/id'), line);
  }
  for (const line of ['/pools/0', '/pools/0/id/x', '/pools/0/ids', '/a/pools/0/id', 'pools.0.id']) {
    t.notOk(namesPlace(line, '/pools/0/id'), line);
  }
});

t.test('a start is refused with a line, an exit code and no worker', async (t) => {
  const judge = startIsRefused('CFG-2', { places: ['/limits'] });
  const said = [bus.starts, prints('c.json: /limits: wrong')];
  t.strictSame(verdicts(judge, told([...said, ends(78)])), ['pass']);
  for (const events of [
    [...said, ends(0)],
    [...said, ends(null, 'SIGABRT')],
    [...said],
    [...said, bus.isTold('SIGTERM'), ends(1)],
    [bus.starts, prints('something is wrong'), ends(1)],
    [bus.starts, ends(1)],
    [...said, ends(1), observes('worker-started', true)],
    [...said, someone('main/0/1').starts, ends(1)],
    [...said, ends(1), observes('left-processes', 2)],
  ]) {
    t.strictSame(verdicts(judge, told(events)), ['fail']);
  }
  t.strictSame(verdicts(judge, told([observes('standard-flags', false)])), ['inconclusive']);
  const lenient = startIsRefused('CFG-5', { mayStartWorkers: true });
  const started = [...said, someone('main/0/1').starts, ends(1), observes('left-processes', 0)];
  t.strictSame(verdicts(lenient, told(started)), ['pass']);
});

t.test('a pool has as many slots as it is configured with', async (t) => {
  const starts = (...tags: string[]) => told(tags.map((tag) => someone(tag).starts));
  t.strictSame(verdicts(everySlotIsFilled, starts('main/0/1', 'main/1/1', 'main/0/2')), ['pass']);
  t.strictSame(verdicts(everySlotIsFilled, starts('main/0/1', 'main/0/2')), ['fail']);
  t.strictSame(verdicts(everySlotIsFilled, starts('main/0/1', 'main/1/1', 'main/2/1')), ['fail']);
});

t.test('observations have their values, or are missing', async (t) => {
  const judge = observationsAre('SEC-1', { mode: '0600' });
  t.strictSame(verdicts(judge, told([observes('mode', '0600')])), ['pass']);
  t.strictSame(verdicts(judge, told([observes('mode', '0755')])), ['fail']);
  t.strictSame(verdicts(judge, told([])), ['inconclusive']);
  const agree = observationsAgree('CFG-1', 'one', 'other');
  t.strictSame(verdicts(agree, told([observes('one', 'x'), observes('other', 'x')])), ['pass']);
  t.strictSame(verdicts(agree, told([observes('one', 'x'), observes('other', 'y')])), ['fail']);
  t.strictSame(verdicts(agree, told([observes('one', 'x')])), ['inconclusive']);
});

t.test('methods go to the pools of their rules', async (t) => {
  const judge = methodsGoTo('CFG-1', { a: 'main', b: 'tools' });
  const [m, tools] = [someone('main/0/1'), someone('tools/0/1')];
  const frame = (method: string) => ({ id: 1, method });
  t.strictSame(verdicts(judge, told([m.reads(frame('a')), tools.reads(frame('b'))])), ['pass']);
  t.strictSame(verdicts(judge, told([m.reads(frame('a')), m.reads(frame('b'))])), ['fail']);
  t.strictSame(verdicts(judge, told([m.reads(frame('a'))])), ['inconclusive']);
});

t.test('a deadline is neither early nor late, and ends in an error', async (t) => {
  const after = (ms: number, answer: object) =>
    told(
      [
        c.writes({ id: 1, method: 'x' }),
        ...Array.from({ length: ms }, () => nothing),
        c.reads(answer),
      ],
      { deadlinesUs: { grace: 50_000 } },
    );
  const judge = deadlineIsKept('x', 0.1);
  const error = { id: 1, error: { code: -1, message: '' } };
  t.strictSame(verdicts(judge, after(100, error)), ['pass']);
  t.strictSame(verdicts(judge, after(80, error)), ['fail']);
  t.strictSame(verdicts(judge, after(160, error)), ['fail']);
  t.strictSame(verdicts(judge, after(100, { id: 1, result: 1 })), ['fail']);
  t.strictSame(verdicts(judge, told([])), ['inconclusive']);
});

t.test('a judge speaks for another requirement, of some only', async (t) => {
  const judge = onBehalfOf(
    'CFG-4',
    () => [
      { requirement: 'AFF-1', verdict: 'pass' },
      { requirement: 'AFF-7', verdict: 'fail', reason: 'x' },
    ],
    ['AFF-1'],
  );
  t.strictSame(judge(told([])), [{ requirement: 'CFG-4', verdict: 'pass' }]);
});
