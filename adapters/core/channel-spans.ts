import type { AdapterTracing, CallSpan } from './adapter-tracing.ts';
import { answerFrom, type ScannedResponse } from './answer.ts';
import { busFailure, type Failure, unavailable } from './failure.ts';
import { type GuardResult, traceIn } from './frame-guard.ts';
import type { Span } from './frame-members.ts';

/** So many requests are followed at a time; the traces of others pass as they are. */
const maxOpen = 10_000;

/**
 * The spans of the frames that a channel's caller sends with a traceparent: of a request until its
 * response, of any other until it was given to the bus. Serves EXT-5.
 */
export class ChannelSpans {
  readonly #tracing: AdapterTracing;
  readonly #name: string;
  /** By the id as the caller has spelled it. */
  readonly #open = new Map<string, CallSpan>();

  constructor(tracing: AdapterTracing, name: string) {
    this.#tracing = tracing;
    this.#name = name;
  }

  get hasOpen(): boolean {
    return this.#open.size > 0;
  }

  /** The span of a frame in the bytes, where it is traced. */
  begin(bytes: Buffer, frame: Span): CallSpan | undefined {
    if (this.#open.size >= maxOpen) return undefined;
    return this.#tracing.begin(this.#name, traceIn(bytes, frame)?.traceparent, {
      'rpc.system': 'jsonrpc',
    });
  }

  /** What became of the frame whose span this is. */
  checked(span: CallSpan, result: GuardResult): void {
    if (result.kind === 'blank' || result.kind === 'refused') {
      span.end(result.kind === 'refused' ? result.failure : undefined);
      return;
    }
    const { method, sessionId, idJson } = result;
    span.describe({ 'rpc.method': method, 'session.id': sessionId });
    if (result.kind !== 'request') span.end();
    else if (this.#open.has(idJson)) span.end(pendingAlready());
    else this.#open.set(idJson, span);
  }

  /** A response of the bus. */
  answered(response: ScannedResponse): void {
    const idJson = response.scanner.idJson();
    const span = this.#open.get(idJson);
    if (span === undefined) return;
    this.#open.delete(idJson);
    span.end(answerFrom(response, idJson).failure);
  }

  /** Nothing comes any more. */
  close(): void {
    for (const span of this.#open.values()) span.end(unavailable('the stream has ended'));
    this.#open.clear();
  }
}

function pendingAlready(): Failure {
  return busFailure({ name: 'INVALID_REQUEST', message: 'a request with this id is pending' });
}
