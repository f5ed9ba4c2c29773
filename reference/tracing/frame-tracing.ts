import type { Pending } from '../bus/correlator.ts';
import type { OutputQueue } from '../bus/output-queue.ts';
import type { Route } from '../bus/router.ts';
import type { EnvelopeScanner } from '../envelope-scanner.ts';
import type { FrameSink } from '../frame-decoder.ts';
import { deliverSpan, type Hop, type HopTracer, respondSpan, spansOfHop } from './hop.ts';
import { newSpanId } from './span-id.ts';
import type { Traceparent } from './traceparent.ts';
import { TraceparentFinder, withParentId } from './traceparent-finder.ts';

/** So many requests are followed at a time; others hand on a child, but make no spans. */
const maxOpenHops = 10_000;

/** Something that the system has not taken yet. */
interface Waiting {
  /** Position of its first byte in its queue. */
  readonly position: number;
  onTaken(atMs: number): void;
}

/**
 * Follows the frames that carry a traceparent: replaces it by its child, and notes when the frame
 * passed what. Told of everything else by the parts of `bus-tracing.ts`. Implements EXT-5.
 */
export class FrameTracing {
  readonly #tracer: HopTracer;
  readonly #finder = new TraceparentFinder();
  readonly #open = new Map<Pending, Hop>();
  readonly #waiting = new WeakMap<OutputQueue, Waiting[]>();
  /** The hop of the client's line at hand. */
  #current: Hop | undefined;
  /** Where that line goes, and how long that queue was. */
  #output: OutputQueue | undefined;
  #position = 0;
  #isInWorkerLine = false;

  constructor(tracer: HopTracer) {
    this.#tracer = tracer;
  }

  /** Takes the lines of a client, before `sink`. */
  clientSink(sink: FrameSink): FrameSink {
    const onLine = (bytes: Buffer, start: number, end: number) => {
      const found = this.#finder.find(bytes, start, end);
      if (found === undefined) return sink.onLine(bytes, start, end);
      const { parent } = found;
      const isFollowed = parent.isSampled && this.#open.size < maxOpenHops;
      const hop = this.#newHop('accept', parent, isFollowed);
      const line = withParentId({ bytes, start, end }, found, hop.handedId);
      if (isFollowed) this.#current = hop;
      sink.onLine(line.bytes, line.start, line.end);
      this.#current = undefined;
      if (isFollowed) this.#afterClientLine(hop);
    };
    return { ...sink, onLine };
  }

  /** Takes the lines of a worker, before `sink`. */
  workerSink(sink: FrameSink): FrameSink {
    const onLine = (bytes: Buffer, start: number, end: number) => {
      this.#isInWorkerLine = true;
      const found = this.#finder.find(bytes, start, end);
      if (found === undefined) sink.onLine(bytes, start, end);
      else {
        const { parent } = found;
        const hop = this.#newHop('deliver', parent, parent.isSampled);
        const line = withParentId({ bytes, start, end }, found, hop.handedId);
        sink.onLine(line.bytes, line.start, line.end);
        if (parent.isSampled) this.#tracer.add(deliverSpan(hop, performance.now()));
      }
      this.#isInWorkerLine = false;
    };
    return { ...sink, onLine };
  }

  /** The worker of the line at hand is looked for. */
  routing(frame: EnvelopeScanner): void {
    if (this.#current === undefined) return;
    this.#current.routeAtMs = performance.now();
    this.#current.method = frame.method();
    this.#current.sessionId = frame.sessionId();
    this.#output = undefined;
  }

  /** It was found, or not. */
  routed({ worker }: Route): void {
    if (this.#current === undefined) return;
    this.#current.routedAtMs = performance.now();
    if (worker === undefined) return;
    this.#current.worker = worker.name;
    this.#output = worker.output;
    this.#position = worker.output.stagedBytes;
  }

  /** The line at hand is a request that a worker is given. */
  opened(pending: Pending): void {
    const hop = this.#current;
    if (hop === undefined) return;
    hop.queuedAtMs = performance.now();
    this.#open.set(pending, hop);
    this.#await(pending.worker.output, {
      position: pending.position,
      onTaken: (atMs) => {
        hop.takenAtMs ??= atMs;
      },
    });
  }

  /** A request was answered, by its worker or not, or nobody waits for it any more. */
  closed(pending: Pending): void {
    const hop = this.#open.get(pending);
    if (hop === undefined) return;
    this.#open.delete(pending);
    const { connection } = pending;
    const atMs = performance.now();
    hop.answeredAtMs = atMs;
    if (connection.isClosed) hop.fault = 'the client has left';
    else if (this.#isInWorkerLine) hop.takenAtMs ??= atMs;
    else hop.fault = 'answered by the bus';
    this.#emitHop(hop, atMs);
    if (connection.isClosed) return;
    const { output } = connection;
    this.#await(output, {
      position: output.stagedBytes,
      onTaken: (takenAtMs) => this.#tracer.add(respondSpan(hop, takenAtMs, newSpanId())),
    });
  }

  /** The system has taken a part of a queue. */
  progressed(output: OutputQueue): void {
    const waiting = this.#waiting.get(output);
    if (waiting === undefined) return;
    const writtenBytes = output.stagedBytes - output.queuedBytes;
    const atMs = performance.now();
    const left = waiting.findIndex(({ position }) => position >= writtenBytes);
    const taken = waiting.splice(0, left < 0 ? waiting.length : left);
    for (const { onTaken } of taken) onTaken(atMs);
    if (waiting.length === 0) this.#waiting.delete(output);
  }

  /** What is no request on its way is at its end, or is a notification. */
  #afterClientLine(hop: Hop): void {
    const output = this.#output;
    this.#output = undefined;
    if (hop.answeredAtMs !== undefined || hop.queuedAtMs !== undefined) return;
    if (output === undefined || output.stagedBytes === this.#position) {
      this.#emitHop(hop, performance.now());
      return;
    }
    hop.queuedAtMs = performance.now();
    this.#await(output, {
      position: this.#position,
      onTaken: (atMs) => {
        hop.takenAtMs = atMs;
        this.#emitHop(hop, atMs);
      },
    });
  }

  #emitHop(hop: Hop, atMs: number): void {
    for (const span of spansOfHop(hop, atMs, newSpanId)) this.#tracer.add(span);
  }

  #await(output: OutputQueue, waiting: Waiting): void {
    const others = this.#waiting.get(output);
    if (others === undefined) this.#waiting.set(output, [waiting]);
    else others.push(waiting);
  }

  /** A hop that begins now; its offset is its own, as clocks drift apart. */
  #newHop(name: 'accept' | 'deliver', parent: Traceparent, isFollowed: boolean): Hop {
    const readAtMs = performance.now();
    const epochMs = Date.now() - readAtMs;
    if (!isFollowed) {
      const id = newSpanId();
      return { parent, readAtMs, epochMs, firstId: id, handedId: id };
    }
    const kind = name === 'accept' ? 'server' : 'producer';
    const startMs = epochMs + readAtMs;
    return { parent, readAtMs, epochMs, ...this.#tracer.begin({ name, kind, startMs, ...parent }) };
  }
}
