import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import t, { type Test } from 'tap';
import { createFrameConnection } from '../faults/frame-connection.ts';
import { probeConfig } from '../faults/probe-pool.ts';
import { until } from '../faults/process-table.ts';
import { Bus } from './bus.ts';

/** A bus behind a listener that stays open, whatever becomes of the bus. */
async function listeningBus(t: Test) {
  const bus = new Bus(probeConfig());
  const accepted: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    accepted.push(socket);
    bus.connect(socket);
  });
  t.teardown(async () => {
    server.close();
    for (const socket of accepted) socket.destroy();
    await bus.destroy();
  });
  await bus.start();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return { bus, accepted, client: () => staying(t, port) };
}

/** A client that never closes its side. */
function staying(t: Test, port: number) {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  t.teardown(() => void socket.destroy());
  return createFrameConnection(socket, socket);
}

for (const how of ['drain', 'destroy'] as const) {
  t.test(`after a ${how} a connection that comes is closed at once`, async (t) => {
    const { bus, accepted, client } = await listeningBus(t);
    await bus[how]();
    const late = client();
    await late.ended();
    t.match(accepted, [{ destroyed: true }]);
    t.match(bus.stats(), { clientConnects: 1, clientDisconnects: 1 });
  });
}

t.test('a drain lets go of a client that has got everything and stays', async (t) => {
  const { bus, accepted, client } = await listeningBus(t);
  const staying = client();
  t.ok((await staying.request('echo')).result);
  await bus.drain();
  await staying.ended();
  await until('its socket is closed', () => accepted[0]?.destroyed === true);
  t.match(bus.stats(), { clientConnects: 1, clientDisconnects: 1 });
});

t.test('an open stdin keeps no process whose bus was drained', async (t) => {
  const url = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const script = `
    import { Bus } from ${url('./bus.js')};
    import { stdioStream } from ${url('./stdio-stream.js')};
    const bus = new Bus(${JSON.stringify(probeConfig())});
    await bus.start();
    bus.connect(stdioStream());
    process.once('SIGTERM', () => bus.drain());`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
  t.teardown(() => child.kill('SIGKILL'));
  const client = createFrameConnection(child.stdout, child.stdin);
  t.ok((await client.request('echo')).result);
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await client.ended();
  await until('it has ended', () => child.exitCode !== null);
  t.same(await exit, [0, null]);
});
