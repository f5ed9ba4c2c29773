import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import {
  clientOf,
  eventsOf,
  numbers,
  script,
  startBus,
  upTo,
  type Worker,
} from '../../testing/process-runs.ts';
import { connect } from '../client/connect.ts';
import { until } from '../faults/process-table.ts';
import { runProcess } from './run-process.ts';

t.jobs = 2;
t.setTimeout(300_000);

const path = process.env.PATH ?? '/usr/bin:/bin';

for (const way of ['embedded', 'connected'] as const) {
  const open = async (t: Test, worker: Worker) => {
    const bus = await startBus(t, worker);
    return way === 'embedded' ? bus : clientOf(t, bus);
  };

  t.test(`${way}: a run that misses nothing makes no read`, async (t) => {
    const bus = await open(t, 'process');
    const command = 'echo one; echo two >&2; exit 3';
    const run = await runProcess(bus, { argv: ['sh', '-c', command], cwd: '/' });
    const events = await eventsOf(run);
    t.same(numbers(events), [1, 2, 3, 4]);
    t.equal(events.at(-1)?.type, 'closed');
    t.same(await run.result(), { exitCode: 3, sandboxDenied: false, failure: null, reads: 0 });
  });

  t.test(`${way}: a run that a sandbox denied something makes no read`, async (t) => {
    const run = await script(await open(t, 'scripted'), 'out denied closed');
    t.same(await run.result(), { exitCode: 1, sandboxDenied: true, failure: null, reads: 0 });
  });

  t.test(`${way}: an exit of an older worker is asked for once (PRC-5)`, async (t) => {
    const bus = await open(t, 'scripted');
    const run = await script(bus, 'out exit? out closed');
    t.same(numbers(await eventsOf(run)), [1, 2, 3, 4]);
    t.same(await run.result(), { exitCode: 1, sandboxDenied: true, failure: null, reads: 1 });
    const { processId, sessionId } = run;
    const reads = await bus.request('reads', { processId }, { sessionId });
    t.same(reads, [{ afterSeq: 1, waitMs: 0 }]);
  });

  t.test(`${way}: a gap of 1024 events is read, none is lost and none comes twice`, async (t) => {
    const run = await script(await open(t, 'scripted'), 'out*3 -out*1024 out exit closed');
    const events = await eventsOf(run);
    t.same(numbers(events), upTo(1030));
    const text = events.map((event) => (event.type === 'output' ? String(event.chunk) : ''));
    t.same(
      text.slice(0, 1028),
      upTo(1028).map((seq) => `${seq}\n`),
    );
    t.match(await run.result(), { reads: 1 });
  });

  t.test(`${way}: read mode gives the same`, async (t) => {
    const bus = await open(t, 'process');
    const options = { argv: ['sh', '-c', 'echo one; exit 3'], cwd: '/', mode: 'read' } as const;
    const run = await runProcess(bus, options);
    t.same(numbers(await eventsOf(run)), [1, 2, 3]);
    const result = await run.result();
    t.match(result, { exitCode: 3, sandboxDenied: false });
    t.ok(result.reads > 0);
  });
}

t.test('what is missing and no longer retained is an error that says so', async (t) => {
  const bus = await startBus(t, 'scripted');
  for (const mode of ['events', 'read'] as const) {
    const run = await script(bus, 'out !out out exit closed', { mode });
    const words = /event 3/;
    await t.rejects(run.result(), { name: 'OUTPUT_LOST', oldestSeq: 3, message: words });
  }
  const run = await script(bus, 'out !out out exit closed');
  const given: number[] = [];
  await t.rejects(
    async () => {
      for await (const { seq } of run) given.push(seq);
    },
    { name: 'OUTPUT_LOST', lastSeq: 1 },
  );
  t.same(given, [1]);
  await t.rejects(run.result(), { name: 'OUTPUT_LOST' });
});

t.test('an exit, a closing or both that were missed are found by what follows', async (t) => {
  const bus = await startBus(t, 'scripted');
  for (const words of ['out -exit out closed', '-out -exit -out closed', 'out exit close?']) {
    const run = await script(bus, words);
    t.same(numbers(await eventsOf(run)), upTo(words.split(' ').length), words);
    t.match(await run.result(), { exitCode: 1, sandboxDenied: false });
  }
});

