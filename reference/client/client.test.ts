import { getEventListeners } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import { createBus } from '../embedded/create-bus.ts';
import type { CreateBusOptions, EmbeddedBus } from '../embedded/embedded-bus.ts';
import { kill, probeConfig } from '../faults/probe-pool.ts';
import { until } from '../faults/process-table.ts';
import { AnswerError } from './answer-error.ts';
import type { BusRequester } from './bus-requester.ts';
import { connect } from './connect.ts';
import type { ReceivedWorkerRequest } from './worker-questions.ts';

interface Probe {
  readonly pid: number;
  readonly reply: { id: unknown; sessionId?: string; result?: unknown; error?: { code: number } };
  readonly line: string;
}

type Options = Pick<CreateBusOptions, 'onRequest' | 'timeoutMs' | 'maxWaitingBytes'>;
type Make = (
  t: Test,
  config?: BusConfig,
  options?: Options,
) => Promise<[BusRequester, EmbeddedBus]>;

const ways: Readonly<Record<string, Make>> = {
  async embedded(t, config = probeConfig(), options = {}) {
    const bus = await createBus(config, options);
    t.teardown(() => bus.destroy());
    return [bus, bus];
  },
  async 'over TCP'(t, config = probeConfig(), options = {}) {
    const bus = await createBus(config);
    t.teardown(() => bus.destroy());
    const { url } = await bus.listen({ tcp: '127.0.0.1:0' });
    const client = await connect(url, options);
    t.teardown(() => client.destroy());
    return [client, bus];
  },
  async 'over a Unix socket'(t, config = probeConfig(), options = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'bus-client-'));
    t.teardown(() => rmSync(folder, { recursive: true }));
    const bus = await createBus(config);
    t.teardown(() => bus.destroy());
    const { url } = await bus.listen({ unix: join(folder, 'bus.sock') });
    const client = await connect(url, options);
    t.teardown(() => client.destroy());
    return [client, bus];
  },
};

