import t from 'tap';
import type { ScenarioRecord } from '../../schemas/generated/history.ts';
import type { Judge } from '../finding.ts';
import type { Story } from '../history/story.ts';
import { busErrorIs } from './bus-errors.ts';
import { hellosAreAnswered } from './hello.ts';
import { lossesAreTold } from './session-lost.ts';
import { statsFitWhatWasSeen } from './stats.ts';
import { someone, told } from './told-story.ts';
import { spansAreChildren } from './traceparents.ts';

const c = someone('c1');
const bus = someone('bus');
const w = someone('main/0/1');
const next = someone('main/0/2');
const header: Partial<ScenarioRecord> = {
  capabilities: ['hello', 'stats', 'session-lost', 'bus-errors', 'trace'],
  pools: [{ id: 'main', instances: 1 }],
};
const verdicts = (judge: Judge, story: Story) => judge(story).map(({ verdict }) => verdict);
const ask = (id: number, sessionId = 's', mark = `m${id}`) => ({
  id,
  method: 'x',
  sessionId,
  params: { mark },
});
const reply = (id: number, mark = `m${id}`) => ({ id, sessionId: 's', result: { mark } });
const hello = (id: number, params: object) =>
  c.writes({ jsonrpc: '2.0', id, method: 'stdio_bus/hello', params });
const welcome = (id: number, result: object = {}) =>
  c.reads({
    jsonrpc: '2.0',
    id,
    result: { negotiatedProtocolVersion: '1', sessionId: `new-${id}`, extensions: {}, ...result },
  });
const refusal = (id: number, code: number, data?: object) =>
  c.reads({ jsonrpc: '2.0', id, error: { code, message: '', ...(data && { data }) } });

t.test('hellos get what their params ask for', async (t) => {
  const one = { protocolVersion: '1' };
  const asking = (extensions: object) => ({ ...one, extensions });
  const has = (active: boolean, selected: string | null) => ({
    extensions: { stats: { selected, active } },
  });
  const missing = asking({ teleport: { required: true } });
  const good = [
    [hello(1, one), welcome(1)],
    [hello(1, { protocolVersion: '1.4' }), welcome(1)],
    [hello(1, asking({ stats: {} })), welcome(1, has(true, '1'))],
    [hello(1, asking({ stats: { version: '2' } })), welcome(1, has(false, null))],
    [hello(1, missing), refusal(1, -32602)],
    [hello(1, {}), refusal(1, -32602)],
    [hello(1, { protocolVersion: '2' }), refusal(1, -32602, { supportedVersions: ['1'] })],
    [hello(1, { protocolVersion: '0.1.0' }), welcome(1, { negotiatedProtocolVersion: '0.1.0' })],
  ];
  for (const events of good)
    t.strictSame(verdicts(hellosAreAnswered(), told(events, header)), ['pass']);
  const bad = [
    [hello(1, one), welcome(1, { negotiatedProtocolVersion: '2' })],
    [hello(1, one), welcome(1, has(true, '1'))],
    [hello(1, asking({ stats: {} })), welcome(1, has(false, null))],
    [hello(1, asking({ stats: {} })), welcome(1)],
    [hello(1, asking({ stats: { version: '2' } })), welcome(1, has(true, '1'))],
    [
      hello(1, missing),
      welcome(1, { extensions: { teleport: { selected: null, active: false } } }),
    ],
    [hello(1, missing), refusal(1, -32601)],
    [hello(1, { protocolVersion: '2' }), refusal(1, -32602)],
    [hello(1, one), c.reads({ id: 1, result: {} })],
    [hello(1, one), welcome(1), w.reads({ id: 1, method: 'stdio_bus/hello' })],
    [hello(1, one), welcome(1), hello(2, one), welcome(2, { sessionId: 'new-1' })],
  ];
  for (const events of bad)
    t.strictSame(verdicts(hellosAreAnswered(), told(events, header)), ['fail']);
  t.strictSame(verdicts(hellosAreAnswered(), told([hello(1, one)], header)), ['inconclusive']);
});

t.test('stats fit what was seen, and move by what went through', async (t) => {
  const asks = (id: number) => c.writes({ jsonrpc: '2.0', id, method: 'stdio_bus/stats' });
  const worker = {
    pool: 'main',
    slot: 0,
    incarnation: 1,
    pid: 7,
    state: 'ready',
    sessions: 0,
    pending: 0,
  };
  const counts = (numbers: object = {}) => ({
    messagesIn: 0,
    messagesOut: 0,
    bytesIn: 0,
    bytesOut: 0,
    workerRestarts: 0,
    routingErrors: 0,
    clientConnects: 1,
    clientDisconnects: 0,
    sessions: 0,
    pending: 0,
    workers: [worker],
    ...numbers,
  });
  const tells = (id: number, numbers?: object) =>
    c.reads({ jsonrpc: '2.0', id, result: counts(numbers) });
  const start = [bus.starts, w.starts, c.opens, asks(1), tells(1)];
  const through = [
    c.writes(ask(2)),
    w.reads(ask(91, 's', 'm2')),
    w.writes(reply(91, 'm2')),
    c.reads(reply(2)),
  ];
  const bytes = (frame: object) => JSON.stringify(frame).length + 1;
  const out = bytes(reply(2)) + bytes({ jsonrpc: '2.0', id: 1, result: counts() });
  const moved = {
    messagesIn: 1,
    messagesOut: 2,
    bytesIn: bytes(ask(2)),
    bytesOut: out,
    sessions: 1,
  };
  const after = (numbers: object) =>
    told([...start, ...through, asks(3), tells(3, numbers)], header);
  t.strictSame(verdicts(statsFitWhatWasSeen(2), after(moved)), ['pass']);
  for (const wrong of [
    { messagesIn: 0 },
    { messagesOut: 3 },
    { bytesOut: out + 500 },
    { sessions: 0 },
    { pending: 1 },
    { workerRestarts: 1 },
    { clientConnects: 2 },
    { workers: [] },
    { workers: [{ ...worker, pid: 8 }] },
    { messagesIn: '1' },
  ]) {
    t.strictSame(verdicts(statsFitWhatWasSeen(1), after({ ...moved, ...wrong })), ['fail']);
  }
  t.strictSame(verdicts(statsFitWhatWasSeen(2), told(start, header)), ['inconclusive']);
});

