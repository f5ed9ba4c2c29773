import t from 'tap';
import type { Judge } from '../finding.ts';
import type { Story } from '../history/story.ts';
import {
  busyWorkersAreLeftAlone,
  drainEndsAtItsTimeout,
  drainEndsWithItsWork,
  lossesInADrainAreAnswered,
  noDescendantIsLeft,
  noneIsStartedInADrain,
  nothingIsLeft,
  secondSignalEndsAll,
  workersAreTold,
} from './drain-ends.ts';
import {
  newConnectionsAreRefused,
  newRequestsAreRefused,
  pendingIsFinished,
  speechPassesInADrain,
} from './drains.ts';
import { nothing, someone, told } from './told-story.ts';

const c = someone('c1');
const bus = someone('bus');
const w = someone('main/0/1');
const ask = (id: number, mark = `m${id}`) => ({ id, method: 'x', params: { mark } });
const reply = (id: number, mark = `m${id}`) => ({ id, result: { mark } });
const error = (id: number) => ({ id, error: { code: -1, message: '' } });
const refused = (id: number) => [c.writes(ask(id)), c.reads(error(id))];
const isTold = () => ({
  kind: 'observation',
  process: 'main/0/1',
  name: 'signal-received',
  value: 'SIGTERM',
});
const left = (what: string) => () => ({ kind: 'leftover', what, name: 'x' });
const pause = (ms: number) => Array.from({ length: ms }, () => nothing);
const verdicts = (judge: Judge, story: Story) => judge(story).map(({ verdict }) => verdict);

/** A request is pending at SIGTERM, and another one is refused then. */
const busy = [
  bus.starts,
  w.starts,
  c.opens,
  c.writes(ask(1)),
  w.reads(ask(91, 'm1')),
  bus.isTold('SIGTERM'),
  ...refused(2),
];
const finished = [w.writes(reply(91, 'm1')), c.reads(reply(1))];
const end = [isTold, w.exits, bus.exits];

t.test('what is pending is finished, and was pending when the drain was seen', async (t) => {
  const judge = pendingIsFinished('DRN-1');
  t.strictSame(verdicts(judge, told([...busy, ...finished, ...end])), ['pass']);
  const cut = [...busy, w.writes(reply(91, 'm1')), c.reads(error(1)), ...end];
  t.strictSame(verdicts(judge, told(cut)), ['fail']);
  t.strictSame(verdicts(judge, told([...busy, c.reads(error(1)), ...end])), ['fail']);
  const early = [...busy.slice(0, 6), ...finished, ...refused(2), ...end];
  t.strictSame(verdicts(judge, told(early)), ['inconclusive']);
});

t.test('a request after the first refusal is refused as well', async (t) => {
  const judge = newRequestsAreRefused();
  t.strictSame(verdicts(judge, told([...busy, ...refused(3), ...end])), ['pass']);
  const taken = [...busy, c.writes(ask(3)), w.reads(ask(93, 'm3')), ...end];
  t.strictSame(verdicts(judge, told(taken)), ['fail']);
  t.strictSame(verdicts(judge, told([...busy, ...end])), ['inconclusive']);
});

t.test('a connection during a drain is refused or hears nothing', async (t) => {
  const late = someone('c2');
  const refusal = () => ({ kind: 'connection', connection: 'c2', event: 'refused' });
  t.strictSame(verdicts(newConnectionsAreRefused, told([...busy, refusal, ...end])), ['pass']);
  const served = [...busy, late.opens, late.writes(ask(5)), late.reads(reply(5)), ...end];
  t.strictSame(verdicts(newConnectionsAreRefused, told(served)), ['fail']);
  t.strictSame(verdicts(newConnectionsAreRefused, told([...busy, ...end])), ['inconclusive']);
});

t.test('speech of workers and answers of clients pass during a drain', async (t) => {
  const notice = { method: 'n', sessionId: 's' };
  const question = { id: 7, method: 'q', sessionId: 's' };
  const answer = { id: 7, sessionId: 's', result: {} };
  const said = [w.writes(notice), c.reads(notice), w.writes(question), c.reads(question)];
  const heard = [...busy, ...said, c.writes(answer), w.reads(answer), ...end];
  t.strictSame(verdicts(speechPassesInADrain, told(heard)), ['pass']);
  const lost = [...busy, ...said, c.writes(answer), ...end];
  t.strictSame(verdicts(speechPassesInADrain, told(lost)), ['fail']);
  t.strictSame(verdicts(speechPassesInADrain, told([...busy, ...end])), ['inconclusive']);
});

