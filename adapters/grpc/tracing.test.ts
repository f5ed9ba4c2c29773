import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { probeConfig } from '../../reference/faults/probe-pool.ts';
import { startBus } from '../../testing/bus-process.ts';
import { createSpanRecorder } from '../../testing/span-recorder.ts';
import { startAdapter } from './adapter-under-test.ts';

interface BusSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
}

/** Takes the spans of the bus, over OTLP. */
async function startCollector(t: Test) {
  const spans: BusSpan[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString());
      for (const { scopeSpans } of resourceSpans) {
        for (const scope of scopeSpans) spans.push(...scope.spans);
      }
      response.setHeader('Content-Type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans };
}

t.test('client, adapter, bus and worker are in one trace', async (t) => {
  const collector = await startCollector(t);
  const bus = await startBus(t, {
    config: probeConfig(),
    program: 'serve',
    args: (folder) => [
      ...['--config', join(folder, 'config.json'), '--tcp', '0', '--trace-endpoint', collector.url],
    ],
  });
  const { tracerProvider, spans } = createSpanRecorder();
  const { adapter, connect } = await startAdapter(t, {
    bus: `tcp://${bus.address()}`,
    tracerProvider,
  });
  const client = connect({ tracerProvider });
  const { line } = (await client.call('line', {}, { sessionId: 's' })) as { line: string };
  await adapter.drain(5000);
  bus.signal('SIGTERM');
  await bus.exit();
  const [inAdapter, inClient] = spans();
  t.match(inClient, { name: 'stdiobus.v1.Bus/Call', kind: 2 });
  t.match(inAdapter, { name: 'stdiobus.v1.Bus/Call', kind: 1 });
  const traceId = inClient?.spanContext().traceId;
  t.equal(inAdapter?.spanContext().traceId, traceId);
  t.equal(inAdapter?.parentSpanContext?.spanId, inClient?.spanContext().spanId);
  const accept = collector.spans.find(({ name }) => name === 'accept');
  t.equal(accept?.traceId, traceId);
  t.equal(accept?.parentSpanId, inAdapter?.spanContext().spanId);
  const worker = collector.spans.find(({ name }) => name === 'worker');
  t.equal(JSON.parse(line)._ext.trace.traceparent, `00-${traceId}-${worker?.spanId}-01`);
});

t.test('a bus within the adapter is in the same trace', async (t) => {
  const { tracerProvider, spans } = createSpanRecorder();
  const { adapter, connect } = await startAdapter(t, { tracerProvider });
  const client = connect({ tracerProvider });
  const { line } = (await client.call('line', {}, { sessionId: 's' })) as { line: string };
  await adapter.drain(5000);
  const [inClient, inAdapter] = [2, 1].map((kind) =>
    spans().find((span) => span.name === 'stdiobus.v1.Bus/Call' && span.kind === kind),
  );
  const traceId = inClient?.spanContext().traceId;
  const accept = spans().find(({ name }) => name === 'accept');
  t.equal(accept?.spanContext().traceId, traceId);
  t.equal(accept?.parentSpanContext?.spanId, inAdapter?.spanContext().spanId);
  t.match(accept?.attributes, { 'rpc.method': 'line', 'session.id': 's' });
  const acceptId = accept?.spanContext().spanId;
  for (const phase of ['route', 'queue', 'worker', 'respond']) {
    const span = spans().find(({ name }) => name === phase);
    t.equal(span?.parentSpanContext?.spanId, acceptId, `${phase} is below the bus's span`);
  }
  t.equal(JSON.parse(line)._ext.trace.traceparent, `00-${traceId}-${acceptId}-01`);
});

t.test('a request within a session stream has a span until its response', async (t) => {
  const { tracerProvider, spans } = createSpanRecorder();
  const { client } = await startAdapter(t, { tracerProvider });
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
  const session = client.session();
  t.teardown(() => session.cancel());
  const frames = session[Symbol.asyncIterator]();
  const next = async () => JSON.parse(String((await frames.next()).value));
  const _ext = { trace: { traceparent } };
  await session.send(JSON.stringify({ id: 1.5, method: 'line', sessionId: 's', _ext }));
  const { line } = (await next()).result;
  await session.send(JSON.stringify({ id: 'b', method: 'echo', pool: 'none', _ext }));
  await next();
  await session.send(JSON.stringify({ id: 'c', method: 'line' }));
  t.notOk(JSON.parse((await next()).result.line)._ext, 'a frame without a trace stays without');
  const [first, second, ...more] = spans().filter(({ name }) => name === 'stdiobus.v1.Bus/Session');
  t.same(more, []);
  t.match(first?.attributes, { 'rpc.method': 'line', 'session.id': 's' });
  t.equal(first?.spanContext().traceId, traceId);
  t.equal(first?.parentSpanContext?.spanId, '00f067aa0ba902b7');
  t.match(second, { attributes: { 'rpc.method': 'echo' }, status: { code: 2 } });
  const accept = spans().find(({ name }) => name === 'accept');
  t.equal(accept?.parentSpanContext?.spanId, first?.spanContext().spanId);
  t.match(JSON.parse(line)._ext.trace.traceparent, accept?.spanContext().spanId);
});

t.test('without tracing, a traceparent passes as it is', async (t) => {
  const { adapter } = await startAdapter(t);
  const { openGrpcChannel } = await import('./grpc-channel.ts');
  const channel = openGrpcChannel({ url: adapter.url });
  t.teardown(() => channel.close());
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  const metadata = channel.metadata({ traceparent, tracestate: 'a=b' });
  const call = channel.bus.call as unknown as (
    request: object,
    metadata: object,
    callback: (error: Error | null, response: { result: Buffer }) => void,
  ) => void;
  const result = await new Promise<Buffer>((resolve, reject) =>
    call.call(channel.bus, { method: 'line' }, metadata, (error, response) =>
      error === null ? resolve(response.result) : reject(error),
    ),
  );
  const { line } = JSON.parse(result.toString());
  t.same(JSON.parse(line)._ext, { trace: { traceparent, tracestate: 'a=b' } });
});
