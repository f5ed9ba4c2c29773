import type {
  Client,
  ClientDuplexStream,
  ClientReadableStream,
  ClientUnaryCall,
  CallOptions as GrpcCallOptions,
  Metadata,
  ServiceError,
} from '@grpc/grpc-js';
import { clientError } from '../../reference/client/bus-request-error.ts';
import { callError } from './call-error.ts';
import type { ClientTracing } from './client-tracing.ts';
import type { GrpcChannel } from './grpc-channel.ts';

export interface CallOptions {
  readonly sessionId?: string | undefined;
  /** Milliseconds after which the call is given up, here and at the adapter. None by default. */
  readonly timeoutMs?: number | undefined;
  /** Gives the call up. */
  readonly signal?: AbortSignal | undefined;
}

type Unary = (
  request: object,
  metadata: Metadata,
  options: GrpcCallOptions,
  callback: (error: ServiceError | null, response: never) => void,
) => ClientUnaryCall;
type ServerStream = (
  request: object,
  metadata: Metadata,
  options: GrpcCallOptions,
) => ClientReadableStream<unknown>;
type Bidirectional = (
  metadata: Metadata,
  options: GrpcCallOptions,
) => ClientDuplexStream<unknown, unknown>;

/** Makes calls on a channel, with their deadlines, traces and errors. */
export class ClientCalls {
  readonly #channel: GrpcChannel;
  readonly #tracing: ClientTracing;

  constructor(channel: GrpcChannel, tracing: ClientTracing) {
    this.#channel = channel;
    this.#tracing = tracing;
  }

  /** Rejects with a BusRequestError. */
  unary<Response>(
    service: 'bus' | 'process',
    method: string,
    request: object,
    options: CallOptions = {},
  ): Promise<Response> {
    const { sessionId, timeoutMs, signal } = options;
    if (signal?.aborted) return Promise.reject(clientError('ABORTED', 'the signal was aborted'));
    const span = this.#tracing.begin(service, method, sessionId);
    const client = this.#channel[service];
    const start = client[method] as unknown as Unary;
    return new Promise((resolve, reject) => {
      const onAbort = () => call.cancel();
      const call = start.call(
        client,
        request,
        this.#metadata(sessionId, span?.traceparent),
        deadline(timeoutMs),
        (error, response) => {
          signal?.removeEventListener('abort', onAbort);
          if (error === null) {
            span?.end();
            resolve(response);
            return;
          }
          const failed = callError(error);
          span?.end(failed);
          reject(failed);
        },
      );
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** The stream, and what it gives; iterating rejects with a BusRequestError. */
  serverStream<Message>(
    service: 'bus' | 'process',
    method: string,
    request: object,
    options: CallOptions = {},
  ): MessageStream<Message> {
    const client = this.#channel[service];
    const start = client[method] as unknown as ServerStream;
    const metadata = this.#metadata(options.sessionId, undefined);
    const call = start.call(
      client as Client as never,
      request,
      metadata,
      deadline(options.timeoutMs),
    );
    return messageStream<Message>(call, options.signal);
  }

  session(options: CallOptions = {}) {
    const { bus } = this.#channel;
    const start = bus.session as unknown as Bidirectional;
    const metadata = this.#metadata(options.sessionId, undefined);
    const call = start.call(bus as never, metadata, deadline(options.timeoutMs));
    return { call, messages: messageStream<never>(call, options.signal) };
  }

  #metadata(sessionId: string | undefined, traceparent: string | undefined): Metadata {
    return this.#channel.metadata({ 'x-session-id': sessionId, traceparent });
  }
}

/** What a server sends, in order. Leaving the loop gives the stream up. */
export interface MessageStream<Message> extends AsyncIterable<Message> {
  /** Resolves when the server has taken the stream; rejects with a BusRequestError. */
  readonly opened: Promise<void>;
  cancel(): void;
}

function messageStream<Message>(
  call: ClientReadableStream<unknown> | ClientDuplexStream<unknown, unknown>,
  signal: AbortSignal | undefined,
): MessageStream<Message> {
  let failed: ServiceError | undefined;
  const opened = new Promise<void>((resolve, reject) => {
    call.once('metadata', () => resolve());
    call.on('error', (error: ServiceError) => {
      failed ??= error;
      reject(callError(error));
    });
  });
  // Whoever iterates is told as well.
  opened.catch(() => {});
  if (signal?.aborted) call.cancel();
  signal?.addEventListener('abort', () => call.cancel(), { once: true });
  return {
    opened,
    cancel: () => call.cancel(),
    async *[Symbol.asyncIterator]() {
      try {
        for await (const message of call) yield message as Message;
      } catch (error) {
        throw callError(error as ServiceError);
      } finally {
        call.cancel();
      }
      // The library ends the stream as after a success, where the error came before the loop.
      if (failed !== undefined) throw callError(failed);
    },
  };
}

function deadline(timeoutMs: number | undefined): GrpcCallOptions {
  return timeoutMs === undefined || timeoutMs === 0 ? {} : { deadline: Date.now() + timeoutMs };
}
