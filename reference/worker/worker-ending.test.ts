import { readFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import { kitDialogue } from '../../testing/worker-dialogue.ts';
import { workerDeadlineMs } from '../../testing/worker-process.ts';
import { until } from '../faults/process-table.ts';

t.jobs = 2;
t.setTimeout(300_000);

const inSession = (sessionId: string) => ({ sessionId });

for (const dialect of ['jsonrpc', 'codex'] as const) {
  const start = (t: Test, options = {}) => kitDialogue(t, dialect, options);

  t.test(
    `${dialect}: SIGTERM lets it finish what is pending, also what is unread, and exit with 0 (WRK-7)`,
    async (t) => {
      const { worker, send, ask, response, notification, exit } = await start(t);
      t.match(await ask('ping'), { result: { pong: true } });
      send({ id: 'held', method: 'hold', params: { key: 'k' }, ...inSession('a') });
      await notification('holding');
      // Stopped, it cannot read: what follows is in its stdin when the signal comes.
      worker.signal('SIGSTOP');
      const text = 'x'.repeat(500);
      for (let n = 0; n < 100; n++) send({ id: n, method: 'echo', params: { n, text } });
      worker.signal('SIGTERM');
      worker.signal('SIGCONT');
      for (let n = 0; n < 100; n++) t.match(await response(n), { result: { n } });
      await until(
        'the drain has begun',
        () => worker.stderr.some((line) => line.includes('draining')),
        workerDeadlineMs,
      );
      send({ method: 'release', params: { key: 'k' } });
      t.match(await response('held'), { result: { key: 'k' } });
      t.match(await exit(), { code: 0, signal: null });
      t.equal(worker.stderr.at(-1), 'closing', 'onEnd was called');
    },
  );

  t.test(
    `${dialect}: the end of stdin lets it finish what is pending, and exit with 0 (WRK-8)`,
    async (t) => {
      const { worker, send, response, exit } = await start(t);
      send(
        { id: 1, method: 'wait', params: { ms: 200 } },
        { id: 2, method: 'throw', ...inSession('s') },
      );
      worker.stdin.end();
      t.match(await response(1), { result: { waited: 200 } });
      t.match((await response(2)).error, { code: -32603 });
      t.match(await exit(), { code: 0 });
    },
  );

  t.test(`${dialect}: while nobody reads it waits, and does not grow (WRK-9)`, async (t) => {
    const { worker, ask, exit } = await start(t, { maxPending: 200 });
    const bytes = 150_000_000;
    t.match(await ask('ping'), { result: { pong: true } });
    worker.stdout.pause();
    const flooded = ask('flood', { bytes, of: 100_000 }, inSession('s'));
    const text = 'y'.repeat(1000);
    const echoed = Array.from({ length: 3000 }, (_, n) => ask('echo', { n, text }));
    let [last, times] = ['', 0];
    await until(
      'it waits: it has used no time for a while',
      () => {
        const used = readFileSync(`/proc/${worker.pid}/schedstat`, 'utf8');
        times = used === last ? times + 1 : 0;
        last = used;
        return times === 30;
      },
      workerDeadlineMs,
    );
    worker.stdout.resume();
    t.match(await flooded, { sessionId: 's' });
    const refused = (await Promise.all(echoed)).filter(({ error }) => error !== undefined);
    t.same(refused, [], 'what was not read yet is not too much');
    const peak = Number(
      /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${worker.pid}/status`, 'utf8'))?.[1],
    );
    t.ok(peak < 190_000, `peak of ${peak} kB`);
    worker.stdin.end();
    t.match(await exit(), { code: 0 });
  });

  t.test(`${dialect}: SIGTERM while nobody reads: what waits in stdin is still done`, async (t) => {
    const { worker, ask, send, response, exit } = await start(t, {
      maxOutputBytes: 10_000,
    });
    t.match(await ask('ping'), { result: { pong: true } });
    worker.stdout.pause();
    const text = 'x'.repeat(5000);
    let accepted = 0;
    for (; ; accepted++) {
      send({ id: accepted, method: 'echo', params: { n: accepted, text } });
      const hasRoom = () => worker.stdin.writableLength === 0;
      const isTaken = await until('room in its stdin', hasRoom, 1000).catch(() => false);
      if (!isTaken) break;
    }
    worker.signal('SIGTERM');
    const isDraining = () => worker.stderr.some((line) => line.includes('draining'));
    await until('the drain has begun', isDraining, workerDeadlineMs);
    worker.stdout.resume();
    for (let n = 0; n < accepted; n++) t.match(await response(n), { result: { n } });
    t.match(await exit(), { code: 0 });
  });

  t.test(`${dialect}: a second SIGTERM ends it at once`, async (t) => {
    const { worker, send, notification } = await start(t);
    send({ id: 1, method: 'stubborn', ...inSession('s') });
    await notification('holding');
    worker.signal('SIGTERM');
    await until(
      'the drain has begun',
      () => worker.stderr.some((line) => line.includes('draining')),
      workerDeadlineMs,
    );
    worker.signal('SIGTERM');
    t.match(await worker.exit(), { code: 143 });
  });

  t.test(
    `${dialect}: at the end of the drain time handlers are told, requests get errors, and it exits with 1`,
    async (t) => {
      const { worker, send, notification, response, exit } = await start(t, {
        drainTimeoutMs: 300,
      });
      send({ id: 1, method: 'stubborn', ...inSession('s') });
      send({ id: 2, method: 'hold', params: { key: 'k' }, ...inSession('h') });
      await notification('holding');
      await notification('holding');
      worker.signal('SIGTERM');
      t.match(await notification('aborted'), { sessionId: 's', params: { message: /ended/ } });
      t.match((await response(2)).error, { code: -32000 });
      t.match((await response(1)).error, { code: -32000 });
      t.match(await exit(), { code: 1 });
    },
  );
}
