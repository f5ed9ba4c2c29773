import type { Span, TracerProvider } from '@opentelemetry/api';
import type { HopTracer } from './hop.ts';
import { beginSpan, endSpan } from './recorded-span.ts';

/**
 * Gives a bus's spans to somebody's own OpenTelemetry. It chooses the ids of spans when they begin, so
 * that the first span of a hop is the one that is handed on.
 */
export function createProviderTracer(provider: TracerProvider): HopTracer {
  const tracer = provider.getTracer('stdio-bus-kit');
  return {
    begin(first) {
      const span = beginSpan(tracer, first);
      const { spanId } = span.spanContext();
      return { firstId: spanId, handedId: spanId, span };
    },
    add(ended) {
      endSpan((ended.begun as Span | undefined) ?? beginSpan(tracer, ended), ended);
    },
  };
}
