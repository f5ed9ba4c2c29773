import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { linesOf, within } from '../../reference/faults/frame-connection.ts';
import { probeConfig } from '../../reference/faults/probe-pool.ts';
import { fileIn, folderFor } from '../../testing/test-folder.ts';
import { openEvents, rpc } from '../http/adapter-under-test.ts';
import { openWebSocket, refusalAt } from './adapter-under-test.ts';

/** The command of the same build as this test. */
const cli = fileURLToPath(new URL('../../cli.js', import.meta.url));

function configFile(t: Test): string {
  return fileIn(folderFor(t), 'config.json', JSON.stringify(probeConfig()));
}

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  /** Its exit code, once it has ended. */
  ended(): Promise<number | null>;
}

async function startCommand(t: Test, command: string, ...args: string[]): Promise<Running> {
  const bus = `embedded:${configFile(t)}`;
  const child = spawn(
    process.execPath,
    [cli, command, '--bus', bus, '--listen', '127.0.0.1:0', ...args],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  t.teardown(() => child.kill('SIGKILL'));
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  const url = await within(
    new Promise<string>((resolve) => {
      linesOf(child.stderr as NodeJS.ReadableStream as never, (line) => {
        const found = /listening on (\S+)/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
    }),
    `${command} listens`,
    20_000,
  );
  return { child, url, ended: () => within(exit, 'its end', 20_000) };
}

async function run(...args: string[]): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const [code] = await within(once(child, 'close'), args.join(' '), 20_000);
  return { code, stderr };
}

t.test('ws: SIGTERM answers what is pending, closes with 1001, and ends with 0', async (t) => {
  const { child, url, ended } = await startCommand(t, 'ws');
  const busy = await openWebSocket(t, url);
  const idle = await openWebSocket(t, url);
  await idle.ask('echo');
  busy.send('{"id":1,"method":"later","params":{"ms":700}}');
  busy.send('{"id":2,"method":"echo"}');
  await busy.next();
  child.kill('SIGTERM');
  t.match(await idle.closed(), { code: 1001 });
  t.match((await busy.next()).frame, { id: 1, result: {} });
  t.match(await busy.closed(), { code: 1001 });
  t.equal(await ended(), 0);
});

t.test('ws: new connections are refused during a drain', async (t) => {
  const { child, url, ended } = await startCommand(t, 'ws', '--drain-timeout-sec', '1');
  const busy = await openWebSocket(t, url);
  const other = await openWebSocket(t, url);
  busy.send('{"id":1,"method":"never"}');
  busy.send('{"id":2,"method":"echo"}');
  await busy.next();
  child.kill('SIGTERM');
  await other.closed();
  await t.rejects(
    refusalAt(url).then(() => openWebSocket(t, url)),
    'nobody listens any more',
  );
  t.match(await busy.closed(), { code: 1001 }, 'the time is over');
  t.equal(await ended(), 0);
});

t.test('http: SIGTERM answers what is pending, ends the events, and ends with 0', async (t) => {
  const { child, url, ended } = await startCommand(t, 'http');
  const events = await openEvents(t, url, { session: 's' });
  const pending = rpc(url, { id: 1, method: 'later', sessionId: 's', params: { ms: 700 } });
  await rpc(url, { id: 2, method: 'notify', sessionId: 's', params: {} });
  await events.nextEvent();
  child.kill('SIGTERM');
  t.match(await pending, { status: 200, frame: { id: 1, result: {} } });
  t.equal(await events.nextEvent(), undefined);
  t.equal(await ended(), 0);
});

t.test('wrong use ends with one clear line and a code', async (t) => {
  const folder = folderFor(t);
  const bad = fileIn(folder, 'bad.json', '{"pools":[]}');
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  t.teardown(() => taken.close());
  const { port } = taken.address() as { port: number };
  const good = `embedded:${configFile(t)}`;
  const table: [args: string[], code: number, stderr: RegExp][] = [
    [['ws'], 64, /give --bus/],
    [['ws', '--bus', 'tcp://127.0.0.1:1'], 69, /cannot connect to tcp:\/\/127\.0\.0\.1:1/],
    [['http', '--bus', `embedded:${bad}`], 78, /\/pools/],
    [['ws', '--bus', good, '--ping-interval-sec', 'soon'], 64, /number of seconds, not "soon"/],
    [['http', '--bus', good, '--event-bytes', 'x'], 64, /whole number, not "x"/],
    [['ws', '--bus', good, '--allow-origin', 'app'], 64, /"app" is no origin/],
    [['http', '--bus', good, '--listen', '0.0.0.0:0'], 64, /--insecure-plaintext/],
    [
      ['ws', '--bus', good, '--listen', `127.0.0.1:${port}`],
      1,
      /cannot listen on ws:\/\/127\.0\.0\.1/,
    ],
    [['http', '--bus', good, '--listen', `127.0.0.1:${port}`], 1, /in use|listens/],
  ];
  for (const [args, expected, message] of table) {
    const { code, stderr } = await run(...args);
    t.equal(code, expected, args.join(' '));
    t.match(stderr, message);
    const told = stderr.split('\n').filter((line) => line.startsWith('stdio-bus-kit: '));
    t.equal(told.length, 1, stderr);
  }
});
