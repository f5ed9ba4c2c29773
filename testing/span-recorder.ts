import type { TracerProvider } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';

/** An OpenTelemetry that keeps the spans that have ended. */
export interface SpanRecorder {
  readonly tracerProvider: TracerProvider;
  spans(): ReadableSpan[];
}

export function createSpanRecorder(): SpanRecorder {
  const exporter = new InMemorySpanExporter();
  const spanProcessors = [new SimpleSpanProcessor(exporter)];
  return {
    tracerProvider: new BasicTracerProvider({ spanProcessors }),
    spans: () => exporter.getFinishedSpans(),
  };
}
