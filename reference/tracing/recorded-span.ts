import {
  type Context,
  type HrTime,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { EndedSpan } from './hop.ts';

/** What is known of a span when it begins. */
export type BegunSpan = Pick<EndedSpan, 'name' | 'kind' | 'traceId' | 'parentId' | 'startMs'>;

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  internal: SpanKind.INTERNAL,
} as const;

/** Begins a span of the bus with OpenTelemetry. */
export function beginSpan(tracer: Tracer, { name, kind, startMs, ...parent }: BegunSpan): Span {
  const options = { kind: kinds[kind], startTime: hrTime(startMs) };
  return tracer.startSpan(name, options, contextOf(parent));
}

/** Ends it, with what is known then. */
export function endSpan(span: Span, { attributes, fault, endMs }: EndedSpan): void {
  if (attributes !== undefined) span.setAttributes(attributes);
  if (fault !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: fault });
  span.end(hrTime(endMs));
}

/** Milliseconds as seconds and nanoseconds: of a number OpenTelemetry would guess the meaning. */
function hrTime(ms: number): HrTime {
  return [Math.trunc(ms / 1000), Math.round((ms % 1000) * 1e6)];
}

function contextOf({ traceId, parentId }: { traceId: string; parentId: string }): Context {
  const parent = { traceId, spanId: parentId, traceFlags: 1, isRemote: true };
  return trace.setSpanContext(ROOT_CONTEXT, parent);
}
