import {
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { traceparentFrom } from '../../reference/tracing/traceparent.ts';
import type { Failure } from './failure.ts';

/** A call that is traced. */
export interface CallSpan {
  /** Hands this span on: goes into the frame's `_ext.trace`. */
  readonly traceparent: string;
  /** Says more of it. */
  describe(attributes: Readonly<Record<string, string | undefined>>): void;
  end(failure?: Failure): void;
}

/** Makes spans of calls. */
export interface AdapterTracing {
  /** Whether there are spans at all. */
  readonly isOn: boolean;
  /**
   * Begins the span of a call whose caller has sent this traceparent; without one that is well-formed
   * there is no span, as in the bus.
   */
  begin(
    name: string,
    traceparent: string | undefined,
    attributes: Readonly<Record<string, string | undefined>>,
  ): CallSpan | undefined;
}

/** Undefined makes no spans: traces then pass as they are. Serves EXT-5. */
export function createAdapterTracing(provider: TracerProvider | undefined): AdapterTracing {
  const tracer = provider?.getTracer('stdio-bus-kit');
  return {
    isOn: tracer !== undefined,
    begin(name, traceparent, attributes) {
      const parent = traceparent === undefined ? undefined : traceparentFrom(traceparent);
      if (tracer === undefined || parent === undefined) return undefined;
      const { traceId, parentId: spanId, isSampled } = parent;
      const parentContext = { traceId, spanId, traceFlags: isSampled ? 1 : 0, isRemote: true };
      const span = tracer.startSpan(
        name,
        { kind: SpanKind.SERVER, attributes: definedOnly(attributes) },
        trace.setSpanContext(ROOT_CONTEXT, parentContext),
      );
      return {
        traceparent: traceparentOf(span),
        describe: (more) => void span.setAttributes(definedOnly(more)),
        end: (failure) => endSpan(span, failure),
      };
    },
  };
}

/** The traceparent that hands a span on. */
export function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

function endSpan(span: Span, failure: Failure | undefined): void {
  if (failure !== undefined) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: failure.message });
    span.setAttribute('rpc.jsonrpc.error_code', failure.code);
  }
  span.end();
}

function definedOnly(attributes: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
