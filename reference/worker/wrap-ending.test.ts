import t from 'tap';
import { wrapDialogue } from '../../testing/worker-dialogue.ts';
import { workerDeadlineMs } from '../../testing/worker-process.ts';
import { isRunning, until } from '../faults/process-table.ts';

t.jobs = 2;
t.setTimeout(300_000);

interface Who {
  readonly pid: number;
}

const who = (frame: { result?: unknown }) => frame.result as Who;

t.test('a server that is idle is ended, and the one idle for longest makes room', async (t) => {
  const { worker, ask, send, notification, exit } = await wrapDialogue(t, {
    options: ['--max-servers', '2', '--idle-sec', '0'],
  });
  const a = who(await ask('who', {}, { sessionId: 'a' }));
  send({ id: 'never', method: 'never', sessionId: 'b' });
  await notification('never/begun');
  t.match(await ask('who', {}, { sessionId: 'c' }), { result: { count: 1 } });
  await until('the server of a has ended', () => !isRunning(a.pid), workerDeadlineMs);
  send({ id: 'c', method: 'never', sessionId: 'c' });
  await notification('never/begun');
  t.match((await ask('who', {}, { sessionId: 'd' })).error, { code: -32001 });
  worker.signal('SIGTERM');
  await until(
    'the drain has begun',
    () => worker.stderr.some((line) => line.includes('draining')),
    workerDeadlineMs,
  );
  worker.signal('SIGTERM');
  t.match(await exit(), { code: 143 });
  await until('no server is left', () => worker.leftovers().length === 0, workerDeadlineMs);

  const idle = await wrapDialogue(t, { options: ['--idle-sec', '0.2'] });
  const { pid } = who(await idle.ask('who', {}, { sessionId: 'a' }));
  await until('the idle server has ended', () => !isRunning(pid), workerDeadlineMs);
  t.match(await idle.ask('who', {}, { sessionId: 'a' }), { result: { count: 1 } });
  idle.worker.stdin.end();
  t.match(await idle.exit(), { code: 0 });
});

t.test(
  'SIGTERM and the end of stdin finish what is pending; at the end of the time the rest is cut off',
  async (t) => {
    for (const end of ['SIGTERM', 'stdin'] as const) {
      const { worker, send, notification, response, exit } = await wrapDialogue(t);
      send({ id: 1, method: 'slow', params: { ms: 300 }, sessionId: 's' });
      await notification('slow/begun');
      if (end === 'SIGTERM') worker.signal('SIGTERM');
      else worker.stdin.end();
      t.match(await response(1), { result: { slow: 300 } });
      t.match(await exit(), { code: 0 }, end);
      await until('nothing is left', () => worker.leftovers().length === 0, workerDeadlineMs);
    }
    const { worker, send, notification, response, exit } = await wrapDialogue(t, {
      options: ['--drain-timeout-sec', '0.3'],
      ways: ['stubborn'],
    });
    send({ id: 1, method: 'never', sessionId: 's' });
    await notification('never/begun');
    worker.stdin.end();
    t.match((await response(1)).error, { code: -32000 });
    t.match(await exit(), { code: 1 });
    await until('no server is left', () => worker.leftovers().length === 0, workerDeadlineMs);
  },
);

t.test('no server and no grandchild outlives the wrapper, not even its SIGKILL', async (t) => {
  const { worker, ask } = await wrapDialogue(t, { ways: ['stubborn'] });
  const first = who(await ask('grandchild', {}, { sessionId: 'dies' }));
  t.ok(isRunning(first.pid));
  await ask('die', {}, { sessionId: 'dies' });
  await until('its grandchild has ended', () => !isRunning(first.pid), workerDeadlineMs);
  const { pid } = who(await ask('grandchild', {}, { sessionId: 's' }));
  t.ok(isRunning(pid));
  worker.signal('SIGKILL');
  await worker.exit();
  await until('nothing is left', () => worker.leftovers().length === 0, workerDeadlineMs);
  t.notOk(isRunning(pid));
});
