import { once } from 'node:events';
import { connect } from 'node:net';
import t, { type Test } from 'tap';
import { createBus } from '../../reference/embedded/create-bus.ts';
import { probeConfig } from '../../reference/faults/probe-pool.ts';
import { until } from '../../reference/faults/process-table.ts';
import { startAdapter as startHttp } from '../http/adapter-under-test.ts';
import { openWebSocket, startAdapter as startWs } from './adapter-under-test.ts';

const flood = { id: 1, method: 'notify', sessionId: 's', params: { count: 600, size: 50_000 } };

/** A bus behind a socket, which a connection that is not read cannot see the end of. */
async function startBus(t: Test) {
  const bus = await createBus(probeConfig([{}], { backpressure_timeout_sec: 1 }));
  t.teardown(() => bus.destroy());
  const { url } = await bus.listen({ tcp: '127.0.0.1:0' });
  return { bus, options: { bus: url, backpressureTimeoutMs: 1000 } };
}

t.test(
  'WebSocket: whoever reads nothing is cut off, in front of a bus elsewhere too',
  async (t) => {
    const { bus, options } = await startBus(t);
    const { url } = await startWs(t, options);
    const { webSocket } = await openWebSocket(t, url);
    const closed = once(webSocket, 'close');
    webSocket.on('error', () => {});
    webSocket.pause();
    webSocket.send(JSON.stringify(flood));
    await until('the bus is left', async () => (await bus.stats()).clientDisconnects === 1, 20_000);
    // Whoever has gone answers with a reset.
    const probing = setInterval(() => webSocket.ping(), 200);
    t.teardown(() => clearInterval(probing));
    t.match(await closed, [1006]);
  },
);

t.test('HTTP: whoever reads nothing of a stream is cut off', async (t) => {
  const { bus, options } = await startBus(t);
  const { address } = await startHttp(t, options);
  const [host, port] = address.split(':') as [string, string];
  const socket = connect(Number(port), host);
  t.teardown(() => socket.destroy());
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const body = `${JSON.stringify(flood)}\n`;
  socket.on('error', () => {});
  socket.write('POST /v1/frames HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n');
  socket.write(`${body.length.toString(16)}\r\n${body}\r\n`);
  await until('the bus is left', async () => (await bus.stats()).clientDisconnects === 1, 20_000);
  const probing = setInterval(() => socket.write('1\r\n \r\n'), 200);
  t.teardown(() => clearInterval(probing));
  await closed;
  t.pass('its connection is gone');
});