t.test('the owner of a lost session is told once, in its place', async (t) => {
  const wanted = { protocolVersion: '1', extensions: { 'session-lost': {} } };
  const active = { extensions: { 'session-lost': { selected: '1', active: true } } };
  const greet = [bus.starts, w.starts, c.opens, hello(1, wanted), welcome(1, active)];
  const silent = [bus.starts, w.starts, c.opens];
  const busy = [c.writes(ask(2)), w.reads(ask(91, 's', 'm2')), w.isKilled];
  const lost = c.reads({ jsonrpc: '2.0', id: 2, error: { code: -32050, message: '' } });
  const news = (params: object = {}, sessionId = 's') =>
    c.reads({
      jsonrpc: '2.0',
      method: 'stdio_bus/session_lost',
      sessionId,
      params: { sessionId: 's', pool: 'main', reason: 'signal', ...params },
    });
  const again = [
    next.starts,
    c.writes(ask(3)),
    next.reads(ask(92, 's', 'm3')),
    next.writes(reply(92, 'm3')),
    c.reads(reply(3)),
  ];
  const judge = lossesAreTold('signal');
  const of = (...events: Parameters<typeof told>[0]) => verdicts(judge, told(events, header));
  t.strictSame(of(...greet, ...busy, lost, w.exits, news(), ...again), ['pass']);
  t.strictSame(of(...greet, ...busy, lost, news(), w.exits), ['pass']);
  for (const events of [
    [...greet, ...busy, w.exits, lost],
    [...greet, ...busy, w.exits, lost, news(), news()],
    [...greet, ...busy, w.exits, news(), lost],
    [...greet, ...busy, w.exits, lost, ...again, news()],
    [...greet, ...busy, w.exits, lost, news({ reason: 'exit' })],
    [...greet, ...busy, w.exits, lost, news({ pool: 'other' })],
    [...greet, ...busy, w.exits, lost, news({}, 'another')],
    [...silent, ...busy, w.exits, lost, news()],
  ]) {
    t.strictSame(of(...events), ['fail']);
  }
  t.strictSame(of(...silent, ...busy, w.exits, lost), ['inconclusive']);
});

t.test('an error has the code, the name and the data that belong together', async (t) => {
  const expected = {
    code: -32053,
    name: 'UNKNOWN_POOL',
    retryable: false,
    delivered: false,
  } as const;
  const judge = busErrorIs({ method: 'x' }, expected);
  const error = (code: number, data: object) =>
    told([c.writes(ask(1)), c.reads({ id: 1, error: { code, message: '', data } })]);
  const data = { source: 'bus', name: 'UNKNOWN_POOL', retryable: false, delivered: false };
  t.strictSame(verdicts(judge, error(-32053, data)), ['pass']);
  t.strictSame(verdicts(judge, error(-32050, data)), ['fail']);
  t.strictSame(verdicts(judge, error(-32053, { ...data, retryable: true })), ['fail']);
  t.strictSame(verdicts(judge, error(-32053, { ...data, source: undefined })), ['fail']);
  t.strictSame(verdicts(judge, error(-32050, { ...data, name: 'WORKER_LOST' })), ['fail']);
  t.strictSame(verdicts(judge, told([c.writes(ask(1))])), ['inconclusive']);
});

t.test('a traceparent is replaced by a child of it', async (t) => {
  const traced = (id: number, parentId: string, trace = 'a') => ({
    id,
    method: 'x',
    _ext: { trace: { traceparent: `00-${trace.repeat(32)}-${parentId.repeat(16)}-01` } },
    params: { mark: 'm1' },
  });
  const news = (parentId: string) => ({ ...traced(1, parentId), id: undefined, sessionId: 's' });
  const hops = (frame: object) =>
    told(
      [c.writes(traced(1, '1')), w.reads(frame), w.writes(news('3')), c.reads(news('4'))],
      header,
    );
  t.strictSame(verdicts(spansAreChildren, hops(traced(91, '2'))), ['pass']);
  t.strictSame(verdicts(spansAreChildren, hops(traced(91, '1'))), ['fail']);
  t.strictSame(verdicts(spansAreChildren, hops(traced(91, '2', 'b'))), ['inconclusive']);
});
