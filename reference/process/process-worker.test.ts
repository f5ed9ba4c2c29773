import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import {
  validateClosedNotification,
  validateExitedNotification,
  validateOutputNotification,
} from '../../schemas/generated/process.validate.ts';
import { folder, path, startProcessWorker as start, text } from '../../testing/process-dialogue.ts';
import { workerDeadlineMs } from '../../testing/worker-process.ts';
import { until } from '../faults/process-table.ts';

t.jobs = 2;
t.setTimeout(300_000);

t.test(
  'one counter numbers output, exit and closing, in frames of the schema (PRC-1)',
  async (t) => {
    const { shell, events, end } = start(t);
    t.match(await shell('p', 'echo out; echo err >&2; exit 3'), { result: { processId: 'p' } });
    const frames = await events('p');
    t.same(
      frames.map(({ params }) => params?.seq),
      frames.map((_, index) => index + 1),
    );
    const validators = {
      'process/output': validateOutputNotification,
      'process/exited': validateExitedNotification,
      'process/closed': validateClosedNotification,
    };
    for (const frame of frames) {
      t.ok(validators[frame.method as keyof typeof validators](JSON.parse(frame.text)), frame.text);
      t.equal(frame.sessionId, 's');
    }
    t.match(frames.find(({ method }) => method === 'process/exited')?.params, {
      exitCode: 3,
      sandboxDenied: false,
    });
    t.equal(frames.at(-1)?.method, 'process/closed');
    t.match(await end(), { code: 0 });
  },
);

t.test('the exit code of what a signal ended is 128 and its number', async (t) => {
  const { shell, event, ask } = start(t);
  await shell('p', 'kill -9 $$');
  t.match((await event('process/exited', 'p')).params, { exitCode: 137 });
  await shell('q', 'trap "exit 9" INT; echo up; while :; do sleep 0.01; done');
  await event('process/output', 'q');
  t.match(await ask('process/signal', { processId: 'q', signal: 'interrupt' }), { result: {} });
  t.match((await event('process/exited', 'q')).params, { exitCode: 9 });
  t.match(await ask('process/signal', { processId: 'q', signal: 'kill' }), { result: {} });
});

t.test(
  'a read waits for a chunk, the exit, the closing or its time, and holds up nothing (PRC-3)',
  async (t) => {
    const { run, read, send, response, ask } = start(t);
    await run('p', ['cat'], { pipeStdin: true });
    t.match(await read({ processId: 'p', waitMs: 20 }), { chunks: [], nextSeq: 1, exited: false });
    const waiting = send('process/read', { processId: 'p', waitMs: 1e9 });
    const chunk = Buffer.from('hello').toString('base64');
    t.match(await ask('process/write', { processId: 'p', chunk }), {
      result: { status: 'accepted' },
    });
    t.match((await response(waiting)).result, { chunks: [{ seq: 1, chunk }], nextSeq: 2 });
    const forExit = send('process/read', { processId: 'p', afterSeq: 1, waitMs: 1e9 });
    t.match(await ask('process/terminate', { processId: 'p' }), { result: { running: true } });
    t.match((await response(forExit)).result, { chunks: [], exited: true, exitCode: 143 });
    const end = await read({ processId: 'p', afterSeq: 2, waitMs: 1e9 });
    t.match(end, { chunks: [], nextSeq: 4, closed: true });
    t.match(await read({ processId: 'p', afterSeq: 100, waitMs: 1e9 }), {
      chunks: [],
      closed: true,
    });
    t.match(await ask('process/terminate', { processId: 'p' }), { result: { running: false } });
  },
);

t.test('the first chunk comes always, and no other beyond maxBytes', async (t) => {
  const { shell, event, read } = start(t);
  await shell('p', 'for i in 1 2 3; do echo 123456789; sleep 0.05; done');
  await event('process/closed', 'p');
  const all = await read({ processId: 'p', maxBytes: null, afterSeq: null, waitMs: null });
  t.equal(text(all.chunks), '123456789\n'.repeat(3));
  for (const [maxBytes, least] of [
    [0, 1],
    [9, 1],
    [29, 1],
    [30, 3],
  ] as const) {
    const { chunks, nextSeq } = await read({ processId: 'p', maxBytes });
    t.equal(nextSeq, (chunks.at(-1)?.seq ?? 0) + 1);
    t.ok(chunks.length >= 1 && (chunks.length === 1 || text(chunks).length <= maxBytes));
    t.ok(text(chunks).length >= least * 10 - (least > 1 ? 0 : 10));
  }
});

