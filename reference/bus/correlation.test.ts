import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { createEnvelopeScanner } from '../envelope-scanner.ts';
import type { Connection } from './connection.ts';
import { Correlator, type Pending } from './correlator.ts';
import { Counters } from './counters.ts';
import { silentLog } from './log.ts';
import { SessionTable } from './session-table.ts';
import type { Switchboard } from './switchboard.ts';
import type { Worker } from './worker.ts';
import { workerFrames } from './worker-frames.ts';
import { type WorkerRequest, WorkerRequests } from './worker-requests.ts';

const createConnection = () => ({ pending: new Map() }) as unknown as Connection;

function createWorker() {
  const output = { stagedBytes: 0, handedBytes: 0 };
  const worker = {
    pending: new Map(),
    nextId: 1,
    sessions: 0,
    isLive: true,
    output,
    questions: new Set(),
  };
  return { worker: worker as unknown as Worker, output };
}

t.test(
  'a request is found by the id of its worker, an id of its connection is in use',
  async (t) => {
    const correlator = new Correlator(0);
    const [first, second] = [createWorker().worker, createWorker().worker];
    const [one, other] = [createConnection(), createConnection()];
    const a = correlator.open(one, '"x"', first, undefined, 0);
    const b = correlator.open(other, '"x"', first, undefined, 0);
    const c = correlator.open(one, '1', second, undefined, 0);
    t.same([a.busId, b.busId, c.busId], [1, 2, 1], 'ids count from 1 for each worker');
    t.equal(correlator.find(first, a.busId), a);
    t.equal(correlator.find(first, b.busId), b, 'two connections use one id at a time');
    t.equal(correlator.find(second, c.busId), c);
    t.same(
      [correlator.find(second, 2), correlator.find(first, Number.NaN)],
      [undefined, undefined],
    );
    t.equal(correlator.isPending(one, '1'), true);
    t.equal(correlator.isPending(one, '1.0'), false, 'ids are compared by their spelling');
    t.equal(correlator.isPending(other, '1'), false);
    correlator.close(a);
    t.equal(correlator.find(first, a.busId), undefined);
    t.equal(correlator.isPending(one, '"x"'), false);
    t.equal(correlator.isPending(other, '"x"'), true);
    t.equal(correlator.open(one, '"x"', first, undefined, 0).busId, 3, 'no id is used twice');
  },
);

t.test('a request that is closed again is not counted again', async (t) => {
  const correlator = new Correlator(1000);
  const { worker } = createWorker();
  const connection = createConnection();
  const session = new SessionTable().add('s1', worker, 1, 0);
  const first = correlator.open(connection, '1', worker, session, 0);
  t.equal(correlator.close(first), true);
  const next = correlator.open(connection, '1', worker, session, 0);
  t.equal(correlator.close(first), false);
  t.equal(correlator.size, 1);
  t.equal(session.pending, 1);
  t.equal(correlator.isPending(connection, '1'), true, 'the next request with its id is untouched');
  t.equal(correlator.find(worker, next.busId), next);
});

t.test('a request is undelivered until its first byte is given to the worker', async (t) => {
  const correlator = new Correlator(0);
  const { worker, output } = createWorker();
  output.stagedBytes = 100;
  output.handedBytes = 99;
  const pending = correlator.open(createConnection(), '1', worker, undefined, 0);
  output.stagedBytes = 200;
  t.equal(correlator.isUndelivered(pending), true);
  output.handedBytes = 100;
  t.equal(correlator.isUndelivered(pending), true, 'the bytes before it were given');
  output.handedBytes = 101;
  t.equal(correlator.isUndelivered(pending), false);
});

t.test('without a deadline nothing expires', async (t) => {
  const correlator = new Correlator(0);
  correlator.open(createConnection(), '1', createWorker().worker, undefined, 0);
  t.same(correlator.expired(Number.MAX_SAFE_INTEGER), []);
});

t.test('what is open, what has expired and what is counted agree at any time', async () => {
  const timeoutMs = 50;
  const step = fc.oneof(
    fc.record({ connection: fc.nat(1), worker: fc.nat(1), id: fc.nat(4), session: fc.boolean() }),
    fc.record({ close: fc.nat() }),
    fc.record({ passMs: fc.constantFrom(10, 25, 40) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const correlator = new Correlator(timeoutMs);
      const workers = [createWorker().worker, createWorker().worker];
      const connections = [createConnection(), createConnection()];
      const session = new SessionTable().add('s1', workers[0] as Worker, 1, 0);
      let open: Pending[] = [];
      const openedAt = new Map<Pending, number>();
      let now = 0;
      for (const each of steps) {
        if ('passMs' in each) now += each.passMs;
        else if ('close' in each) {
          const closed = open[each.close % open.length];
          if (closed !== undefined) correlator.close(closed);
          open = open.filter((pending) => pending !== closed);
        } else {
          const connection = connections[each.connection] as Connection;
          const isUsed = open.some(
            (pending) => pending.connection === connection && pending.clientId === `${each.id}`,
          );
          assert.equal(correlator.isPending(connection, `${each.id}`), isUsed);
          if (isUsed) continue;
          const worker = workers[each.worker] as Worker;
          const of = each.session ? session : undefined;
          const pending = correlator.open(connection, `${each.id}`, worker, of, now);
          open.push(pending);
          openedAt.set(pending, now);
        }
        const expired = open.filter((pending) => (openedAt.get(pending) ?? 0) + timeoutMs <= now);
        assert.deepEqual(
          correlator.expired(now).map(({ busId, worker }) => [workers.indexOf(worker), busId]),
          expired.map(({ busId, worker }) => [workers.indexOf(worker), busId]),
        );
        assert.equal(correlator.size, open.length);
        assert.equal(session.pending, open.filter((pending) => pending.session).length);
        for (const pending of open) {
          assert.equal(correlator.find(pending.worker, pending.busId), pending);
        }
      }
    }),
  );
});

