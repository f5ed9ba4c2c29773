import type { Traceparent } from './traceparent.ts';

/** The spans of a hop that are known by their ids before they are made. */
export interface HopIds {
  /** The id of the hop's first span, `accept` or `deliver`, below which the others are. */
  readonly firstId: string;
  /** The id that the receiver is handed as its parent. */
  readonly handedId: string;
  /** The first span, where its tracer has begun it already. */
  readonly span?: object;
}

/** Makes the spans of a bus. */
export interface HopTracer {
  /** A hop begins: it is handed on before its spans have ended. */
  begin(first: Pick<EndedSpan, 'name' | 'kind' | 'traceId' | 'parentId' | 'startMs'>): HopIds;
  add(span: EndedSpan): void;
}

/** What is noted of a traced frame on its way through the bus; times as `performance.now()`. */
export interface Hop extends HopIds {
  readonly parent: Traceparent;
  readonly readAtMs: number;
  /** What is to be added to these times for those of the calendar. */
  readonly epochMs: number;
  method?: string | undefined;
  sessionId?: string | undefined;
  /** `POOL/SLOT`. */
  worker?: string;
  routeAtMs?: number;
  routedAtMs?: number;
  queuedAtMs?: number;
  takenAtMs?: number;
  answeredAtMs?: number;
  /** Why the worker's answer did not reach the client, or there was none. */
  fault?: string;
}

/** A span that has ended. */
export interface EndedSpan {
  readonly name: string;
  readonly kind: 'server' | 'client' | 'producer' | 'internal';
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string;
  /** In milliseconds since 1970. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly fault?: string | undefined;
  /** What `begin` gave for it. */
  readonly begun?: object | undefined;
}

/**
 * The spans of a hop up to its answer, `accept` first. A request was answered, by its worker or not;
 * a notification was taken; any other line was dealt with by the bus itself.
 */
export function spansOfHop(hop: Hop, endMs: number, newId: () => string): EndedSpan[] {
  const { routeAtMs, queuedAtMs, takenAtMs, fault, parent } = hop;
  const accept: EndedSpan = {
    name: 'accept',
    kind: 'server',
    traceId: parent.traceId,
    spanId: hop.firstId,
    parentId: parent.parentId,
    startMs: hop.epochMs + hop.readAtMs,
    endMs: hop.epochMs + endMs,
    attributes: attributesOf(hop),
    fault,
    begun: hop.span,
  };
  const spans = [accept];
  if (routeAtMs !== undefined) {
    spans.push(phase(hop, 'route', newId(), [routeAtMs, hop.routedAtMs ?? endMs]));
  }
  if (queuedAtMs !== undefined) {
    spans.push(phase(hop, 'queue', newId(), [queuedAtMs, takenAtMs ?? endMs]));
  }
  if (takenAtMs !== undefined) {
    const worker = phase(hop, 'worker', hop.handedId, [takenAtMs, endMs]);
    spans.push({ ...worker, kind: 'client', fault });
  }
  return spans;
}

/** From the answer to the moment the system took it. */
export function respondSpan(hop: Hop, endMs: number, spanId: string): EndedSpan {
  return phase(hop, 'respond', spanId, [hop.answeredAtMs ?? endMs, endMs]);
}

/** A frame of a worker that was given to a client, or dropped. */
export function deliverSpan(hop: Hop, endMs: number): EndedSpan {
  const span = phase(hop, 'deliver', hop.handedId, [hop.readAtMs, endMs]);
  return { ...span, kind: 'producer', parentId: hop.parent.parentId, begun: hop.span };
}

function phase(
  { parent, firstId, epochMs }: Hop,
  name: string,
  spanId: string,
  [start, end]: readonly [startMs: number, endMs: number],
): EndedSpan {
  const { traceId } = parent;
  const times = { startMs: epochMs + start, endMs: epochMs + end };
  return { name, kind: 'internal', traceId, spanId, parentId: firstId, ...times };
}

function attributesOf({ method, sessionId, worker }: Hop): Record<string, string> {
  return {
    'rpc.system': 'jsonrpc',
    ...(method === undefined ? {} : { 'rpc.method': method }),
    ...(sessionId === undefined ? {} : { 'session.id': sessionId }),
    ...(worker === undefined ? {} : { 'stdio_bus.worker': worker }),
  };
}
