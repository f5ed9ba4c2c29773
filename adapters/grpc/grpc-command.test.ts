import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectSocket, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { createFrameConnection } from '../../reference/faults/frame-connection.ts';
import { probeConfig } from '../../reference/faults/probe-pool.ts';
import { until } from '../../reference/faults/process-table.ts';
import { startBus } from '../../testing/bus-process.ts';
import { fileIn, folderFor } from '../../testing/test-folder.ts';
import { connectGrpc } from './connect-grpc.ts';
import { grpcCommand } from './grpc-command.ts';

const cli = fileURLToPath(new URL('../../cli.js', import.meta.url));

interface CommandProcess {
  readonly child: ChildProcessWithoutNullStreams;
  /** What it printed until now. */
  stderr(): string;
  /** The address that it says it listens on. */
  listening(): Promise<string>;
  exit(): Promise<{ code: number | null; stderr: string }>;
}

function start(t: Test, ...args: string[]): CommandProcess {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME };
  const child = spawn(process.execPath, [cli, ...args], { env });
  t.teardown(() => child.kill('SIGKILL'));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const closed = once(child, 'close');
  return {
    child,
    stderr: () => stderr,
    listening: async () => {
      const found = await until(
        'it listens',
        () => {
          if (child.exitCode !== null) throw new Error(stderr);
          return /listening on \w+:\/\/(\S+)/.exec(stderr) ?? undefined;
        },
        20_000,
      );
      return found[1] as string;
    },
    async exit() {
      const [code] = await closed;
      return { code, stderr };
    },
  };
}

function configFile(t: Test, config: object = probeConfig()): string {
  return fileIn(folderFor(t), 'config.json', JSON.stringify(config));
}

t.test('what is wrong with the command line is said before anything is started', async (t) => {
  const bus = ['--bus', 'embedded:config.json'];
  for (const [args, message] of [
    [[], /give --bus/],
    [['--bus', 'http://x'], /neither embedded:FILE, tcp:/],
    [['--bus', 'embedded:'], /needs a file/],
    [[...bus, '--listen', 'nowhere'], /--listen: "nowhere" is no HOST:PORT/],
    [[...bus, '--max-frame-bytes', 'many'], /whole number/],
    [[...bus, '--drain-timeout-sec', 'x'], /number of seconds/],
    [[...bus, '--trace-endpoint', 'x'], /URL/],
    [[...bus, '--log-level', 'loud'], /info, warn/],
    [[...bus, 'more'], /"more" is too much/],
    [[...bus, '--bus', 'tcp://h:1'], /stands twice/],
    [['bridge'], /--grpc/],
    [['bridge', '--grpc', 'nowhere'], /HOST:PORT/],
    [['bridge', '--grpc', 'h:1', '--tls-ca', '/no/such'], /cannot be read/],
  ] as const) {
    await t.rejects(grpcCommand.run([...args]), { name: 'UsageError', message }, args.join(' '));
  }
});

t.test('what cannot be started ends with one line that says why, and a code', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  t.teardown(() => taken.close());
  const { port } = taken.address() as { port: number };
  const config = configFile(t);
  const bus = ['--bus', `embedded:${config}`, '--log-level', 'silent'];
  const badTokens = fileIn(folderFor(t), 'tokens.txt', 'short alice\n');
  const cases = [
    [['--bus', 'tcp://127.0.0.1:1'], 69, /cannot connect to tcp:\/\/127\.0\.0\.1:1: ECONNREFUSED/],
    [['--bus', 'embedded:/no/such/file'], 78, /there is no such file/],
    [[...bus, '--listen', `127.0.0.1:${port}`], 1, /the address is in use/],
    [[...bus, '--listen', '0.0.0.0:0'], 64, /--insecure-plaintext/],
    [[...bus, '--token-file', badTokens], 64, /line 1: a token has at least 16/],
  ] as const;
  const results = await Promise.all(cases.map(([args]) => start(t, 'grpc', ...args).exit()));
  for (const [index, [args, code, message]] of cases.entries()) {
    const result = results[index] as (typeof results)[0];
    t.match(result.stderr, message);
    t.equal(result.stderr.trim().split('\n').length, 1, result.stderr);
    t.equal(result.code, code, args.join(' '));
  }
});

t.test('a signal drains; a second one ends it at once', async (t) => {
  const config = configFile(t);
  const adapter = start(t, 'grpc', '--bus', `embedded:${config}`, '--listen', '127.0.0.1:0');
  const client = connectGrpc(`grpc://${await adapter.listening()}`);
  t.teardown(() => client.close());
  const pending = client.call('never').catch((error: Error) => error.name);
  const { pid } = (await client.call('echo')) as { pid: number };
  adapter.child.kill('SIGINT');
  await until('it drains', () => adapter.stderr().includes('draining'));
  adapter.child.kill('SIGINT');
  t.equal((await adapter.exit()).code, 0);
  t.match(String(await pending), /CONNECTION_LOST|WORKER_LOST|ABORTED/);
  t.throws(() => process.kill(pid, 0), 'its worker is gone');
});

t.test('the bridge gives TCP clients the bus: frames, half-close and cut', async (t) => {
  const bus = await startBus(t, { config: probeConfig([{}], { max_input_buffer: 100_000 }) });
  const adapter = start(t, 'grpc', '--bus', `tcp://${bus.address()}`, '--listen', '127.0.0.1:0');
  const bridge = start(t, 'grpc', 'bridge', '--grpc', await adapter.listening());
  const [host, port] = (await bridge.listening()).split(':') as [string, string];
  const open = async () => {
    const socket = connectSocket({ host, port: Number(port), allowHalfOpen: true });
    t.teardown(() => void socket.destroy());
    await once(socket, 'connect');
    return { socket, connection: createFrameConnection(socket, socket) };
  };
  const { connection, socket } = await open();
  const { result } = await connection.request('echo', { a: 1 }, { sessionId: 's' });
  t.match(result, { params: { a: 1 } });
  socket.write('nonsense\n');
  t.match(await connection.response(null), { error: { code: -32700 } });
  socket.write(`${'x'.repeat(200_000)}\n`);
  t.match(await connection.response(null), { error: { code: -32055 } });
  socket.write('{"id":7,"method":"later","params":{"ms":200}}\n{"half":');
  socket.end();
  t.ok((await connection.response(7)).result);
  await connection.ended();

  const cut = await open();
  cut.socket.write('{"id":1,"method":"never","sessionId":"s"}\n');
  await cut.connection.request('stdio_bus/stats');
  cut.socket.resetAndDestroy();
  const watching = await bus.connect();
  await until('the bus has seen the cut', async () => {
    const { result } = await watching.request('stdio_bus/stats');
    return (result as unknown as { clientDisconnects: number }).clientDisconnects === 2;
  });
  const last = await open();
  t.ok((await last.connection.request('echo')).result);
  await bus.destroy();
  await last.connection.ended();
  bridge.child.kill('SIGTERM');
  t.equal((await bridge.exit()).code, 0);
});
