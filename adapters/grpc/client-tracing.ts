import { context, SpanKind, SpanStatusCode, type TracerProvider } from '@opentelemetry/api';
import { traceparentOf } from '../core/adapter-tracing.ts';

/** Makes the spans of a client's calls. */
export interface ClientTracing {
  /** A span below the active one; undefined where nothing is traced. */
  begin(
    service: 'bus' | 'process',
    method: string,
    sessionId: string | undefined,
  ): ClientSpan | undefined;
}

export interface ClientSpan {
  readonly traceparent: string;
  end(error?: Error): void;
}

export function createClientTracing(provider: TracerProvider | undefined): ClientTracing {
  const tracer = provider?.getTracer('stdio-bus-kit');
  return {
    begin(service, method, sessionId) {
      if (tracer === undefined) return undefined;
      const rpc = `stdiobus.v1.${capital(service)}/${capital(method)}`;
      const attributes = {
        'rpc.system': 'grpc',
        'rpc.method': rpc,
        ...(sessionId === undefined ? {} : { 'session.id': sessionId }),
      };
      const span = tracer.startSpan(rpc, { kind: SpanKind.CLIENT, attributes }, context.active());
      return {
        traceparent: traceparentOf(span),
        end(error) {
          if (error !== undefined) {
            span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
          }
          span.end();
        },
      };
    },
  };
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
