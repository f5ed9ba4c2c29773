import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { startBus } from '../../testing/bus-process.ts';
import {
  answered,
  checkBusError,
  exitSeen,
  kill,
  probeConfig,
  stall,
  workerSeen,
  workerStats,
} from './probe-pool.ts';
import { descriptorsOf, isRunning, until } from './process-table.ts';

t.jobs = 4;

t.test('a killed worker gives each of its pending requests an error within 1 s', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const clients = await Promise.all([bus.connect(), bus.connect()]);
  const [first, second] = clients;
  const pid = (await first.request('echo', {}, { sessionId: 'a' })).result?.pid as number;
  for (let id = 0; id < 20; id += 1) {
    for (const client of clients) client.send({ jsonrpc: '2.0', id, method: 'never' });
  }
  await workerSeen(first, { pending: 40 });
  await kill(pid);
  const killedMs = performance.now();
  for (let id = 0; id < 20; id += 1) {
    const lost = { delivered: true, retryable: false };
    checkBusError(t, await first.response(id), 'WORKER_LOST', lost);
    checkBusError(t, await second.response(id), 'WORKER_LOST', lost);
  }
  t.ok(performance.now() - killedMs < 1000, 'all within 1 s');
});

t.test('what a killed worker had certainly not seen is marked as not delivered', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  const pid = (await client.request('echo')).result?.pid as number;
  await stall(pid);
  // More than the pipe holds, less than the queue.
  const params = { text: 'x'.repeat(10_000) };
  for (let id = 0; id < 200; id += 1) client.send({ id, method: 'echo', params });
  await workerSeen(client, { pending: 200 });
  await kill(pid);
  checkBusError(t, await client.response(0), 'WORKER_LOST', { delivered: true, retryable: false });
  const last = await client.response(199);
  checkBusError(t, last, 'WORKER_LOST', { delivered: false, retryable: true });
  t.equal(client.queued.length, 198, 'each of the others has one answer');
});

t.test('a worker that exits unasked is restarted in its slot, with code 0 too', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ instances: 2 }]) });
  const client = await bus.connect();
  const [before, other] = await workerStats(client);
  const inSlot = await until('a session of slot 0', async () => {
    const sessionId = `s${Math.random()}`;
    const { result } = await client.request('echo', {}, { sessionId });
    return result?.pid === before?.pid && sessionId;
  });
  const lost = await client.request('die', { code: 0 }, { sessionId: inSlot });
  checkBusError(t, lost, 'WORKER_LOST', { delivered: true });
  const after = await workerSeen(client, { slot: 0, incarnation: 2, state: 'ready' });
  t.not(after.pid, before?.pid);
  t.match((await workerStats(client))[1], { incarnation: 1, pid: other?.pid });
  t.ok((await answered(client, inSlot)).result);
});

t.test('sessions of a lost worker are bound anew, and no other session moves', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ instances: 3 }]) });
  const client = await bus.connect();
  const pids = new Map<string, number>();
  for (let n = 0; n < 48; n += 1) {
    const { result } = await client.request('echo', {}, { sessionId: `s${n}` });
    pids.set(`s${n}`, result?.pid as number);
  }
  const lost = pids.get('s0') as number;
  await kill(lost);
  await workerSeen(client, { incarnation: 2, state: 'ready' });
  for (const [sessionId, pid] of pids) {
    const { result } = await client.request('echo', {}, { sessionId });
    if (pid === lost) t.not(result?.pid, lost);
    else t.equal(result?.pid, pid);
  }
});

t.test('a crash loop ends with a failed slot, and the others go on', async (t) => {
  const config = probeConfig([{ id: 'good' }, { id: 'bad', args: ['--exit-at-start', '7'] }], {
    max_restarts: 2,
  });
  const bus = await startBus(t, { config });
  const client = await bus.connect();
  const worker = (await client.request('echo', {}, { sessionId: 'g' })).result?.pid;
  const during = await client.request('echo', {}, { pool: 'bad' });
  t.match(during.error?.data, { source: 'bus', name: /^(UNAVAILABLE|WORKER_LOST)$/ });
  const failed = await workerSeen(client, { pool: 'bad', state: 'failed' });
  t.match(failed, { incarnation: 3, pid: null, pending: 0 });
  const after = await client.request('echo', {}, { pool: 'bad' });
  checkBusError(t, after, 'UNAVAILABLE', { delivered: false, retryable: false });
  t.equal((await client.request('echo', {}, { sessionId: 'g' })).result?.pid, worker);
  t.notOk(
    bus.children().some((each) => each.state === 'Z'),
    'no zombie',
  );
});

