import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import {
  folder,
  path,
  printedPids,
  startProcessWorker as start,
} from '../../testing/process-dialogue.ts';
import { workerDeadlineMs } from '../../testing/worker-process.ts';
import { isRunning, until } from '../faults/process-table.ts';

t.jobs = 2;
t.setTimeout(300_000);

t.test(
  'a process that closes its streams and lives on is closed only when it has ended',
  async (t) => {
    const { shell, read, ask, event } = start(t);
    await shell('p', 'echo $$; exec >&- 2>&-; exec sleep 1000');
    const [pid] = await printedPids(() => read({ processId: 'p', waitMs: 1000 }), 1);
    t.match(await read({ processId: 'p', afterSeq: 1, waitMs: 200 }), {
      exited: false,
      closed: false,
    });
    t.match(await ask('process/terminate', { processId: 'p' }), { result: { running: true } });
    t.match((await event('process/exited', 'p')).params, { seq: 2, exitCode: 143 });
    t.match((await event('process/closed', 'p')).params, { seq: 3 });
    t.notOk(isRunning(pid as number));
  },
);

t.test('a read that waits comes back with the exit, though the streams are held', async (t) => {
  const { shell, read, ask, event } = start(t);
  await shell('p', 'sleep 1000 & exit 5');
  const told = await read({ processId: 'p', waitMs: 1e9 });
  t.match(told, { chunks: [], nextSeq: 2, exited: true, exitCode: 5, closed: false });
  await ask('process/terminate', { processId: 'p' });
  await event('process/closed', 'p');
});

t.test('while a grandchild holds the streams, a process is exited and not closed', async (t) => {
  const { shell, read, ask, event } = start(t);
  await shell('p', 'sh -c "echo \\$\\$; sleep 1000; echo late" & wait $! & exit 5');
  t.match((await event('process/exited', 'p')).params, { exitCode: 5 });
  const [pid] = await printedPids(() => read({ processId: 'p' }), 1);
  t.match(await read({ processId: 'p', afterSeq: 2, waitMs: 100 }), {
    exited: true,
    closed: false,
  });
  t.match(await ask('process/terminate', { processId: 'p' }), { result: { running: false } });
  await event('process/closed', 'p');
  t.notOk(isRunning(pid as number), 'what it has left behind was ended');
});

const family = 'sh -c "echo \\$\\$; sleep 1000" & echo $$; sleep 1000';
const stubborn = `trap '' TERM; ${family}; sleep 1000`;

t.test('the end of stdin answers what waits, ends all, and tells the last events', async (t) => {
  const { shell, read, send, response, event, worker, end } = start(t);
  await shell('p', family);
  const pids = await printedPids(() => read({ processId: 'p' }), 2);
  const waiting = send('process/read', { processId: 'p', afterSeq: 2, waitMs: 1e9 });
  t.match(await end(), { code: 0 });
  t.match(await response(waiting), { result: { chunks: [], closed: false } });
  t.match((await event('process/exited', 'p')).params, { exitCode: 143 });
  await event('process/closed', 'p');
  t.same(pids.filter(isRunning), []);
  await until('nothing is left', () => worker.leftovers().length === 0, workerDeadlineMs);
});

t.test(
  'SIGTERM ends stubborn processes too, with SIGKILL, and what holds the streams elsewhere',
  async (t) => {
    const { shell, run, read, event, worker } = start(t, '--drain-timeout-sec', '4');
    await shell('p', stubborn);
    await printedPids(() => read({ processId: 'p' }), 2);
    // It has left the group, and holds the stream.
    await run('q', ['setsid', 'sh', '-c', 'echo $$; exec sleep 1000']);
    const escaped = await printedPids(() => read({ processId: 'q' }), 1);
    worker.signal('SIGTERM');
    t.match((await event('process/exited', 'p')).params, { exitCode: 137 });
    await event('process/closed', 'p');
    t.match(await worker.exit(), { code: 0 });
    for (const pid of escaped.filter(isRunning)) process.kill(pid, 'SIGKILL');
  },
);

for (const [how, signals] of [
  ['killed', ['SIGKILL']],
  ['ended by a second signal', ['SIGTERM', 'SIGTERM']],
] as [string, [NodeJS.Signals, NodeJS.Signals?]][]) {
  t.test(`nothing outlives a worker that is ${how}`, async (t) => {
    const { shell, read, worker } = start(t);
    await shell('p', stubborn);
    // Its command has ended, and what it has left behind holds no stream.
    await shell('q', 'sh -c "echo \\$\\$; exec sleep 1000 >&- 2>&-" &');
    const pids = await printedPids(() => read({ processId: 'p' }), 2);
    pids.push(...(await printedPids(() => read({ processId: 'q' }), 1)));
    t.same(pids.filter(isRunning), pids);
    worker.signal(signals[0]);
    if (signals[1] !== undefined) {
      const isDraining = () => worker.stderr.some((line) => line.includes('draining'));
      await until('it drains', isDraining, workerDeadlineMs);
      worker.signal(signals[1]);
    }
    const { code } = await worker.exit();
    t.equal(code, signals.length > 1 ? 143 : null);
    await until('nothing is left', () => !pids.some(isRunning), workerDeadlineMs);
  });
}

t.test('a command is slowed while nobody reads the worker, and loses nothing', async (t) => {
  const { send, worker, event, ask } = start(t);
  const progress = join(folder(t), 'progress');
  writeFileSync(progress, '');
  const script = 'while :; do head -c 65536 /dev/zero; echo >> "$0"; done';
  const argv = ['sh', '-c', script, progress];
  worker.frames.pause();
  send('process/start', { processId: 'p', argv, cwd: '/', env: { PATH: path } });
  let before = -1;
  const written = await until(
    'it writes no more',
    async () => {
      await wait(300);
      const { size } = statSync(progress);
      const isStill = size > 0 && size === before;
      before = size;
      return isStill && size;
    },
    workerDeadlineMs,
  );
  t.ok(written < 64, `${written} times 64 KiB were taken from it`);
  worker.frames.resume();
  await ask('process/terminate', { processId: 'p' });
  const exited = await event('process/exited', 'p');
  const { params } = await event('process/closed', 'p');
  const told = worker.frames.queued.flatMap((frame) => frame.params?.seq ?? []);
  const all = [...told, exited.params?.seq, params?.seq].map(Number).sort((a, b) => a - b);
  t.same(
    all,
    Array.from({ length: all.length }, (_, index) => index + 1),
  );
  t.ok(all.length >= written, 'as many events as pieces that it wrote, or more');
});
