import { type HrTime, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { type ClientTrace, newTraceIds } from './client-trace.ts';

const flushEverySpans = 1000;

/** Sends traces of the client to a collector as OpenTelemetry spans. */
export async function exportTraces(traces: readonly ClientTrace[], url: string): Promise<void> {
  let ids = newTraceIds();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'stdio-bus-kit bench latency' }),
    sampler: new AlwaysOnSampler(),
    // Ids were handed to the peer before the spans are made.
    idGenerator: { generateTraceId: () => ids.traceId, generateSpanId: () => ids.spanId },
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url }), {
        maxQueueSize: 4 * flushEverySpans,
        maxExportBatchSize: flushEverySpans,
      }),
    ],
  });
  const tracer = provider.getTracer('stdio-bus-kit');
  let waiting = 0;
  for (const { traceId, spanId, name, time, attributes } of traces) {
    ids = { traceId, spanId };
    const options = { kind: SpanKind.CLIENT, startTime: hrTime(time.startMs), attributes };
    const root = tracer.startSpan(name, options, ROOT_CONTEXT);
    const below = trace.setSpan(ROOT_CONTEXT, root);
    for (const phase of time.spans) {
      ids = { traceId, spanId: newTraceIds().spanId };
      const span = tracer.startSpan(phase.name, { startTime: hrTime(phase.startMs) }, below);
      span.end(hrTime(phase.endMs));
    }
    root.end(hrTime(time.endMs));
    waiting += 1 + time.spans.length;
    if (waiting < flushEverySpans) continue;
    await provider.forceFlush();
    waiting = 0;
  }
  await provider.shutdown();
}

/** A time of `performance.now()` as seconds and nanoseconds since 1970. */
function hrTime(ms: number): HrTime {
  const originSec = Math.trunc(performance.timeOrigin / 1000);
  const sinceMs = (performance.timeOrigin % 1000) + ms;
  return [originSec + Math.trunc(sinceMs / 1000), Math.round((sinceMs % 1000) * 1e6)];
}
