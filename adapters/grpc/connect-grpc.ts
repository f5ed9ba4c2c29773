import type { TracerProvider } from '@opentelemetry/api';
import { asyncDispose } from '../../reference/client/async-dispose.ts';
import { type CallOptions, ClientCalls, type MessageStream } from './client-calls.ts';
import { createClientTracing } from './client-tracing.ts';
import { wholeFrames } from './frame-assembly.ts';
import { type GrpcTarget, openGrpcChannel } from './grpc-channel.ts';
import type {
  CallResponse,
  EventsRequest,
  Frame,
  ProcessEvent,
  ProcessRequest,
  ReadRequest,
  ReadResponse,
  SignalRequest,
  StartRequest,
  WriteRequest,
} from './messages.ts';

export type { CallOptions, GrpcTarget, MessageStream };

export interface ConnectGrpcOptions extends Omit<GrpcTarget, 'url'> {
  /** Makes a span of each call, and hands it on as `traceparent`. */
  readonly tracerProvider?: TracerProvider | undefined;
}

export interface RequestOptions extends CallOptions {
  /** The pool, for the first frame of a session or one without. */
  readonly pool?: string | undefined;
}

/** A stream of frames: a connection to the bus of its own. */
export interface GrpcSession extends AsyncIterable<Buffer> {
  /** Resolves when the adapter has connected to the bus; rejects with a BusRequestError. */
  readonly opened: Promise<void>;
  /** Sends a frame. Resolves when there is room for the next. */
  send(frame: string | Uint8Array): Promise<void>;
  /** Sends no more; what is pending still comes, then the end. */
  end(): void;
  cancel(): void;
}

/** A client of a bus behind a gRPC adapter. What rejects is a BusRequestError. */
export interface GrpcClient extends AsyncDisposable {
  /** Sends a request; resolves with its result. */
  call(method: string, params?: object, options?: RequestOptions): Promise<unknown>;
  /** Sends a whole frame; resolves with the response's bytes, in their own spelling. */
  callFrame(frame: string | Uint8Array, options?: RequestOptions): Promise<Buffer>;
  notify(method: string, params?: object, options?: RequestOptions): Promise<void>;
  /** Opens a stream in both directions, for the requests of workers too. */
  session(options?: CallOptions): GrpcSession;
  /** The frames that a worker sends in a session, LF excluded. */
  watch(sessionId: string, options?: CallOptions): MessageStream<Buffer>;
  stats(options?: CallOptions): Promise<unknown>;
  readonly process: GrpcProcessClient;
  /** Ends all calls. */
  close(): void;
}

/** The process profile; each request names its session, or the options do. */
export interface GrpcProcessClient {
  start(request: StartRequest, options?: CallOptions): Promise<{ readonly processId: string }>;
  read(request: ReadRequest, options?: CallOptions): Promise<ReadResponse>;
  write(request: WriteRequest, options?: CallOptions): Promise<{ readonly status: string }>;
  signal(request: SignalRequest, options?: CallOptions): Promise<void>;
  terminate(request: ProcessRequest, options?: CallOptions): Promise<{ readonly running: boolean }>;
  /** Every event once and in order; ends after `closed`. */
  events(request: EventsRequest, options?: CallOptions): MessageStream<ProcessEvent>;
}

/**
 * Connects to an adapter at `grpc://HOST:PORT`, or `grpcs://` for TLS; the connection is made with the
 * first call, and again by itself. Throws a RangeError where it is no such URL.
 */
export function connectGrpc(url: string, options: ConnectGrpcOptions = {}): GrpcClient {
  const channel = openGrpcChannel({ ...options, url });
  const calls = new ClientCalls(channel, createClientTracing(options.tracerProvider));
  const requestOf = (
    method: string,
    params: object | undefined,
    { sessionId, pool }: RequestOptions,
  ) => ({
    method,
    sessionId,
    pool,
    ...(params === undefined ? {} : { params: Buffer.from(JSON.stringify(params)) }),
  });
  return {
    async call(method, params, how = {}) {
      const request = requestOf(method, params, how);
      const { result } = await calls.unary<CallResponse>('bus', 'call', request, how);
      return JSON.parse((result as Buffer).toString());
    },
    async callFrame(frame, how = {}) {
      const { sessionId, pool } = how;
      const request = { frame: Buffer.from(frame as Uint8Array), sessionId, pool };
      return (await calls.unary<CallResponse>('bus', 'call', request, how)).frame as Buffer;
    },
    async notify(method, params, how = {}) {
      await calls.unary('bus', 'notify', requestOf(method, params, how), how);
    },
    session: (how) => openSession(calls, how),
    watch(sessionId, how) {
      const messages = calls.serverStream<Frame>('bus', 'watch', { sessionId }, how);
      const { opened } = messages;
      const cancel = () => messages.cancel();
      return { opened, cancel, [Symbol.asyncIterator]: () => wholeFrames(messages) };
    },
    stats: (how) => calls.unary('bus', 'stats', {}, how),
    process: {
      start: (request, how) => calls.unary('process', 'start', request, how),
      read: (request, how) => calls.unary('process', 'read', request, how),
      write: (request, how) => calls.unary('process', 'write', request, how),
      signal: async (request, how) => void (await calls.unary('process', 'signal', request, how)),
      terminate: (request, how) => calls.unary('process', 'terminate', request, how),
      events: (request, how) => calls.serverStream('process', 'events', request, how),
    },
    close: () => channel.close(),
    [asyncDispose]: async () => channel.close(),
  };
}

function openSession(calls: ClientCalls, how: CallOptions | undefined): GrpcSession {
  const { call, messages } = calls.session(how);
  const hasEnded = new Promise<void>((resolve) => void call.once('close', resolve));
  return {
    opened: messages.opened,
    async send(frame) {
      const hasRoom = call.write({ frame: Buffer.from(frame as Uint8Array), more: false });
      if (hasRoom) return;
      const drained = new Promise<void>((resolve) => void call.once('drain', resolve));
      await Promise.race([drained, hasEnded]);
    },
    end: () => call.end(),
    cancel: () => messages.cancel(),
    [Symbol.asyncIterator]: () => wholeFrames(messages),
  };
}