t.test('the second restart in a window waits 2 s, and the window slides', async (t) => {
  const limits = { max_restarts: 2, restart_window_sec: 3 };
  const bus = await startBus(t, { config: probeConfig([{}], limits) });
  const client = await bus.connect();
  const next = async (incarnation: number) => {
    const { pid } = await workerSeen(client, { incarnation, state: 'ready' });
    return { pid: pid as number, atMs: performance.now() };
  };
  await kill((await next(1)).pid);
  const killedMs = performance.now();
  const second = await next(2);
  t.ok(second.atMs - killedMs < 1000, 'the first restart waits not at all');
  await kill(second.pid);
  await workerSeen(client, { state: 'backoff', pid: null });
  const third = await next(3);
  t.ok(third.atMs - second.atMs > 1900, 'the second waits');
  // When the first restart is out of the window, this one is again the second of two.
  await until('the first restart is over 3 s old', () => performance.now() - killedMs > 3100);
  await kill(third.pid);
  await next(4);
});

t.test('without restarts a slot fails at once, and a request gets an error', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{}], { max_restarts: 0 }) });
  const client = await bus.connect();
  const { result } = await client.request('echo', {}, { sessionId: 's' });
  await kill(result?.pid as number);
  await workerSeen(client, { state: 'failed', incarnation: 1 });
  checkBusError(t, await client.request('echo', {}, { sessionId: 's' }), 'UNAVAILABLE');
  client.send({ method: 'echo', sessionId: 's' });
  await client.request('stdio_bus/stats');
  t.same(client.queued, [], 'a notification is not answered');
});

t.test('a request during the wait for a restart is answered, one way or the other', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  await kill((await client.request('echo')).result?.pid as number);
  const { pid } = await workerSeen(client, { incarnation: 2, state: 'ready' });
  await kill(pid as number);
  await workerSeen(client, { state: 'backoff' });
  const response = await client.request('echo', {}, { sessionId: 's', deadlineMs: 4000 });
  if (response.error !== undefined) checkBusError(t, response, 'UNAVAILABLE');
  else t.ok(response.result);
});

t.test('half a line of a dying worker is never joined to its successor', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  const text = '{"jsonrpc":"2.0","method":"note","sessionId":"s","par';
  const lost = await client.request('die', { text }, { sessionId: 's' });
  checkBusError(t, lost, 'WORKER_LOST');
  await answered(client, 's');
  await client.request('write', { text: 'ams":{}}\n' }, { sessionId: 's' });
  await client.request('echo', {}, { sessionId: 's' });
  t.same(client.queued, [], 'nothing else came');
});

t.test('half a response of a dying worker is no response', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  const text = '{"jsonrpc":"2.0","id":$ID,"result":{}}';
  checkBusError(t, await client.request('die', { text }), 'WORKER_LOST', { delivered: true });
});

t.test('a response and the end of its worker give one response', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{}], { max_restarts: 100 }) });
  const client = await bus.connect();
  const text = '{"jsonrpc":"2.0","id":$ID,"sessionId":"s","result":{"pid":0}}\n';
  await client.request('die', { text }, { sessionId: 's' });
  await workerSeen(client, { incarnation: 2, state: 'ready' });
  await client.request('echo', {}, { sessionId: 's' });
  t.same(client.queued, []);
});

for (const method of ['close-stdout', 'close-stdin']) {
  t.test(`a worker that has done ${method} but lives is lost, and is ended`, async (t) => {
    const bus = await startBus(t, { config: probeConfig([{ args: ['--sigterm', 'ignore'] }]) });
    const client = await bus.connect();
    const pid = (await client.request('echo')).result?.pid as number;
    client.send({ id: 'pending', method: 'never' }, { id: 'close', method });
    // The bus sees a closed stdin only when it writes.
    if (method === 'close-stdin') {
      await until('its stdin is closed', () => !descriptorsOf(pid).includes(0));
      client.send({ id: 'next', method: 'echo' });
      checkBusError(t, await client.response('next', 2000), 'WORKER_LOST');
    }
    const lost = await client.response('pending', 2000);
    checkBusError(t, lost, 'WORKER_LOST', { delivered: true });
    await exitSeen(pid);
    await workerSeen(client, { incarnation: 2, state: 'ready' });
  });
}

for (const detached of [false, true]) {
  const which = detached ? 'a detached grandchild' : 'a grandchild';
  t.test(`${which} that holds the pipes of a dead worker delays no error`, async (t) => {
    const bus = await startBus(t, { config: probeConfig() });
    const client = await bus.connect();
    const { result } = await client.request('grandchild', { detached });
    client.send({ id: 1, method: 'never' });
    await workerSeen(client, { pending: 1 });
    await kill(result?.pid as number);
    checkBusError(t, await client.response(1, 1000), 'WORKER_LOST', { delivered: true });
    await workerSeen(client, { incarnation: 2, state: 'ready' });
    t.ok((await client.request('echo')).result);
    bus.signal('SIGTERM');
    t.match(await bus.exit(), { code: 0 });
    // One that has left the worker's process group is nobody's any more.
    if (detached) return;
    await until('the grandchild has ended', () => !isRunning(result?.grandchild as number), 1000);
  });
}