t.test(
  'the last MiB is retained, and asking for more is an error that says so (PRC-2, PRC-4)',
  async (t) => {
    const { run, event, ask, read } = start(t);
    await run('p', ['head', '-c', '3000000', '/dev/zero']);
    await event('process/closed', 'p');
    const { error } = await ask('process/read', { processId: 'p' });
    t.match(error, { code: -32_010, data: { source: 'worker', name: 'OUTPUT_LOST' } });
    const oldestSeq = Number((error?.data as { oldestSeq?: number } | undefined)?.oldestSeq);
    let bytes = 0;
    for (let afterSeq = oldestSeq - 1, isWhole = false; !isWhole; ) {
      const { chunks, nextSeq } = await read({ processId: 'p', afterSeq });
      if (afterSeq === oldestSeq - 1) t.equal(chunks[0]?.seq, oldestSeq);
      for (const { chunk } of chunks) bytes += Buffer.from(chunk, 'base64').length;
      isWhole = chunks.length === 0;
      afterSeq = nextSeq - 1;
    }
    t.ok(bytes <= 1_048_576 && bytes > 1_048_576 - 65_536, `${bytes} bytes`);
  },
);

t.test('a process is forgotten when its time is over, and its id is free', async (t) => {
  const { run, event, ask } = start(t, '--retain-sec', '0.1');
  for (let round = 0; round < 2; round++) {
    t.match(await run('p', ['true']), { result: { processId: 'p' } });
    await event('process/closed', 'p');
    await until(
      'it is forgotten',
      async () => (await ask('process/read', { processId: 'p' })).error?.code === -32_600,
      workerDeadlineMs,
    );
  }
});

t.test('what cannot be started, or may not, is an error, and no process', async (t) => {
  const cwd = folder(t);
  writeFileSync(join(cwd, 'text'), 'no program');
  symlinkSync('/', join(cwd, 'out'));
  mkdirSync(join(cwd, 'in'));
  const options = ['--root', cwd, '--deny-env', 'LD_*', '--max-processes', '1'];
  const { run, ask, event } = start(t, ...options);
  const wrong: [argv: string[], more: object, code: number, message: RegExp][] = [
    [['no-such-tool'], { cwd }, -32_603, /no-such-tool: there is no such program/],
    [['./text'], { cwd }, -32_603, /may not be executed/],
    [['true'], { cwd: join(cwd, 'nowhere') }, -32_603, /no such cwd/],
    [['true'], { cwd: join(cwd, 'text') }, -32_603, /no folder/],
    [['true'], { cwd: '/' }, -32_602, /none of the folders/],
    [['true'], { cwd: join(cwd, 'out') }, -32_602, /none of the folders/],
    [['true'], { cwd: 'in' }, -32_602, /absolute path/],
    [['true'], { cwd: 'file://elsewhere/x' }, -32_602, /file: URI/],
    [['true'], { cwd, tty: true }, -32_602, /no terminals/],
    [['true'], { cwd, env: { LD_PRELOAD: 'x' } }, -32_602, /LD_PRELOAD/],
    [['a\0b'], { cwd }, -32_602, /argv/],
    [['true'], { cwd, arg0: 'a\0' }, -32_602, /arg0/],
    [[''], { cwd }, -32_602, /argv/],
    [[], { cwd }, -32_602, /argv/],
    [['true', 'x'.repeat(3_000_000)], { cwd }, -32_603, /too long/],
  ];
  for (const [argv, more, code, message] of wrong) {
    t.match((await run('p', argv, more)).error, { code, message }, JSON.stringify(more));
    t.match((await ask('process/read', { processId: 'p' })).error, { code: -32_600 });
  }
  t.match(await run('p', ['cat'], { cwd: `file://${cwd}/in`, pipeStdin: true }), {
    result: { processId: 'p' },
  });
  t.match((await run('p', ['true'], { cwd })).error, { code: -32_600, message: /already exists/ });
  t.match((await run('q', ['true'], { cwd })).error, { code: -32_001, message: /retry later/ });
  const unknown = { processId: 'nobody' };
  t.match((await ask('process/signal', { ...unknown, signal: 'kill' })).error, { code: -32_600 });
  t.match((await ask('process/signal', { processId: 'p', signal: 'HUP' })).error, {
    code: -32_602,
  });
  t.match(await ask('process/terminate', unknown), { result: { running: false } });
  t.match((await ask('process/write', { processId: 'p', chunk: '?' })).error, { code: -32_602 });
  await ask('process/terminate', { processId: 'p' });
  await event('process/closed', 'p');
  t.match(await run('q', ['true'], { cwd }), { result: { processId: 'q' } });
});

t.test('a process has its own environment and name, and nothing of the worker', async (t) => {
  process.env.OF_THE_WORKER = 'secret';
  t.teardown(() => delete process.env.OF_THE_WORKER);
  const { run, shell, event, read } = start(t, '--inherit-env', 'HOME');
  const script = `echo "$A" "$B" "$HOME" "\${OF_THE_WORKER-none}"`;
  await run('env', ['sh', '-c', script], { env: { A: '1', B: 'é' } });
  await event('process/closed', 'env');
  t.equal(text((await read({ processId: 'env' })).chunks), `1 é ${process.env.HOME} none\n`);
  const descriptors = async (processId: string) => {
    await shell(processId, 'echo $0; exec ls /proc/self/fd', { arg0: 'other' });
    await event('process/closed', processId);
    return text((await read({ processId })).chunks);
  };
  const alone = await descriptors('alone');
  t.match(alone, /^other\n0\n/);
  await run('beside', ['cat'], { pipeStdin: true });
  t.equal(await descriptors('second'), alone, 'no pipe of another process is among them');
});

