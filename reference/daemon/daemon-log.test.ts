import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { type BusProcess, startBus } from '../../testing/bus-process.ts';
import { createFrameConnection, within } from '../faults/frame-connection.ts';
import { probeConfig, workerSeen } from '../faults/probe-pool.ts';
import { residentBytes, until } from '../faults/process-table.ts';
import { textLine } from './text-line.ts';

t.jobs = 4;

function startServe(t: Test, ...args: string[]): Promise<BusProcess> {
  return startBus(t, {
    config: probeConfig(),
    program: 'serve',
    args: (folder) => ['--config', join(folder, 'config.json'), '--tcp', '0', ...args],
  });
}

/** Makes a worker write on stderr, a refused frame, a dropped one, and a loss. */
async function misbehave(bus: BusProcess): Promise<void> {
  const client = await bus.connect();
  await client.request('write-stderr', { lines: 2, size: 3 });
  client.send('bad');
  await client.response(null);
  client.send({ id: 'nobody asked', result: {} });
  await client.request('die', { code: 7 });
  await workerSeen(client, { incarnation: 2, state: 'ready' });
  bus.signal('SIGTERM');
  await bus.exit();
}

t.test('json is one object a line, with what happened to whom', async (t) => {
  const bus = await startServe(t, '--log-format', 'json');
  await misbehave(bus);
  const lines = bus.stderr.map((line) => JSON.parse(line));
  const named = (msg: string) => lines.filter((line) => line.msg === msg);
  t.match(named('worker started'), [
    { name: 'stdio_bus', level: 30, worker: 'main/0', pid: bus.pid },
  ]);
  t.match(named('stderr of main/0'), [
    { worker: 'main/0', stderr: 'xxx' },
    { worker: 'main/0', stderr: 'xxx' },
  ]);
  t.match(named('answered with an error').slice(0, 1), [{ level: 40, error: 'PARSE_ERROR' }]);
  t.match(named('frame dropped: unmatched-response'), [{ level: 40 }]);
  t.match(named('worker lost'), [{ worker: 'main/0', how: 'exited with code 7', incarnation: 1 }]);
  t.match(named('worker restarted'), [{ worker: 'main/0', incarnation: 2 }]);
  t.match(named('draining'), [{ reason: 'SIGTERM' }]);
});

t.test('text is a line for people, without colours where no terminal is', async (t) => {
  const bus = await startServe(t);
  await misbehave(bus);
  const text = bus.stderr.join('\n');
  t.match(text, /^\d{4}-\d\d-\d\dT[\d:.]+Z INFO {2}main\/0: xxx$/m);
  t.match(text, /^\S+ WARN {2}answered with an error connection=1 error=PARSE_ERROR/m);
  t.match(text, /^\S+ WARN {2}worker lost worker=main\/0 .*how="exited with code 7"/m);
  t.notOk(text.includes('\u001b'), 'no colours');
});

t.test('frames that pass leave no line', async (t) => {
  const bus = await startServe(t);
  const client = await bus.connect();
  const before = bus.stderr.length;
  for (let n = 0; n < 100; n += 1) await client.request('echo', {}, { sessionId: `s${n}` });
  t.equal(bus.stderr.length, before);
});

t.test('a level hides what is below it, but never where the bus listens', async (t) => {
  for (const [level, expected] of [
    ['warn', /^(WARN|ERROR)/],
    ['silent', /^never/],
  ] as const) {
    const bus = await startServe(t, '--log-level', level);
    await misbehave(bus);
    const [listening, ...others] = bus.stderr.map((line) => line.split(' ').slice(1).join(' '));
    t.match(listening, /listening on tcp:/);
    t.ok(
      others.every((line) => expected.test(line)),
      others.join('\n'),
    );
  }
});

/** A bus on stdio whose stderr is left to the test. */
function bareBus(t: Test, ...args: string[]): ChildProcessWithoutNullStreams {
  const folder = mkdtempSync(join(tmpdir(), 'daemon-log-'));
  const config = join(folder, 'config.json');
  writeFileSync(config, JSON.stringify(probeConfig()));
  const cli = fileURLToPath(new URL('../../cli.js', import.meta.url));
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [cli, 'serve', '--config', config, ...args], {
    env: { PATH, HOME },
  });
  t.teardown(() => {
    child.kill('SIGTERM');
    rmSync(folder, { recursive: true });
  });
  return child;
}

for (const format of ['text', 'json']) {
  t.test(`a stderr that nobody reads holds up no frame, in ${format}`, async (t) => {
    const child = bareBus(t, '--log-format', format);
    const client = createFrameConnection(child.stdout, child.stdin);
    const flood = { lines: 3000, size: 8000 };
    for (let n = 0; n < 4; n += 1) {
      t.ok((await client.request('write-stderr', flood, { deadlineMs: 20_000 })).result);
    }
    t.ok(residentBytes(child.pid as number) < 250e6, 'its memory is bounded');
    client.end();
    const [code] = await within(once(child, 'exit'), 'the end of the bus');
    t.equal(code, 0);
  });

  t.test(`a stderr that is closed ends no bus, in ${format}`, async (t) => {
    const child = bareBus(t, '--log-format', format);
    const client = createFrameConnection(child.stdout, child.stdin);
    await client.request('echo');
    child.stderr.destroy();
    for (let n = 0; n < 20; n += 1) {
      client.send('bad');
      await client.response(null);
    }
    t.ok((await client.request('echo')).result);
    client.end();
    const [code] = await within(once(child, 'exit'), 'the end of the bus');
    t.equal(code, 0);
  });
}

t.test('lines that a slow reader missed are counted', async (t) => {
  const child = bareBus(t);
  const client = createFrameConnection(child.stdout, child.stdin);
  await client.request('write-stderr', { lines: 900, size: 8000 });
  let text = '';
  child.stderr.on('data', (chunk) => {
    text += chunk;
  });
  await until('the count', () => /\d+ lines of log were lost: slow stderr/.test(text));
  t.pass();
});

t.test("a worker's line cannot make another line, or move a cursor", (t) => {
  const at = new Date(0);
  const line = textLine({
    level: 'info',
    message: 'stderr of a/0',
    facts: { worker: 'a/0', stderr: 'x\u001b[2Jy\r\u2028z' },
    at,
    isColoured: false,
  });
  t.equal(line, '1970-01-01T00:00:00.000Z INFO  a/0: x\\x1b[2Jy\\x0d\\x2028z\n');
  const coloured = { level: 'error', message: 'm', facts: { n: 1, s: 'two words' }, at } as const;
  t.equal(
    textLine({ ...coloured, isColoured: true }),
    '1970-01-01T00:00:00.000Z \u001b[31mERROR\u001b[39m m n=1 s="two words"\n',
  );
  t.end();
});