t.test('a command that is gone at a restart is a failed start, not the end', async (t) => {
  const config = probeConfig([{ id: 'good' }, { id: 'gone' }], { max_restarts: 1 });
  const bus = await startBus(t, {
    config: { ...config, pools: [config.pools[0], { id: 'gone', command: './worker' }] },
    env: { PATH: process.env.PATH ?? '' },
    args: (folder) => {
      writeFileSync(join(folder, 'worker'), '#!/bin/sh\nexec cat\n', { mode: 0o755 });
      return ['--config', join(folder, 'config.json'), '--tcp', '127.0.0.1:0'];
    },
  });
  const client = await bus.connect();
  const { pid } = await workerSeen(client, { pool: 'gone', state: 'ready' });
  rmSync(join(bus.folder, 'worker'));
  await kill(pid as number);
  await workerSeen(client, { pool: 'gone', state: 'failed', pid: null });
  checkBusError(t, await client.request('echo', {}, { pool: 'gone' }), 'UNAVAILABLE');
  t.ok((await client.request('echo', {}, { pool: 'good' })).result);
});

t.test('what a worker prints on stdout besides frames reaches nobody', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{ args: ['--log-at-start', '100'] }]) });
  const client = await bus.connect();
  const before = await client.request('echo', {}, { sessionId: 's' });
  const text =
    'a log line\n{"half":\n\n[1]\n42\n{"jsonrpc":"2.0"}\n{"id":99,"result":1,"error":2}\n';
  await client.request('write', { text }, { sessionId: 's' });
  const after = await client.request('echo', {}, { sessionId: 's' });
  t.equal(after.result?.pid, before.result?.pid, 'the worker goes on');
  t.same(client.queued, []);
});

t.test('a response that is no valid frame is an error for its request', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await bus.connect();
  const text = '{"jsonrpc":"2.0","id":$ID,"result":1,"error":2}\n';
  const response = await client.request('write', { text, silent: true }, { sessionId: 's' });
  checkBusError(t, response, 'WORKER_LOST', { delivered: true, retryable: false });
  t.ok((await client.request('echo', {}, { sessionId: 's' })).result);
  t.equal((await workerStats(client))[0]?.incarnation, 1, 'the worker goes on');
});

t.test('a response over max_input_buffer is FRAME_TOO_LARGE, and the worker goes on', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{}], { max_input_buffer: 10_000 }) });
  const client = await bus.connect();
  for (const size of [10_000, 3_000_000]) {
    const response = await client.request('big', { size }, { sessionId: 's' });
    checkBusError(t, response, 'FRAME_TOO_LARGE', { delivered: true, retryable: false });
  }
  t.equal((await client.request('big', { size: 9000 }, { sessionId: 's' })).error, undefined);
  t.equal((await workerStats(client))[0]?.incarnation, 1);
  t.same(client.queued, []);
});

t.test('an owner that negotiated session-lost learns each lost session once', async (t) => {
  const limits = { max_restarts: 1, restart_window_sec: 60 };
  const bus = await startBus(t, { config: probeConfig([{}], limits) });
  const [owner, other] = await Promise.all([bus.connect(), bus.connect()]);
  const extensions = { 'session-lost': { required: true } };
  const hello = await owner.request('stdio_bus/hello', { protocolVersion: '1', extensions });
  t.match(hello.result, { extensions: { 'session-lost': { selected: '1', active: true } } });
  const lose = async (how: object, reason: string) => {
    for (const sessionId of ['a', 'b']) await owner.request('echo', {}, { sessionId });
    await other.request('echo', {}, { sessionId: 'other' });
    await owner.request('die', how, { sessionId: 'a' });
    for (const sessionId of ['a', 'b']) {
      const fits = (each: { sessionId?: string }) => each.sessionId === sessionId;
      const notice = await owner.take(fits, { what: `the loss of ${sessionId}` });
      t.match(notice, { method: 'stdio_bus/session_lost', params: { sessionId, reason } });
    }
  };
  await lose({ signal: 'SIGKILL' }, 'signal');
  await workerSeen(owner, { incarnation: 2, state: 'ready' });
  await lose({ code: 4 }, 'failed');
  t.same(owner.queued, [], 'once each');
  t.same(other.queued, [], 'a client that asked for nothing gets nothing');
});