t.test('processes belong to the session that started them', async (t) => {
  const { ask, run, send, response } = start(t);
  const params = { processId: 'p', argv: ['cat'], cwd: '/', env: {}, pipeStdin: true };
  t.match(await run('p', ['true']), { sessionId: 's', result: { processId: 'p' } });
  const other = 'other';
  const chunk = '';
  const write = { processId: 'p', chunk };
  t.match((await ask('process/read', { processId: 'p' }, other)).error, { code: -32_600 });
  t.match(await ask('process/write', write, other), { result: { status: 'unknownProcess' } });
  t.match(await ask('process/terminate', { processId: 'p' }, other), {
    result: { running: false },
  });
  t.match(await ask('process/start', params, other), { sessionId: other, result: {} });
  t.match(await response(send('process/write', write, other)), { result: { status: 'accepted' } });
});

t.test('each writeId is written once, in order, and a full stdin makes a write wait', async (t) => {
  const { run, ask, send, response, event, read, worker } = start(t);
  const base64 = (of: string) => Buffer.from(of).toString('base64');
  await run('p', ['cat'], { pipeStdin: true });
  const write = (chunk: string, writeId?: string) =>
    ask('process/write', { processId: 'p', chunk: base64(chunk), ...(writeId ? { writeId } : {}) });
  for (const [chunk, id] of [
    ['a', '1'],
    ['b', '2'],
    ['a', '1'],
    ['c'],
    ['b', '2'],
    ['c'],
  ] as const) {
    t.match(await write(chunk, id), { result: { status: 'accepted' } });
  }
  await until(
    'it is written',
    async () => text((await read({ processId: 'p' })).chunks) === 'abcc',
    workerDeadlineMs,
  );
  await run('none', ['true']);
  const toNone = { processId: 'none', chunk: '' };
  t.match(await ask('process/write', toNone), { result: { status: 'stdinClosed' } });

  await run('sleeper', ['sleep', '1000'], { pipeStdin: true });
  const big = base64('x'.repeat(800_000));
  const to = (writeId: string) => ({ processId: 'sleeper', chunk: big, writeId });
  t.match(await ask('process/write', to('1')), { result: { status: 'accepted' } });
  t.match(await ask('process/write', to('2')), { result: { status: 'accepted' } });
  const third = send('process/write', to('3'));
  const again = send('process/write', to('3'));
  // Others are not held up by it.
  t.match(await ask('process/write', to('1')), { result: { status: 'accepted' } });
  t.notOk(worker.frames.queued.some(({ id }) => id === third || id === again));
  await ask('process/terminate', { processId: 'sleeper' });
  t.match(await response(third), { result: { status: 'stdinClosed' } });
  t.match(await response(again), { result: { status: 'stdinClosed' } });
  await event('process/closed', 'sleeper');
  t.match(await ask('process/write', to('1')), { result: { status: 'accepted' } });
  t.match(await ask('process/write', to('4')), { result: { status: 'stdinClosed' } });
});

t.test('a sandbox that denied something shows in the exit, and in reads', async (t) => {
  const { shell, event, ask } = start(
    t,
    '--denied-exit-code',
    '77,78',
    '--denied-stderr',
    'Not Permitted',
  );
  const commands: [script: string, isDenied: boolean][] = [
    ['exit 78', true],
    ['echo operation not permitted >&2; exit 1', true],
    ['echo operation not permitted >&2', false],
    ['exit 1', false],
  ];
  for (const [index, [script, sandboxDenied]] of commands.entries()) {
    const processId = `p${index}`;
    await shell(processId, script);
    t.match((await event('process/exited', processId)).params, { sandboxDenied }, script);
    t.match(await ask('process/read', { processId }), { result: { sandboxDenied } });
  }
});

t.test('three hundred processes at once are each told whole', async (t) => {
  const { send, events, worker } = start(t);
  const count = 300;
  for (let n = 0; n < count; n++) {
    const params = { processId: `p${n}`, argv: ['echo', String(n)], cwd: '/', env: { PATH: path } };
    send('process/start', params);
  }
  for (let n = 0; n < count; n++) {
    const [output, ...rest] = await events(`p${n}`);
    const chunk = Buffer.from(`${n}\n`).toString('base64');
    if (output?.params?.chunk !== chunk || rest.length !== 2) t.fail(`process ${n}`);
  }
  t.notOk(worker.frames.queued.some(({ error }) => error !== undefined));
});
