import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import t, { type Test } from 'tap';
import { probeConfig } from '../../reference/faults/probe-pool.ts';
import { startBus } from '../../testing/bus-process.ts';
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
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  const { adapter, connect } = await startAdapter(t, {
    bus: `tcp://${bus.address()}`,
    tracerProvider,
  });
  const client = connect({ tracerProvider });
  const { line } = (await client.call('line', {}, { sessionId: 's' })) as { line: string };
  await adapter.drain(5000);
  bus.signal('SIGTERM');
  await bus.exit();
  const [inAdapter, inClient] = exporter.getFinishedSpans();
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