function question(worker: Worker, idJson: string, sessionId: string): WorkerRequest {
  return { worker, idJson, sessionId };
}

t.test('an answer without a session answers the only question with its id', async (t) => {
  const requests = new WorkerRequests();
  const asked = question(createWorker().worker, '0', 's1');
  requests.add(asked);
  t.equal(requests.take('"0"', undefined), undefined, 'another spelling');
  t.equal(requests.take('0', 's2'), undefined, 'another session');
  t.equal(requests.take('0', undefined), asked);
  t.equal(requests.take('0', undefined), undefined, 'a question is answered once');
});

t.test('questions with one id are told apart by their sessions, and only so', async (t) => {
  const requests = new WorkerRequests();
  const first = question(createWorker().worker, '0', 's1');
  const second = question(createWorker().worker, '0', 's2');
  t.same([requests.add(first), requests.add(second)], [true, true]);
  t.equal(requests.take('0', undefined), undefined, 'two candidates are no match');
  t.equal(requests.size, 2);
  t.equal(requests.take('0', 's2'), second);
  t.equal(requests.take('0', undefined), first);
  t.equal(requests.size, 0);
});

t.test('a question of a lost worker holds its id until it is answered', async (t) => {
  const requests = new WorkerRequests();
  const { worker } = createWorker();
  const stale = question(worker, '0', 's1');
  requests.add(stale);
  worker.isLive = false;
  const fresh = question(createWorker().worker, '0', 's1');
  t.equal(requests.add(fresh), false, 'of another incarnation');
  t.equal(requests.take('0', 's1'), stale, 'the answer is for nobody else');
  t.equal(requests.add(fresh), true);
});

t.test('all questions are taken from a connection that cannot answer any more', async (t) => {
  const requests = new WorkerRequests();
  const { worker } = createWorker();
  const all = ['0', '1'].flatMap((id) => ['s1', 's2'].map((name) => question(worker, id, name)));
  for (const each of all) requests.add(each);
  t.same(new Set(requests.takeAll()), new Set(all));
  t.same([requests.size, requests.takeAll(), requests.take('0', 's1')], [0, [], undefined]);
});

t.test('questions and answers meet as COR-6 says, in any order', async () => {
  const id = fc.constantFrom('0', '1', '"0"');
  const session = fc.constantFrom('s1', 's2', 's3');
  const step = fc.oneof(
    fc.record({ ask: id, session, worker: fc.nat(1), on: fc.nat(1) }),
    fc.record({ answer: id, session: fc.option(session, { nil: undefined }), on: fc.nat(1) }),
    fc.record({ leaves: fc.constant(true), on: fc.nat(1) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const connections = [new WorkerRequests(), new WorkerRequests()];
      const workers = [createWorker().worker, createWorker().worker];
      let open: { asked: WorkerRequest; on: number }[] = [];
      for (const each of steps) {
        const { on } = each;
        const requests = connections[on] as WorkerRequests;
        if ('ask' in each) {
          const asked = question(workers[each.worker] as Worker, each.ask, each.session);
          const same = open.filter(
            (other) => other.asked.idJson === each.ask && other.asked.sessionId === each.session,
          );
          const isTwice = same.some(
            (other) => other.on === on || other.asked.worker === asked.worker,
          );
          assert.equal(requests.add(asked), !isTwice);
          if (!isTwice) open.push({ asked, on });
        } else if ('answer' in each) {
          const candidates = open.filter(
            ({ asked, on }) =>
              on === each.on &&
              asked.idJson === each.answer &&
              (each.session ?? asked.sessionId) === asked.sessionId,
          );
          const match = candidates.length === 1 ? candidates[0]?.asked : undefined;
          assert.equal(requests.take(each.answer, each.session), match);
          open = open.filter(({ asked }) => asked !== match);
        } else {
          const left = open.filter((other) => other.on === on);
          assert.deepEqual(new Set(requests.takeAll()), new Set(left.map(({ asked }) => asked)));
          open = open.filter((other) => other.on !== on);
        }
        assert.equal(requests.size, open.filter((other) => other.on === on).length);
      }
    }),
    { numRuns: 300 },
  );
});

t.test('one incarnation does not ask another connection what is open on the first', async (t) => {
  const toWorker: string[] = [];
  const { worker } = createWorker();
  Object.assign(worker.output, { pushLine: (line: string) => toWorker.push(line) });
  const owners = [1, 2].map((number) => {
    const given: string[] = [];
    const output = {
      push: (bytes: Buffer, start: number, end: number) =>
        given.push(bytes.toString('utf8', start, end)),
    };
    const owner = { number, output, takesFrame: () => true, holdBack() {} };
    return { ...owner, given, workerRequests: new WorkerRequests() };
  });
  const sessions = new SessionTable();
  const session = sessions.add('s1', worker, 1, 0);
  const board = {
    scanner: createEnvelopeScanner(),
    chunkClock: { nowMs: () => 0 },
    connections: new Map(owners.map((owner) => [owner.number, owner])),
    counters: new Counters(),
    log: silentLog,
    sessions,
  };
  const frames = workerFrames(board as unknown as Switchboard, worker);
  const line = Buffer.from('{"id":0,"method":"approve","sessionId":"s1"}');
  frames.onLine(line, 0, line.length);
  session.owner = 2;
  frames.onLine(line, 0, line.length);
  t.same(
    owners.map(({ given }) => given),
    [[line.toString()], []],
  );
  t.match(
    toWorker.map((text) => JSON.parse(text)),
    [{ id: 0, error: { code: -32600 } }],
  );
});