for (const [way, make] of Object.entries(ways)) {
  t.test(`${way}: a request resolves with its result, whatever is in it`, async (t) => {
    const [client] = await make(t);
    const params = { text: 'ü\u2028"\\', deep: [1, { a: null }] };
    t.match(await client.request('echo', params), { params });
    t.match(await client.request('echo'), { params: undefined });
    const line = await client.request<Probe>('line', [1], {
      sessionId: 'é',
      agentId: 'reviewer',
      ext: { trace: { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' } },
    });
    t.match(JSON.parse(line.line), {
      sessionId: 'é',
      agentId: 'reviewer',
      params: [1],
      _ext: { trace: {} },
    });
  });

  t.test(`${way}: requests of a session stay in order, and none is lost`, async (t) => {
    const [client] = await make(t, probeConfig([{ instances: 3 }]));
    const sessionId = 'ordered';
    const numbers = Array.from({ length: 5000 }, (_, n) => n);
    await Promise.all(numbers.map((n) => client.request('mark', { n }, { sessionId })));
    t.match(await client.request('marks', {}, { sessionId }), { marks: numbers });
  });

  t.test(`${way}: each failure has its own name`, async (t) => {
    const config = probeConfig([{ id: 'a' }, { id: 'b' }], { max_restarts: 0 });
    const [client] = await make(t, config);
    await t.rejects(client.request('echo', {}, { pool: 'c' }), {
      name: 'UNKNOWN_POOL',
      code: -32053,
      source: 'bus',
    });
    await t.rejects(client.request('echo', {}, { sessionId: '' }), { name: 'INVALID_REQUEST' });
    await t.rejects(client.request('die', {}), { name: 'WORKER_LOST', delivered: true });
    await t.rejects(client.request('echo', {}), { name: 'UNAVAILABLE', retryable: false });
    t.match(await client.request('echo', {}, { pool: 'b' }), { tag: 'b' });
    const error = { code: -32601, message: 'no', data: { name: 'x' } };
    const text = `{"id":$ID,"error":${JSON.stringify(error)}}\n`;
    await t.rejects(client.request('write', { text, silent: true }, { pool: 'b' }), {
      name: 'WORKER_ERROR',
      source: 'worker',
      ...error,
    });
  });

  t.test(`${way}: what cannot be sent is refused here`, async (t) => {
    const [client] = await make(t, probeConfig([{}], { max_input_buffer: 1_048_576 }));
    const loop: { self?: unknown } = {};
    loop.self = loop;
    await t.rejects(client.request('echo', loop), TypeError);
    await t.rejects(client.request('echo', {}, { timeoutMs: -1 }), RangeError);
    await t.rejects(client.request('echo', {}, { timeoutMs: Number.NaN }), RangeError);
    const text = 'x'.repeat(1_048_577);
    await t.rejects(client.request('echo', { text }), {
      name: 'FRAME_TOO_LARGE',
      source: 'client',
      delivered: false,
    });
    await t.rejects(client.notify('echo', { text }), { name: 'FRAME_TOO_LARGE' });
    t.ok(await client.request('echo'), 'and the next one passes');
  });

  t.test(`${way}: the longest frame that the bus takes passes in both directions`, async (t) => {
    const [client] = await make(t, probeConfig([{}], { max_input_buffer: 1_048_576 }));
    const frame = { jsonrpc: '2.0', id: 1, method: 'line', params: { text: '' } };
    const text = 'x'.repeat(1_048_576 - JSON.stringify(frame).length);
    await t.rejects(
      client.request('line', { text }),
      { name: 'FRAME_TOO_LARGE', source: 'bus', delivered: true },
      'the response quotes the line, and is too long for the bus',
    );
    const size = 1_048_576 - 200;
    t.match(await client.request('big', { size }), { text: 'x'.repeat(size) });
  });

  t.test(`${way}: a timeout and an abort give up, and a late answer is dropped`, async (t) => {
    const [client] = await make(t);
    const give = { name: 'TIMEOUT', code: 'TIMEOUT', source: 'client', delivered: true };
    await t.rejects(client.request('hold', { key: 1 }, { timeoutMs: 30 }), give);
    const controller = new AbortController();
    const { signal } = controller;
    const held = client.request('hold', { key: 2 }, { signal });
    await until('it is pending', async () => (await client.stats()).pending === 2);
    const reason = new Error('no longer wanted');
    controller.abort(reason);
    await t.rejects(held, { name: 'ABORTED', delivered: true, cause: reason });
    await t.rejects(client.request('echo', {}, { signal }), { name: 'ABORTED', delivered: false });
    await t.rejects(client.notify('echo', {}, { signal }), { name: 'ABORTED' });
    const other = new AbortController();
    await client.request('echo', {}, { signal: other.signal, timeoutMs: 60_000 });
    await client.notify('echo', {}, { signal: other.signal });
    t.same(getEventListeners(other.signal, 'abort'), [], 'nothing listens when all is done');
    await client.request('release', { key: 1 });
    await client.request('release', { key: 2 });
    t.match(await client.request('echo', { n: 3 }), { params: { n: 3 } });
  });

  t.test(`${way}: a default timeout holds where a request names none`, async (t) => {
    const [client] = await make(t, undefined, { timeoutMs: 50 });
    await t.rejects(client.request('never'), { name: 'TIMEOUT' });
    t.ok(await client.request('later', { ms: 100 }, { timeoutMs: 0 }));
  });

  t.test(`${way}: notifications come in order to whoever iterates`, async (t) => {
    const [client] = await make(t);
    const sessionId = 'talkative';
    const stream = client.notifications({ sessionId });
    const all = client[Symbol.asyncIterator]();
    await client.request('notify', { count: 100 }, { sessionId });
    for (let n = 0; n < 100; n++) {
      t.match(await stream.next(), { value: { method: 'note', sessionId, params: { n } } });
    }
    t.match(await all.next(), { value: { frame: { jsonrpc: '2.0', method: 'note' } } });
    await client.notify('notify', { count: 1 }, { sessionId });
    t.match(await stream.next(), { value: { params: { n: 0 } } }, 'a notification causes one too');
  });

  t.test(`${way}: a worker's request gets the handler's answer`, async (t) => {
    const seen: ReceivedWorkerRequest[] = [];
    const [client] = await make(t, probeConfig([{ instances: 2 }]), {
      onRequest: async (request) => {
        seen.push(request);
        const { sessionId } = request;
        if (sessionId === 'refused') throw new AnswerError(7, 'not today', { until: 'noon' });
        if (sessionId === 'broken') throw new Error('a secret');
        if (sessionId === 'unwritable') return 1n;
        if (sessionId === 'unwritable refusal') throw new AnswerError(7, 'not today', 1n);
        return sessionId === 'nothing' ? undefined : { allowed: true };
      },
    });
    const ask = async (sessionId: string, id: unknown = 0) =>
      (await client.request<Probe>('ask', { id }, { sessionId })).reply;
    t.match(await ask('s1'), { id: 0, sessionId: 's1', result: { allowed: true } });
    t.match(await ask('nothing'), { result: null });
    t.match(await ask('refused'), {
      error: { code: 7, message: 'not today', data: { until: 'noon' } },
    });
    t.match(await ask('broken'), {
      error: { code: -32603, message: 'the client could not answer' },
    });
    t.match(await ask('unwritable'), { error: { code: -32603 } });
    t.match(await ask('s1', 'a "quoted" id é'), { id: 'a "quoted" id é' });
    t.match(seen[0], { method: 'question', sessionId: 's1', params: {} });
    const workers = await Promise.all(
      ['s1', 's2'].map((sessionId) => client.request<Probe>('echo', {}, { sessionId })),
    );
    t.not(workers[0]?.pid, workers[1]?.pid);
    const both = await Promise.all([ask('s1', 5), ask('s2', 5)]);
    t.same(
      both.map(({ sessionId }) => sessionId),
      ['s1', 's2'],
      'the same id of two workers at once',
    );
    t.match(await ask('unwritable refusal'), { error: { code: -32603 } });
  });

  t.test(`${way}: without a handler a worker is told so`, async (t) => {
    const [client] = await make(t);
    const { reply } = await client.request<Probe>('ask', { id: 0 }, { sessionId: 's' });
    t.match(reply, { error: { code: -32601 } });
  });

  t.test(`${way}: when a worker is lost, nobody goes on answering it`, async (t) => {
    const asked: ReceivedWorkerRequest[] = [];
    const [client] = await make(t, probeConfig(), {
      onRequest: (request) => {
        asked.push(request);
        return asked.length === 1 ? new Promise(() => {}) : { n: asked.length };
      },
    });
    const sessionId = 's';
    const { pid } = await client.request<Probe>('echo', {}, { sessionId });
    const lost = client.request('ask', { id: 0 }, { sessionId });
    const [first] = await until('the worker asks', () => asked.length > 0 && asked);
    const loss = t.rejects(lost, { name: 'WORKER_LOST' });
    await kill(pid);
    await loss;
    t.equal((first as ReceivedWorkerRequest).signal.aborted, true);
    const again = await until('the next worker answers', () =>
      client.request<Probe>('ask', { id: 0 }, { sessionId }).catch(() => undefined),
    );
    t.match(again.reply, { id: 0, result: { n: 2 } }, 'its id is free for the next worker');
  });

  t.test(`${way}: hello negotiates, and session_lost then comes`, async (t) => {
    const [client, bus] = await make(t);
    const extensions = { 'session-lost': { required: true }, teleport: {} };
    const result = await client.hello({ protocolVersion: '1', extensions });
    t.match(result, {
      negotiatedProtocolVersion: '1',
      extensions: { 'session-lost': { active: true }, teleport: { active: false } },
    });
    const stream = client.notifications({ method: 'stdio_bus/session_lost' });
    const { pid } = await client.request<Probe>('echo', {}, { sessionId: 's' });
    await kill(pid);
    t.match(await stream.next(), { value: { params: { sessionId: 's', reason: 'signal' } } });
    await t.rejects(client.hello({ protocolVersion: '9' }), {
      name: 'INVALID_PARAMS',
      data: { supportedVersions: ['1'] },
    });
    t.match(await client.stats(), await bus.stats().then(({ workers }) => ({ workers })));
  });

  t.test(`${way}: what waits beyond the bound fails, the rest arrives in order`, async (t) => {
    const [client] = await make(t, probeConfig([{}], { max_output_queue: 100_000_000 }), {
      maxWaitingBytes: 3_000_000,
    });
    const text = 'x'.repeat(500_000);
    const sent = Array.from({ length: 20 }, (_, n) =>
      client.request('mark', { n, text }, { sessionId: 's' }).then(
        () => n,
        (error) => error,
      ),
    );
    const results = await Promise.all(sent);
    const errors = results.filter((result) => typeof result !== 'number');
    const passed = results.filter((result) => typeof result === 'number');
    t.ok(errors.length > 5 && passed.length > 3, `${passed.length} passed`);
    for (const error of errors) {
      t.match(error, { name: 'QUEUE_FULL', delivered: false, retryable: true });
    }
    t.match(await client.request('marks', {}, { sessionId: 's' }), { marks: passed });
  });
}
