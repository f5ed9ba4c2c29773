import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { type BusProcess, startBus } from '../../testing/bus-process.ts';
import { kill, probeConfig, stall } from '../faults/probe-pool.ts';
import { until } from '../faults/process-table.ts';

t.jobs = 4;

/** A span as OTLP has it in JSON. */
interface Span {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code?: number; readonly message?: string };
  readonly attributes: readonly { key: string; value: { stringValue?: string } }[];
}

interface Collector {
  readonly url: string;
  readonly spans: Span[];
  readonly services: unknown[];
}

/** Takes spans over HTTP; where it is `mute`, it never answers. */
async function startCollector(t: Test, { isMute = false } = {}): Promise<Collector> {
  const spans: Span[] = [];
  const services: unknown[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url !== '/v1/traces' || request.method !== 'POST') return response.destroy();
      for (const { resource, scopeSpans } of JSON.parse(Buffer.concat(chunks).toString())
        .resourceSpans) {
        services.push(resource.attributes);
        for (const scope of scopeSpans) spans.push(...scope.spans);
      }
      if (!isMute) response.setHeader('Content-Type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, services };
}

function startTraced(t: Test, url: string, config = probeConfig()): Promise<BusProcess> {
  return startBus(t, {
    config,
    program: 'serve',
    args: (folder) => [
      ...['--config', join(folder, 'config.json'), '--tcp', '0', '--trace-endpoint', url],
    ],
  });
}

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const parentId = '00f067aa0ba902b7';

function traceparent(flags = '01', trace = traceId): string {
  return `00-${trace}-${parentId}-${flags}`;
}

function frame(id: number, method: string, parent: string, params = '{}'): string {
  return `{"jsonrpc":"2.0", "id":${id}, "method":"${method}","sessionId":"s","params":${params},"_ext":{"trace":{"traceparent" : "${parent}","tracestate":"a=b"}, "n":1.0}}`;
}

/** Drains, so that all spans are sent. */
async function drained(bus: BusProcess): Promise<void> {
  bus.signal('SIGTERM');
  const { code } = await bus.exit();
  if (code !== 0) throw new Error(`the bus ended with ${code}`);
}

function named({ spans }: Collector, name: string): Span {
  const found = spans.filter((span) => span.name === name);
  if (found.length !== 1) throw new Error(`${found.length} spans ${name}`);
  return found[0] as Span;
}

t.test('a request makes five spans in one trace, and the worker gets a child', async (t) => {
  const collector = await startCollector(t);
  const bus = await startTraced(t, collector.url);
  const client = await bus.connect();
  const sent = frame(1, 'line', traceparent());
  client.send(sent);
  const { line } = (await client.response(1)).result as unknown as { line: string };
  await drained(bus);
  t.same(collector.spans.map(({ name }) => name).sort(), [
    'accept',
    'queue',
    'respond',
    'route',
    'worker',
  ]);
  const [accept, route, queue, worker, respond] = [
    'accept',
    'route',
    'queue',
    'worker',
    'respond',
  ].map((name) => named(collector, name)) as [Span, Span, Span, Span, Span];
  t.ok(collector.spans.every((span) => span.traceId === traceId));
  t.equal(accept.parentSpanId, parentId);
  for (const span of [route, queue, worker, respond]) t.equal(span.parentSpanId, accept.spanId);
  const child = sent.replace(parentId, worker.spanId).replace('"id":1,', '"id":$ID,');
  t.equal(line.replace(/"id":\d+,/, '"id":$ID,'), child, 'no other byte has changed');
  const nanos = (time: string) => BigInt(time);
  const order = [accept, route, queue, worker, respond].map((span) =>
    nanos(span.startTimeUnixNano),
  );
  t.same(
    order,
    order.toSorted((a, b) => (a < b ? -1 : 1)),
    'they begin in this order',
  );
  t.ok(
    collector.spans.every((span) => nanos(span.startTimeUnixNano) <= nanos(span.endTimeUnixNano)),
  );
  const age = Date.now() - Number(nanos(accept.startTimeUnixNano) / 1_000_000n);
  t.ok(age >= 0 && age < 60_000, `it was ${age} ms ago`);
  const attributes = accept.attributes.map(({ key, value }) => `${key}=${value.stringValue}`);
  t.same(attributes.sort(), [
    'rpc.method=line',
    'rpc.system=jsonrpc',
    'session.id=s',
    'stdio_bus.worker=main/0',
  ]);
  t.match(
    JSON.stringify(collector.services[0]),
    /"service.name","value":\{"stringValue":"stdio_bus"/,
  );
});

t.test('what has no well-formed traceparent passes byte for byte', async (t) => {
  const collector = await startCollector(t);
  const bus = await startTraced(t, collector.url);
  const client = await bus.connect();
  for (const parent of [
    '',
    'x',
    `00-${traceId}-${parentId}-01-more`,
    traceparent().toUpperCase(),
  ]) {
    const sent = frame(1, 'line', parent);
    client.send(sent);
    const { line } = (await client.response(1)).result as unknown as { line: string };
    t.equal(line.replace(/"id":\d+,/, ''), sent.replace(/"id":\d+,/, ''));
  }
  await drained(bus);
  t.same(collector.spans, []);
});

t.test('a trace that is not sampled makes no spans, and the worker gets a child', async (t) => {
  const collector = await startCollector(t);
  const bus = await startTraced(t, collector.url);
  const client = await bus.connect();
  client.send(frame(1, 'line', traceparent('00')));
  const { line } = (await client.response(1)).result as unknown as { line: string };
  t.match(line, new RegExp(`"00-${traceId}-(?!${parentId})[0-9a-f]{16}-00"`));
  await drained(bus);
  t.same(collector.spans, []);
});

t.test('a notification makes all but respond, a refused frame only accept', async (t) => {
  const collector = await startCollector(t);
  const bus = await startTraced(t, collector.url);
  const client = await bus.connect();
  client.send(frame(1, 'mark', traceparent(), '{"n":1}').replace('"id":1,', ''));
  await client.request('echo', {}, { sessionId: 's' });
  const refused = traceparent('01', 'a'.repeat(32));
  client.send(`{"id":true,"method":"echo","_ext":{"trace":{"traceparent":"${refused}"}}}`);
  await client.response(null);
  await drained(bus);
  const names = (trace: string) =>
    collector.spans.filter((span) => span.traceId === trace).map(({ name }) => name);
  t.same(names(traceId).sort(), ['accept', 'queue', 'route', 'worker']);
  t.same(names('a'.repeat(32)), ['accept']);
});

t.test("a worker's frame with a traceparent is delivered with a child", async (t) => {
  const collector = await startCollector(t);
  const bus = await startTraced(t, collector.url);
  const client = await bus.connect();
  await client.request('echo', {}, { sessionId: 's' });
  const note = `{"method":"note","sessionId":"s","_ext":{"trace":{"traceparent":"${traceparent()}"}}}`;
  await client.request('write', { text: `${note}\n` }, { sessionId: 's' });
  const seen = await until('the note', () => client.queued.find(({ method }) => method === 'note'));
  await drained(bus);
  const deliver = named(collector, 'deliver');
  t.equal(deliver.parentSpanId, parentId);
  t.equal(seen.text, note.replace(parentId, deliver.spanId));
});

t.test('a request that its worker leaves behind has a fault', async (t) => {
  const collector = await startCollector(t);
  const bus = await startTraced(t, collector.url);
  const client = await bus.connect();
  const { result } = await client.request('echo');
  client.send(frame(1, 'never', traceparent()));
  await client.request('echo');
  await kill(result?.pid as number);
  await client.response(1);
  await drained(bus);
  for (const name of ['accept', 'worker']) {
    t.match(named(collector, name).status, { code: 2, message: 'answered by the bus' });
  }
  t.ok(named(collector, 'respond'));
});

t.test('the time in the queue of a worker that does not read is its own span', async (t) => {
  const collector = await startCollector(t);
  const bus = await startTraced(t, collector.url);
  const client = await bus.connect();
  const { result } = await client.request('echo');
  const pid = result?.pid as number;
  await stall(pid);
  // More than a pipe holds, so that the next frame has to wait.
  client.send({ id: 'large', method: 'echo', params: { text: 'x'.repeat(500_000) } });
  client.send(frame(1, 'echo', traceparent()));
  await client.request('stdio_bus/stats');
  const waitedMs = 100;
  const end = performance.now() + waitedMs;
  await until('some time', () => performance.now() > end);
  process.kill(pid, 'SIGCONT');
  await client.response(1);
  await drained(bus);
  const { startTimeUnixNano, endTimeUnixNano } = named(collector, 'queue');
  const queuedMs = Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1e6;
  t.ok(queuedMs >= waitedMs, `${queuedMs} ms`);
});

t.test('the capability trace is offered where it is on, and only there', async (t) => {
  const extensions = { trace: { version: '1', required: false } };
  const collector = await startCollector(t);
  for (const [bus, active] of [
    [await startTraced(t, collector.url), true],
    [await startBus(t, { config: probeConfig() }), false],
  ] as const) {
    const client = await bus.connect();
    const { result } = await client.request('stdio_bus/hello', {
      protocolVersion: '1',
      extensions,
    });
    t.match(result, { extensions: { trace: { active } } });
  }
});

t.test('a collector that is not there, or never answers, holds up nothing', async (t) => {
  const mute = await startCollector(t, { isMute: true });
  for (const url of ['http://127.0.0.1:9', mute.url]) {
    const bus = await startTraced(t, url);
    const client = await bus.connect();
    for (let id = 0; id < 50; id += 1) {
      client.send(frame(id, 'echo', traceparent()));
      t.ok((await client.response(id)).result);
    }
    const startMs = performance.now();
    bus.signal('SIGTERM');
    const { code, atMs } = await bus.exit();
    t.equal(code, 0);
    t.ok(atMs - startMs < 1500, `it ended within ${atMs - startMs} ms`);
  }
});