t.test('a reader that lags gets everything, once and in order', async (t) => {
  const bus = await startBus(t, 'process');
  // 1000 lines, of which far fewer fit into the queue.
  const command = 'for i in $(seq 1000); do echo $i; done';
  const options = { argv: ['sh', '-c', command], cwd: '/', maxQueuedBytes: 300 } as const;
  const run = await runProcess(bus, options);
  const { processId, sessionId } = run;
  // By then all of it has been pushed.
  await until('it is closed', async () => {
    const params = { processId, waitMs: 1000 };
    return (await bus.request<{ closed: boolean }>('process/read', params, { sessionId })).closed;
  });
  const { stdout, reads } = await run.collect();
  t.equal(
    stdout.toString(),
    upTo(1000)
      .map((n) => `${n}\n`)
      .join(''),
  );
  t.ok(reads > 0);
});

t.test('a thousand and more events under a lagging reader keep their numbers', async (t) => {
  const bus = await startBus(t, 'scripted');
  const run = await script(bus, 'out*2000 exit closed', { maxQueuedBytes: 2000 });
  t.same(numbers(await eventsOf(run)), upTo(2002));
});

/** A way to the bus that can be cut: the client then has to come again. */
async function relayTo(t: Test, url: string) {
  const { port, hostname } = new URL(url);
  const sockets = new Set<Socket>();
  const relay = createServer((socket) => {
    const onward = createConnection({ port: Number(port), host: hostname });
    for (const each of [socket, onward]) sockets.add(each.on('error', () => {}));
    socket.pipe(onward).pipe(socket);
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  t.teardown(() => {
    cut();
    relay.close();
  });
  return { url: `tcp://127.0.0.1:${(relay.address() as AddressInfo).port}`, cut };
}

t.test('a client that has a new connection finds what it has missed', async (t) => {
  const bus = await startBus(t, 'scripted');
  const relay = await relayTo(t, (await bus.listen({ tcp: '127.0.0.1:0' })).url);
  let isBack = () => {};
  const back = new Promise<void>((resolve) => {
    isBack = resolve;
  });
  const client = await connect(relay.url, {
    reconnect: { minDelayMs: 1, maxDelayMs: 10 },
    onState: (state) => state === 'connected' && isBack(),
  });
  t.teardown(() => client.destroy());
  const run = await script(client, 'out hold out exit closed');
  const { processId, sessionId } = run;
  const iteration = run[Symbol.asyncIterator]();
  t.match((await iteration.next()).value, { seq: 1 });
  const rest = iteration.next();
  relay.cut();
  await back;
  // The other connection owns the session by now, or will not any more: both have to come out right.
  await bus.request('process/write', { processId, chunk: '' }, { sessionId });
  relay.cut();
  t.match((await rest).value, { type: 'output', seq: 2 });
  t.match((await iteration.next()).value, { type: 'exited', seq: 3 });
  t.match((await iteration.next()).value, { type: 'closed', seq: 4 });
  t.match(await iteration.next(), { done: true });
  const result = await run.result();
  t.match(result, { exitCode: 1 });
  t.ok(result.reads > 0);
});

t.test('a client that is closed ends its runs', async (t) => {
  const client = await clientOf(t, await startBus(t, 'scripted'));
  const run = await script(client, 'out hold');
  const ended = run.result();
  client.destroy();
  await t.rejects(ended, { name: 'PROCESS_LOST' });
});

t.test('a worker that is gone is noticed', async (t) => {
  const bus = await startBus(t, 'scripted');
  const quiet = await script(bus, 'out hold', { checkMs: 20 });
  const ended = t.rejects(quiet.result(), { name: 'PROCESS_LOST' });
  await bus.request('die', {}, { sessionId: quiet.sessionId }).catch(() => {});
  await ended;
  await bus.hello({ protocolVersion: '1', extensions: { 'session-lost': {} } });
  const told = await script(bus, 'out hold', { checkMs: 0 });
  const lost = t.rejects(told.result(), { name: 'PROCESS_LOST', message: 'exit' });
  await bus.request('die', {}, { sessionId: told.sessionId }).catch(() => {});
  await lost;
});

t.test('a worker that is gone is noticed while its successor is not there yet', async (t) => {
  const bus = await startBus(t, 'scripted');
  // The second restart waits for two seconds.
  await bus.request('die').catch(() => {});
  const run = await script(bus, 'out hold', { checkMs: 20 });
  const ended = t.rejects(run.result(), { name: 'PROCESS_LOST' });
  await bus.request('die', {}, { sessionId: run.sessionId }).catch(() => {});
  await t.rejects(bus.request('anything', {}, { sessionId: run.sessionId }), {
    name: 'UNAVAILABLE',
  });
  await ended;
});

t.test('who leaves the iteration lets go of the process, which goes on', async (t) => {
  const bus = await startBus(t, 'scripted');
  const run = await script(bus, 'out hold out exit closed');
  for await (const { seq } of run) {
    t.equal(seq, 1);
    break;
  }
  await t.rejects(run.result(), { name: 'LEFT' });
  t.equal(await run.write(''), 'accepted');
});

t.test('a command that cannot be started is an error, and nothing is left', async (t) => {
  const bus = await startBus(t, 'process');
  const wrong: [options: object, code: number, message: RegExp][] = [
    [{ argv: ['no-such-tool'] }, -32_603, /no such program/],
    [{ cwd: '/no/such/folder' }, -32_603, /no such cwd/],
    [{ cwd: 'relative' }, -32_602, /absolute/],
    [{ argv: [] }, -32_602, /argv/],
    [{ tty: true }, -32_602, /terminals/],
  ];
  for (const [options, code, message] of wrong) {
    const run = runProcess(bus, { argv: ['true'], cwd: '/', ...options });
    await t.rejects(run, { name: 'WORKER_ERROR', code, message });
  }
});

t.test('a command is fed, signalled and ended through its run', async (t) => {
  const bus = await startBus(t, 'process');
  const cat = { argv: ['cat'], cwd: '/', pipeStdin: true } as const;
  const run = await runProcess(bus, cat);
  t.equal(await run.write('hello'), 'accepted');
  const iteration = run[Symbol.asyncIterator]();
  t.equal(String((await iteration.next()).value?.type), 'output');
  await run.kill('interrupt');
  t.match((await iteration.next()).value, { type: 'exited', exitCode: 130 });
  t.match((await iteration.next()).value, { type: 'closed' });
  t.match(await run.result(), { exitCode: 130 });
  const controller = new AbortController();
  const aborted = await runProcess(bus, { ...cat, signal: controller.signal });
  controller.abort();
  t.match(await aborted.result(), { exitCode: 143 });
  const ended = await runProcess(bus, cat);
  t.equal(await ended.terminate(), true);
  t.match(await ended.result(), { exitCode: 143 });
  t.equal(await ended.terminate(), false);
});

t.test('git works in a process session, through the bus', async (t) => {
  const bus = await startBus(t, 'process');
  const cwd = mkdtempSync(join(tmpdir(), 'process-git-'));
  t.teardown(() => rmSync(cwd, { recursive: true }));
  const env = { PATH: path, HOME: cwd, GIT_CONFIG_NOSYSTEM: '1' };
  const git = async (...args: string[]) => {
    const run = await runProcess(bus, {
      argv: ['git', ...args],
      cwd,
      env,
      sessionId: 'repository',
    });
    return run.collect();
  };
  const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
  t.match(await git('init', '--quiet'), { exitCode: 0, reads: 0 });
  t.match(await git(...who, 'commit', '--quiet', '--allow-empty', '-m', 'First'), { exitCode: 0 });
  const log = await git('log', '--format=%an: %s');
  t.match(log, { exitCode: 0, reads: 0, failure: null });
  t.equal(log.stdout.toString(), 'A: First\n');
  const failed = await git('no-such-subcommand');
  t.equal(failed.exitCode, 1);
  t.match(failed.stderr.toString(), 'is not a git command');
});