t.test('workers are told to end, the busy ones after their last response', async (t) => {
  t.strictSame(verdicts(workersAreTold(), told([...busy, ...finished, ...end])), ['pass']);
  const untold = [...busy, ...finished, w.exits, bus.exits];
  t.strictSame(verdicts(workersAreTold(), told(untold)), ['fail']);
  t.strictSame(verdicts(workersAreTold(2), told([...busy, ...end])), ['inconclusive']);
  t.strictSame(verdicts(busyWorkersAreLeftAlone, told([...busy, ...finished, ...end])), ['pass']);
  const hasty = [...busy, isTold, ...finished, w.exits, bus.exits];
  t.strictSame(verdicts(busyWorkersAreLeftAlone, told(hasty)), ['fail']);
});

t.test('a drain ends before its timeout where it can, and soon after it else', async (t) => {
  const limits = { drain_timeout_sec: 0.05 };
  const story = (ms: number, more: object[] = []) =>
    told([...busy, ...pause(ms), ...(more as never[]), w.exits, bus.exits], {
      limits,
      deadlinesUs: { grace: 1000 },
    });
  t.strictSame(verdicts(drainEndsWithItsWork, story(10)), ['pass']);
  t.strictSame(verdicts(drainEndsWithItsWork, story(60)), ['fail']);
  t.strictSame(verdicts(drainEndsAtItsTimeout, story(60, [c.reads(error(1))])), ['pass']);
  t.strictSame(verdicts(drainEndsAtItsTimeout, story(60)), ['fail']);
  t.strictSame(verdicts(drainEndsAtItsTimeout, story(1200, [c.reads(error(1))])), ['fail']);
});

t.test('a second signal ends everything within a second', async (t) => {
  const story = (ms: number) =>
    told([...busy, bus.isTold('SIGINT'), ...pause(ms), w.exits, bus.exits], {
      deadlinesUs: { grace: 1000 },
    });
  t.strictSame(verdicts(secondSignalEndsAll, story(5)), ['pass']);
  t.strictSame(verdicts(secondSignalEndsAll, story(1200)), ['fail']);
  t.strictSame(verdicts(secondSignalEndsAll, told([...busy, ...end])), ['inconclusive']);
});

t.test(
  'a worker that is lost in a drain is not replaced, and its request gets an error',
  async (t) => {
    const lost = [...busy, w.isKilled, w.exits];
    const good = told([...lost, c.reads(error(1)), bus.exits]);
    t.strictSame(verdicts(noneIsStartedInADrain, good), ['pass']);
    t.strictSame(verdicts(lossesInADrainAreAnswered, good), ['pass']);
    const bad = told([...lost, someone('main/0/2').starts, bus.exits]);
    t.strictSame(verdicts(noneIsStartedInADrain, bad), ['fail']);
    t.strictSame(verdicts(lossesInADrainAreAnswered, bad), ['fail']);
    t.strictSame(verdicts(lossesInADrainAreAnswered, told([...busy, ...end])), ['inconclusive']);
  },
);

t.test('nothing is left after the end, nor a child of a worker', async (t) => {
  t.strictSame(verdicts(nothingIsLeft, told([...busy, ...end])), ['pass']);
  t.strictSame(verdicts(nothingIsLeft, told([...busy, ...end, left('socket')])), ['fail']);
  t.strictSame(verdicts(nothingIsLeft, told(busy)), ['inconclusive']);
  const children = () => ({ kind: 'observation', name: 'descendants', value: 1 });
  t.strictSame(verdicts(noDescendantIsLeft, told([...busy, children, ...end])), ['pass']);
  const orphan = [...busy, children, ...end, left('descendant')];
  t.strictSame(verdicts(noDescendantIsLeft, told(orphan)), ['fail']);
  t.strictSame(verdicts(noDescendantIsLeft, told([...busy, ...end])), ['inconclusive']);
});
