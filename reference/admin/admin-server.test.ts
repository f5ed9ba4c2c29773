import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { type BusOptions, type BusProcess, startBus } from '../../testing/bus-process.ts';
import { within } from '../faults/frame-connection.ts';
import { kill, probeConfig, workerSeen } from '../faults/probe-pool.ts';
import { until } from '../faults/process-table.ts';

t.jobs = 4;

interface Reply {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

function startServe(t: Test, config: BusOptions['config'] = probeConfig()): Promise<BusProcess> {
  return startBus(t, {
    config,
    program: 'serve',
    args: (folder) => ['--config', join(folder, 'config.json'), '--tcp', '0', '--admin', '0'],
  });
}

async function adminUrl(bus: BusProcess): Promise<string> {
  return until(
    'the admin endpoint',
    () => /admin endpoint on (\S+)/.exec(bus.stderr.join('\n'))?.[1],
  );
}

async function ask(bus: BusProcess, path: string, method = 'GET'): Promise<Reply> {
  const url = await adminUrl(bus);
  const coming = new Promise<Reply>((resolve, reject) => {
    const asking = request(`${url}${path}`, { method, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      const { statusCode: status, headers } = response;
      response.once('end', () => resolve({ status, headers, text }));
    });
    asking.once('error', reject);
    asking.end();
  });
  return within(coming, `an answer to ${method} ${path}`);
}

/** The value of one sample of /metrics. */
async function metric(bus: BusProcess, sample: string): Promise<number> {
  const { text } = await ask(bus, '/metrics');
  const line = text.split('\n').find((each) => each.startsWith(`${sample} `));
  return Number(line?.slice(sample.length));
}

t.test('/metrics counts what passed, by direction and pool', async (t) => {
  const bus = await startServe(t, probeConfig([{ instances: 2 }, { id: 'b' }]));
  const client = await bus.connect();
  const frames = Array.from({ length: 5 }, (_, id) => ({
    id,
    method: 'echo',
    sessionId: `s${id}`,
  }));
  client.send(...frames);
  for (const { id } of frames) await client.response(id);
  await client.request('notify', { count: 3 }, { sessionId: 'of b', pool: 'b' });
  client.send('bad', { id: 'unknown', result: {} });
  await client.response(null);
  client.send({ id: 'held', method: 'hold', params: { key: 'k' }, pool: 'b' });
  await client.request('echo', {}, { pool: 'b' });

  const { status, headers, text } = await ask(bus, '/metrics');
  t.equal(status, 200);
  t.match(headers['content-type'], /^text\/plain; version=0\.0\.4/);
  for (const line of [
    'stdio_bus_frames_total{direction="in",pool="main"} 5',
    'stdio_bus_frames_total{direction="out",pool="main"} 5',
    'stdio_bus_frames_total{direction="in",pool="b"} 3',
    'stdio_bus_frames_total{direction="out",pool="b"} 5',
    'stdio_bus_frames_total{direction="out",pool=""} 1',
    'stdio_bus_pending_requests{pool="main"} 0',
    'stdio_bus_pending_requests{pool="b"} 1',
    'stdio_bus_sessions 6',
    'stdio_bus_pool_sessions{pool="main"} 5',
    'stdio_bus_workers{pool="main",state="ready"} 2',
    'stdio_bus_worker_restarts_total{pool="b"} 0',
    'stdio_bus_queue_bytes{peer="worker",pool="main"} 0',
    'stdio_bus_queue_bytes{peer="client",pool=""} 0',
    'stdio_bus_errors_total{name="PARSE_ERROR"} 1',
    'stdio_bus_drops_total{reason="unmatched-response"} 1',
    'stdio_bus_routing_errors_total 2',
    'stdio_bus_connections 1',
    'stdio_bus_connects_total 1',
    'stdio_bus_disconnects_total 0',
    'stdio_bus_draining 0',
    'stdio_bus_routing_seconds_count 1',
  ]) {
    t.ok(text.includes(`\n${line}\n`), line);
  }
  const { result } = await client.request('stdio_bus/stats');
  const { bytesIn } = JSON.parse((await ask(bus, '/status')).text);
  const ofMain = await metric(bus, 'stdio_bus_bytes_total{direction="in",pool="main"}');
  const ofB = await metric(bus, 'stdio_bus_bytes_total{direction="in",pool="b"}');
  t.equal(ofMain + ofB, bytesIn);
  t.equal(bytesIn, (result as { bytesIn?: number } | undefined)?.bytesIn);
  t.match(text, /^process_resident_memory_bytes \d/m, "prom-client's own");
});

t.test('one chunk of 64 is timed', async (t) => {
  const bus = await startServe(t);
  const client = await bus.connect();
  for (let n = 0; n < 130; n += 1) await client.request('echo');
  t.equal(await metric(bus, 'stdio_bus_routing_seconds_count'), 3);
  const sum = await metric(bus, 'stdio_bus_routing_seconds_sum');
  t.ok(sum > 0 && sum < 1, `${sum} s`);
});

t.test('a restart is counted for its pool', async (t) => {
  const bus = await startServe(t, probeConfig([{}, { id: 'b' }]));
  const client = await bus.connect();
  const { result } = await client.request('echo', {}, { pool: 'b' });
  await kill(result?.pid as number);
  await workerSeen(client, { pool: 'b', incarnation: 2, state: 'ready' });
  t.equal(await metric(bus, 'stdio_bus_worker_restarts_total{pool="b"}'), 1);
  t.equal(await metric(bus, 'stdio_bus_worker_restarts_total{pool="main"}'), 0);
});

t.test('/status is what stdio_bus/stats gives', async (t) => {
  const bus = await startServe(t, probeConfig([{ instances: 2 }]));
  const client = await bus.connect();
  await client.request('echo', {}, { sessionId: 's' });
  const { result } = await client.request('stdio_bus/stats');
  const { status, headers, text } = await ask(bus, '/status');
  t.match({ status, type: headers['content-type'] }, { status: 200, type: 'application/json' });
  const { messagesOut, bytesOut, ...before } = result as unknown as Record<string, number>;
  t.match(JSON.parse(text), before);
  t.equal(JSON.parse(text).messagesOut, (messagesOut as number) + 1);
});

t.test('/readyz says why not: a pool without a live worker, and a drain', async (t) => {
  const pools = [{}, { id: 'b', args: ['--sigterm', 'ignore'] }];
  const bus = await startServe(t, probeConfig(pools, { max_restarts: 0 }));
  const client = await bus.connect();
  const { status, text } = await ask(bus, '/readyz');
  t.match({ status, text }, { status: 200, text: '{"ready":true,"reasons":[]}\n' });
  const { result } = await client.request('echo', {}, { pool: 'b' });
  await kill(result?.pid as number);
  await workerSeen(client, { pool: 'b', state: 'failed' });
  const failed = await ask(bus, '/readyz');
  t.equal(failed.status, 503);
  t.same(JSON.parse(failed.text), {
    ready: false,
    reasons: ['every worker of pool b has failed'],
  });
  client.send({ id: 1, method: 'hold', params: { key: 'k' } });
  await client.request('echo');
  bus.signal('SIGTERM');
  const draining = await until('the drain', async () => {
    const reply = await ask(bus, '/readyz');
    return reply.text.includes('draining') && reply;
  });
  t.match(draining, { status: 503, text: /"the bus is draining"/ });
  t.equal((await ask(bus, '/healthz')).status, 200, 'the process lives');
  t.equal(await metric(bus, 'stdio_bus_draining'), 1);
  bus.signal('SIGTERM');
  t.match(await bus.exit(), { code: 0 });
});

t.test('anything else is 404, other methods are 405, HEAD has no body', async (t) => {
  const bus = await startServe(t);
  t.match(await ask(bus, '/'), { status: 404, text: /\/metrics, \/healthz/ });
  t.match(await ask(bus, '/metrics/x'), { status: 404 });
  t.match(await ask(bus, '/__proto__'), { status: 404 });
  t.match(await ask(bus, '/healthz?x=1'), { status: 200, text: '{"alive":true}\n' });
  t.match(await ask(bus, '/healthz', 'POST'), { status: 405, headers: { allow: 'GET, HEAD' } });
  t.match(await ask(bus, '/healthz', 'HEAD'), { status: 200, text: '' });
});

t.test('it is on the loopback address, and a client that says nothing keeps nobody', async (t) => {
  const bus = await startServe(t);
  const { hostname, port } = new URL(await adminUrl(bus));
  t.equal(hostname, '127.0.0.1');
  const silent = Array.from({ length: 80 }, () => connect(Number(port), hostname));
  t.teardown(() => silent.map((socket) => socket.destroy()));
  let closed = 0;
  for (const socket of silent) {
    socket.on('error', () => {});
    socket.once('close', () => {
      closed += 1;
    });
    socket.resume();
  }
  await until('those over 64 are refused', () => closed >= 16);
  await until('the others are timed out', () => closed === 80, 10_000);
  t.equal((await ask(bus, '/healthz')).status, 200);
  bus.signal('SIGTERM');
  t.match(await bus.exit(2000), { code: 0 });
});
