import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import { suiteFromPackage } from '../../suite.ts';
import type { Log } from '../bus/log.ts';
import type { HopTracer } from './hop.ts';
import { beginSpan, endSpan } from './recorded-span.ts';
import { newSpanId } from './span-id.ts';

/** Takes spans that have ended, and sends them in batches. */
export interface SpanExport extends HopTracer {
  /** Sends what waits; resolves within a second, whatever the collector does. */
  shutdown(): Promise<void>;
}

/** The bus ends within a second of its drain (DRN-3), and this is a part of it. */
const shutdownTimeoutMs = 700;

/** Sends spans to a collector over OTLP/HTTP. A collector that fails is told of in the log. */
export function createSpanExport(endpoint: URL, log: Log): SpanExport {
  let nextSpanId = '';
  const exporter = new OTLPTraceExporter({ url: endpoint.href, timeoutMillis: 5000 });
  const processor = new BatchSpanProcessor(reporting(exporter, log, endpoint), {
    maxQueueSize: 4096,
    maxExportBatchSize: 512,
    scheduledDelayMillis: 1000,
    exportTimeoutMillis: 5000,
  });
  const provider = new BasicTracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        'service.name': process.env.OTEL_SERVICE_NAME || 'stdio_bus',
        'service.version': suiteFromPackage().version,
      }),
    ),
    // Whether a trace is sampled was decided by whoever began it.
    sampler: new AlwaysOnSampler(),
    // Ids are handed on before their spans are made.
    idGenerator: {
      generateTraceId: () => '',
      generateSpanId: () => nextSpanId,
    },
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer('stdio-bus-kit', suiteFromPackage().version);
  return {
    // The first span and what is handed on are two: the worker's own spans are below `worker`.
    begin: ({ name }) => {
      const handedId = newSpanId();
      return { handedId, firstId: name === 'deliver' ? handedId : newSpanId() };
    },
    add(ended) {
      nextSpanId = ended.spanId;
      endSpan(beginSpan(tracer, ended), ended);
    },
    async shutdown() {
      const timedOut = new Promise<void>((resolve) => setTimeout(resolve, shutdownTimeoutMs));
      await Promise.race([provider.shutdown().catch(() => {}), timedOut]);
    },
  };
}

/** An exporter that says in the log what OpenTelemetry would say to nobody. */
function reporting(exporter: SpanExporter, log: Log, endpoint: URL): SpanExporter {
  return {
    export: (spans, onDone) =>
      exporter.export(spans, (result) => {
        if (result.error !== undefined) {
          const facts = {
            collector: endpoint.host,
            spans: spans.length,
            reason: result.error.message,
          };
          log.warn(facts, 'spans could not be sent');
        }
        onDone(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
