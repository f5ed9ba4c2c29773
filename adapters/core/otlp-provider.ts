import type { TracerProvider } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import type { Log } from '../../reference/bus/log.ts';

/** Makes spans, and sends them to a collector. */
export interface OtlpProvider {
  readonly provider: TracerProvider;
  /** Sends what waits; resolves within a second. */
  shutdown(): Promise<void>;
}

/** Makes a provider of spans for a collector. What cannot be sent is lost, and told in the log. */
export function createOtlpProvider(endpoint: URL, log: Log): OtlpProvider {
  const exporter = new OTLPTraceExporter({ url: endpoint.href, timeoutMillis: 5000 });
  const provider = new BasicTracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        'service.name': process.env.OTEL_SERVICE_NAME || 'stdio-bus-adapter',
      }),
    ),
    sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    spanProcessors: [
      new BatchSpanProcessor(
        {
          export: (spans, onDone) =>
            exporter.export(spans, (result) => {
              const { error } = result;
              if (error !== undefined) {
                log.warn({ collector: endpoint.host, reason: error.message }, 'spans were lost');
              }
              onDone(result);
            }),
          shutdown: () => exporter.shutdown(),
        },
        { scheduledDelayMillis: 1000, exportTimeoutMillis: 5000 },
      ),
    ],
  });
  return {
    provider,
    async shutdown() {
      const timedOut = new Promise<void>((resolve) => setTimeout(resolve, 700));
      await Promise.race([provider.shutdown().catch(() => {}), timedOut]);
    },
  };
}
