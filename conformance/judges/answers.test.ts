import t from 'tap';
import type { Finding } from '../finding.ts';
import { judgeAnswers } from './answers.ts';
import { unassigned } from './assignment.ts';
import { someone, told } from './told-story.ts';

const a = someone('c1');
const b = someone('c2');
const w = someone('main/0/1');
const bus = someone('bus');
const ask = (id: number, mark = `m${id}`) => ({ id, method: 'x', params: { mark } });
const reply = (id: number, mark = `m${id}`) => ({ id, result: { mark } });
const error = (id: number | null, code: number) => ({ id, error: { code, message: '' } });
const start = [bus.starts, w.starts, a.opens, b.opens];
const failures = (findings: Finding[]) =>
  findings.filter(({ verdict }) => verdict === 'fail').map(({ requirement }) => requirement);

t.test('one response to each request passes', async (t) => {
  const story = told([
    ...start,
    a.writes(ask(1)),
    w.reads(ask(90, 'm1')),
    w.writes(reply(90, 'm1')),
    a.reads(reply(1)),
  ]);
  t.strictSame(judgeAnswers(story), [{ requirement: 'COR-1', verdict: 'pass' }]);
});

t.test('no response, two, and one before the request fail', async (t) => {
  const end = [bus.isTold('SIGTERM'), w.exits, bus.exits];
  t.strictSame(failures(judgeAnswers(told([...start, a.writes(ask(1)), ...end]))), ['COR-1']);
  const twice = [a.writes(ask(1)), a.reads(reply(1)), a.reads(reply(1)), ...end];
  t.strictSame(failures(judgeAnswers(told([...start, ...twice]))), ['COR-1']);
  const early = [a.writes(ask(1)), a.reads(reply(1)), a.reads(reply(1)), a.writes(ask(1)), ...end];
  t.strictSame(failures(judgeAnswers(told([...start, ...early]))), ['COR-1', 'COR-1']);
});

t.test('a response to nobody, and to another client, fails', async (t) => {
  t.strictSame(failures(judgeAnswers(told([...start, a.reads(reply(1))]))), ['COR-1']);
  const crossed = told([
    ...start,
    a.writes(ask(1)),
    w.reads(ask(90, 'm1')),
    w.writes(reply(90, 'm1')),
    b.reads(reply(1)),
  ]);
  t.ok(failures(judgeAnswers(crossed)).includes('AFF-8'));
});

t.test('nothing is owed to who has left, also during a drain, nor after a crash', async (t) => {
  const end = [w.exits, bus.exits];
  for (const events of [
    [a.writes(ask(1)), a.leaves, bus.isTold('SIGTERM'), ...end],
    [a.writes(ask(1)), bus.isTold('SIGTERM'), a.leaves, ...end],
    [a.writes(ask(1)), bus.exits],
    [bus.isTold('SIGTERM'), a.writes(ask(1)), ...end],
    [bus.isTold('SIGTERM'), bus.isTold('SIGTERM'), a.writes(ask(1)), a.reads(error(1, 5)), ...end],
  ]) {
    t.strictSame(failures(judgeAnswers(told([...start, ...events]))), []);
  }
});

t.test('a refused line needs its code, whatever else has its id', async (t) => {
  const bad = '{"id":1,"method":7}';
  const good = [a.writes(bad), a.writes(ask(1)), a.reads(error(1, -32600)), a.reads(reply(1))];
  t.strictSame(failures(judgeAnswers(told([...start, ...good]))), []);
  const wrong = [a.writes(bad), a.reads(error(1, -32700))];
  t.match(failures(judgeAnswers(told([...start, ...wrong]))), ['FRM-5']);
  const garbage = [a.writes('{'), a.reads(error(null, -32700))];
  t.strictSame(failures(judgeAnswers(told([...start, ...garbage]))), []);
});

t.test('everybody gets one that fits, if there is a way', async (t) => {
  const fits = (taker: string, giver: string) => taker.includes(giver);
  t.strictSame(unassigned(['ab', 'a'], ['a', 'b'], fits), []);
  t.strictSame(unassigned(['abc', 'ab', 'a'], ['a', 'b', 'c'], fits), []);
  t.strictSame(unassigned(['a', 'a', 'b'], ['a', 'b'], fits), ['a']);
  t.strictSame(unassigned(['x'], [], fits), ['x']);
});
