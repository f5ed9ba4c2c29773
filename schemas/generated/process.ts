// Generated from ../process.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';
import { Ext } from './ext.ts';
import { JsonRpcVersion, PoolId, RequestId, SessionId } from './frame.ts';

/**
 * Names a process within its session; chosen by the client, not the operating system's pid.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * "proc-1"
 * ```
 */
export const ProcessId = Type.String({
  description: "Names a process within its session; chosen by the client, not the operating system's pid.",
  "x-requirement": "PRC-1",
  minLength: 1,
  maxLength: 256,
});
/**
 * Names a process within its session; chosen by the client, not the operating system's pid.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * "proc-1"
 * ```
 */
export type ProcessId = Type.Static<typeof ProcessId>;

/**
 * Number of an event of one process. One counter from 1 is shared by output, exited and closed.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * 1
 * ```
 */
export const Seq = Type.Integer({
  description: "Number of an event of one process. One counter from 1 is shared by output, exited and closed.",
  "x-requirement": "PRC-1",
  minimum: 1,
});
/**
 * Number of an event of one process. One counter from 1 is shared by output, exited and closed.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * 1
 * ```
 */
export type Seq = Type.Static<typeof Seq>;

/**
 * Bytes in standard base64 with padding (RFC 4648, section 4).
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * "aGVsbG8K"
 * ```
 *
 * @example
 * ```json
 * ""
 * ```
 */
export const Base64 = Type.String({
  description: "Bytes in standard base64 with padding (RFC 4648, section 4).",
  "x-requirement": "PRC-1",
  pattern: "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
});
/**
 * Bytes in standard base64 with padding (RFC 4648, section 4).
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * "aGVsbG8K"
 * ```
 *
 * @example
 * ```json
 * ""
 * ```
 */
export type Base64 = Type.Static<typeof Base64>;

/**
 * Where output came from: `pty` where the process has a terminal, whose two streams are one.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * "stdout"
 * ```
 */
export const OutputStream = Type.Enum(["stdout", "stderr", "pty"], {
  description: "Where output came from: `pty` where the process has a terminal, whose two streams are one.",
  "x-requirement": "PRC-1",
});
/**
 * Where output came from: `pty` where the process has a terminal, whose two streams are one.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * "stdout"
 * ```
 */
export type OutputStream = Type.Static<typeof OutputStream>;

/**
 * What became of a write. accepted: handed to the process; unknownProcess: there is none of that
 * id; stdinClosed: its stdin is closed or was never piped; starting: it is not running yet, send
 * it again.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * "accepted"
 * ```
 */
export const WriteStatus = Type.Enum(["accepted", "unknownProcess", "stdinClosed", "starting"], {
  description: "What became of a write. accepted: handed to the process; unknownProcess: there is none of that id; stdinClosed: its stdin is closed or was never piped; starting: it is not running yet, send it again.",
  "x-requirement": "PRC-1",
});
/**
 * What became of a write. accepted: handed to the process; unknownProcess: there is none of that
 * id; stdinClosed: its stdin is closed or was never piped; starting: it is not running yet, send
 * it again.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * "accepted"
 * ```
 */
export type WriteStatus = Type.Static<typeof WriteStatus>;

/**
 * The signals that may be sent: interrupt (SIGINT), terminate (SIGTERM), kill (SIGKILL). Older
 * executors know `interrupt` only.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * "interrupt"
 * ```
 */
export const ProcessSignal = Type.Enum(["interrupt", "terminate", "kill"], {
  description: "The signals that may be sent: interrupt (SIGINT), terminate (SIGTERM), kill (SIGKILL). Older executors know `interrupt` only.",
  "x-requirement": "PRC-1",
});
/**
 * The signals that may be sent: interrupt (SIGINT), terminate (SIGTERM), kill (SIGKILL). Older
 * executors know `interrupt` only.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * "interrupt"
 * ```
 */
export type ProcessSignal = Type.Static<typeof ProcessSignal>;

/**
 * A piece of output as it was retained.
 *
 * Serves PRC-2.
 *
 * @example
 * ```json
 * {"seq":1,"stream":"stdout","chunk":"aGkK"}
 * ```
 */
export const OutputChunk = Type.Object({
  seq: Seq,
  stream: OutputStream,
  chunk: Base64,
}, { description: "A piece of output as it was retained.", "x-requirement": "PRC-2" });
/**
 * A piece of output as it was retained.
 *
 * Serves PRC-2.
 *
 * @example
 * ```json
 * {"seq":1,"stream":"stdout","chunk":"aGkK"}
 * ```
 */
export type OutputChunk = Type.Static<typeof OutputChunk>;

/**
 * Params of `process/start`: starts a command.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"processId":"proc-1","argv":["git","status"],"cwd":"/work/repo","env":{"LANG":"C"},"tty":false,"pipeStdin":false}
 * ```
 */
export const StartParams = Type.Object({
  processId: ProcessId,
  /** The program and its arguments; never a shell line. An empty list is an error (-32602). */
  argv: Type.Array(Type.String({ pattern: "^[^\\u0000]*$" }), {
    description: "The program and its arguments; never a shell line. An empty list is an error (-32602).",
    minItems: 1,
  }),
  /** Working directory: an absolute path, or a `file:` URI as newer executors want it. */
  cwd: Type.String({
    description: "Working directory: an absolute path, or a `file:` URI as newer executors want it.",
    minLength: 1,
  }),
  /**
   * Environment of the process. Older executors require the member.
   *
   * @defaultValue `{}`
   */
  env: Type.Optional(Type.Record(Type.String(), Type.String({ pattern: "^[^\\u0000]*$" }), {
    description: "Environment of the process. Older executors require the member.",
    propertyNames: { pattern: "^[^=\\u0000]+$" },
    default: {},
  })),
  /**
   * Whether the process gets a terminal. Older executors require the member.
   *
   * @defaultValue `false`
   */
  tty: Type.Optional(Type.Boolean({
    description: "Whether the process gets a terminal. Older executors require the member.",
    default: false,
  })),
  /**
   * Whether process/write may feed its stdin; else stdin is empty.
   *
   * @defaultValue `false`
   */
  pipeStdin: Type.Optional(Type.Boolean({
    description: "Whether process/write may feed its stdin; else stdin is empty.",
    default: false,
  })),
  /** Name that the process sees as its own, where it differs from argv[0]. */
  arg0: Type.Optional(Type.Union([
    Type.String(),
    Type.Null(),
  ], {
    description: "Name that the process sees as its own, where it differs from argv[0].",
  })),
}, { description: "Params of `process/start`: starts a command.", "x-requirement": "PRC-1" });
/**
 * Params of `process/start`: starts a command.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"processId":"proc-1","argv":["git","status"],"cwd":"/work/repo","env":{"LANG":"C"},"tty":false,"pipeStdin":false}
 * ```
 */
export type StartParams = Type.Static<typeof StartParams>;

/**
 * Result of `process/start`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"processId":"proc-1"}
 * ```
 */
export const StartResult = Type.Object({
  processId: ProcessId,
}, { description: "Result of `process/start`.", "x-requirement": "PRC-1" });
/**
 * Result of `process/start`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"processId":"proc-1"}
 * ```
 */
export type StartResult = Type.Static<typeof StartResult>;

/**
 * The request `process/start`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"method":"process/start","params":{"processId":"proc-1","argv":["git","status"],"cwd":"/work/repo","env":{"LANG":"C"},"tty":false,"pipeStdin":false},"sessionId":"user-17"}
 * ```
 */
export const StartRequest = Type.Object({
  jsonrpc: JsonRpcVersion,
  id: RequestId,
  method: Type.Literal("process/start"),
  params: StartParams,
  sessionId: Type.Optional(SessionId),
  pool: Type.Optional(PoolId),
  _ext: Type.Optional(Ext),
  result: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, { description: "The request `process/start`.", "x-requirement": "PRC-1" });
/**
 * The request `process/start`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"method":"process/start","params":{"processId":"proc-1","argv":["git","status"],"cwd":"/work/repo","env":{"LANG":"C"},"tty":false,"pipeStdin":false},"sessionId":"user-17"}
 * ```
 */
export type StartRequest = Type.Static<typeof StartRequest>;

/**
 * The successful answer to `process/start`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"result":{"processId":"proc-1"},"sessionId":"user-17"}
 * ```
 */
export const StartResponse = Type.Object({
  jsonrpc: JsonRpcVersion,
  id: RequestId,
  result: StartResult,
  sessionId: Type.Optional(SessionId),
  method: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, { description: "The successful answer to `process/start`.", "x-requirement": "PRC-1" });
/**
 * The successful answer to `process/start`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"result":{"processId":"proc-1"},"sessionId":"user-17"}
 * ```
 */
export type StartResponse = Type.Static<typeof StartResponse>;

/**
 * Params of `process/read`: reads retained output, waiting for it where there is none yet.
 *
 * Serves PRC-3.
 *
 * @example
 * ```json
 * {"processId":"proc-1","afterSeq":0,"maxBytes":65536,"waitMs":1000}
 * ```
 */
export const ReadParams = Type.Object({
  processId: ProcessId,
  /**
   * Only what has a higher seq; null as absent.
   *
   * @defaultValue `0`
   */
  afterSeq: Type.Optional(Type.Union([
    Type.Integer({ minimum: 0 }),
    Type.Null(),
  ], { description: "Only what has a higher seq; null as absent.", default: 0 })),
  /**
   * Bytes of output (before base64) after which no further chunk is added; the first chunk always
   * comes. Absent or null: no bound.
   */
  maxBytes: Type.Optional(Type.Union([
    Type.Integer({ minimum: 0 }),
    Type.Null(),
  ], {
    description: "Bytes of output (before base64) after which no further chunk is added; the first chunk always comes. Absent or null: no bound.",
  })),
  /**
   * Milliseconds to wait where there is nothing to report yet; null as absent.
   *
   * @defaultValue `0`
   */
  waitMs: Type.Optional(Type.Union([
    Type.Integer({ minimum: 0 }),
    Type.Null(),
  ], {
    description: "Milliseconds to wait where there is nothing to report yet; null as absent.",
    default: 0,
  })),
}, {
  description: "Params of `process/read`: reads retained output, waiting for it where there is none yet.",
  "x-requirement": "PRC-3",
});
/**
 * Params of `process/read`: reads retained output, waiting for it where there is none yet.
 *
 * Serves PRC-3.
 *
 * @example
 * ```json
 * {"processId":"proc-1","afterSeq":0,"maxBytes":65536,"waitMs":1000}
 * ```
 */
export type ReadParams = Type.Static<typeof ReadParams>;

/**
 * Result of `process/read`.
 *
 * Serves PRC-3.
 *
 * @example
 * ```json
 * {"chunks":[{"seq":1,"stream":"stdout","chunk":"aGkK"}],"nextSeq":2,"exited":true,"exitCode":0,"closed":false,"failure":null,"sandboxDenied":false}
 * ```
 */
export const ReadResult = Type.Object({
  /** Output in the order of seq. */
  chunks: Type.Array(OutputChunk, { description: "Output in the order of seq." }),
  /** One more than the last seq that this answer covers: `afterSeq: nextSeq - 1` reads on. */
  nextSeq: Type.Integer({
    description: "One more than the last seq that this answer covers: `afterSeq: nextSeq - 1` reads on.",
    minimum: 1,
  }),
  /** Whether the process has ended. */
  exited: Type.Boolean({ description: "Whether the process has ended." }),
  /** Its exit status; absent or null while it runs, or where it is unknown. */
  exitCode: Type.Optional(Type.Union([
    Type.Integer(),
    Type.Null(),
  ], {
    description: "Its exit status; absent or null while it runs, or where it is unknown.",
  })),
  /** Whether it has ended and both streams are at their end: nothing will follow. */
  closed: Type.Boolean({
    description: "Whether it has ended and both streams are at their end: nothing will follow.",
  }),
  /** Why the executor lost the process; absent or null where it did not. */
  failure: Type.Optional(Type.Union([
    Type.String(),
    Type.Null(),
  ], { description: "Why the executor lost the process; absent or null where it did not." })),
  /**
   * Whether a sandbox denied it something.
   *
   * @defaultValue `false`
   */
  sandboxDenied: Type.Optional(Type.Union([
    Type.Boolean(),
    Type.Null(),
  ], { description: "Whether a sandbox denied it something.", default: false })),
}, { description: "Result of `process/read`.", "x-requirement": "PRC-3" });
/**
 * Result of `process/read`.
 *
 * Serves PRC-3.
 *
 * @example
 * ```json
 * {"chunks":[{"seq":1,"stream":"stdout","chunk":"aGkK"}],"nextSeq":2,"exited":true,"exitCode":0,"closed":false,"failure":null,"sandboxDenied":false}
 * ```
 */
export type ReadResult = Type.Static<typeof ReadResult>;

/**
 * The request `process/read`.
 *
 * Serves PRC-3.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"method":"process/read","params":{"processId":"proc-1","afterSeq":0,"maxBytes":65536,"waitMs":1000},"sessionId":"user-17"}
 * ```
 */
export const ReadRequest = Type.Object({
  jsonrpc: JsonRpcVersion,
  id: RequestId,
  method: Type.Literal("process/read"),
  params: ReadParams,
  sessionId: Type.Optional(SessionId),
  pool: Type.Optional(PoolId),
  _ext: Type.Optional(Ext),
  result: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, { description: "The request `process/read`.", "x-requirement": "PRC-3" });
/**
 * The request `process/read`.
 *
 * Serves PRC-3.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"method":"process/read","params":{"processId":"proc-1","afterSeq":0,"maxBytes":65536,"waitMs":1000},"sessionId":"user-17"}
 * ```
 */
export type ReadRequest = Type.Static<typeof ReadRequest>;

/**
 * The successful answer to `process/read`.
 *
 * Serves PRC-3.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"result":{"chunks":[{"seq":1,"stream":"stdout","chunk":"aGkK"}],"nextSeq":2,"exited":true,"exitCode":0,"closed":false,"failure":null,"sandboxDenied":false},"sessionId":"user-17"}
 * ```
 */
export const ReadResponse = Type.Object({
  jsonrpc: JsonRpcVersion,
  id: RequestId,
  result: ReadResult,
  sessionId: Type.Optional(SessionId),
  method: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, { description: "The successful answer to `process/read`.", "x-requirement": "PRC-3" });
/**
 * The successful answer to `process/read`.
 *
 * Serves PRC-3.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"result":{"chunks":[{"seq":1,"stream":"stdout","chunk":"aGkK"}],"nextSeq":2,"exited":true,"exitCode":0,"closed":false,"failure":null,"sandboxDenied":false},"sessionId":"user-17"}
 * ```
 */
export type ReadResponse = Type.Static<typeof ReadResponse>;

/**
 * Params of `process/write`: feeds the stdin of a process.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"processId":"proc-1","chunk":"eWVzCg==","writeId":"w-1"}
 * ```
 */
export const WriteParams = Type.Object({
  processId: ProcessId,
  chunk: Base64,
  /**
   * Names the write, so that one that is sent again is not written twice. Newer executors require
   * it.
   */
  writeId: Type.Optional(Type.String({
    description: "Names the write, so that one that is sent again is not written twice. Newer executors require it.",
    minLength: 1,
  })),
}, {
  description: "Params of `process/write`: feeds the stdin of a process.",
  "x-requirement": "PRC-1",
});
/**
 * Params of `process/write`: feeds the stdin of a process.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"processId":"proc-1","chunk":"eWVzCg==","writeId":"w-1"}
 * ```
 */
export type WriteParams = Type.Static<typeof WriteParams>;

/**
 * Result of `process/write`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"status":"accepted"}
 * ```
 */
export const WriteResult = Type.Object({
  status: WriteStatus,
}, { description: "Result of `process/write`.", "x-requirement": "PRC-1" });
/**
 * Result of `process/write`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"status":"accepted"}
 * ```
 */
export type WriteResult = Type.Static<typeof WriteResult>;

/**
 * The request `process/write`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"method":"process/write","params":{"processId":"proc-1","chunk":"eWVzCg==","writeId":"w-1"},"sessionId":"user-17"}
 * ```
 */
export const WriteRequest = Type.Object({
  jsonrpc: JsonRpcVersion,
  id: RequestId,
  method: Type.Literal("process/write"),
  params: WriteParams,
  sessionId: Type.Optional(SessionId),
  pool: Type.Optional(PoolId),
  _ext: Type.Optional(Ext),
  result: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, { description: "The request `process/write`.", "x-requirement": "PRC-1" });
/**
 * The request `process/write`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"method":"process/write","params":{"processId":"proc-1","chunk":"eWVzCg==","writeId":"w-1"},"sessionId":"user-17"}
 * ```
 */
export type WriteRequest = Type.Static<typeof WriteRequest>;

/**
 * The successful answer to `process/write`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"result":{"status":"accepted"},"sessionId":"user-17"}
 * ```
 */
export const WriteResponse = Type.Object({
  jsonrpc: JsonRpcVersion,
  id: RequestId,
  result: WriteResult,
  sessionId: Type.Optional(SessionId),
  method: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, { description: "The successful answer to `process/write`.", "x-requirement": "PRC-1" });
/**
 * The successful answer to `process/write`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"result":{"status":"accepted"},"sessionId":"user-17"}
 * ```
 */
export type WriteResponse = Type.Static<typeof WriteResponse>;

/**
 * Params of `process/signal`: sends a signal.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"processId":"proc-1","signal":"interrupt"}
 * ```
 */
export const SignalParams = Type.Object({
  processId: ProcessId,
  signal: ProcessSignal,
}, { description: "Params of `process/signal`: sends a signal.", "x-requirement": "PRC-1" });
/**
 * Params of `process/signal`: sends a signal.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"processId":"proc-1","signal":"interrupt"}
 * ```
 */
export type SignalParams = Type.Static<typeof SignalParams>;

/**
 * Result of `process/signal`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {}
 * ```
 */
export const SignalResult = Type.Object({}, { description: "Result of `process/signal`.", "x-requirement": "PRC-1" });
/**
 * Result of `process/signal`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {}
 * ```
 */
export type SignalResult = Type.Static<typeof SignalResult>;

/**
 * The request `process/signal`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"method":"process/signal","params":{"processId":"proc-1","signal":"interrupt"},"sessionId":"user-17"}
 * ```
 */
export const SignalRequest = Type.Object({
  jsonrpc: JsonRpcVersion,
  id: RequestId,
  method: Type.Literal("process/signal"),
  params: SignalParams,
  sessionId: Type.Optional(SessionId),
  pool: Type.Optional(PoolId),
  _ext: Type.Optional(Ext),
  result: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, { description: "The request `process/signal`.", "x-requirement": "PRC-1" });
/**
 * The request `process/signal`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"method":"process/signal","params":{"processId":"proc-1","signal":"interrupt"},"sessionId":"user-17"}
 * ```
 */
export type SignalRequest = Type.Static<typeof SignalRequest>;

/**
 * The successful answer to `process/signal`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"result":{},"sessionId":"user-17"}
 * ```
 */
export const SignalResponse = Type.Object({
  jsonrpc: JsonRpcVersion,
  id: RequestId,
  result: SignalResult,
  sessionId: Type.Optional(SessionId),
  method: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, { description: "The successful answer to `process/signal`.", "x-requirement": "PRC-1" });
/**
 * The successful answer to `process/signal`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"result":{},"sessionId":"user-17"}
 * ```
 */
export type SignalResponse = Type.Static<typeof SignalResponse>;

/**
 * Params of `process/terminate`: ends a process.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"processId":"proc-1"}
 * ```
 */
export const TerminateParams = Type.Object({
  processId: ProcessId,
}, {
  description: "Params of `process/terminate`: ends a process.",
  "x-requirement": "PRC-1",
});
/**
 * Params of `process/terminate`: ends a process.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"processId":"proc-1"}
 * ```
 */
export type TerminateParams = Type.Static<typeof TerminateParams>;

/**
 * Result of `process/terminate`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"running":true}
 * ```
 */
export const TerminateResult = Type.Object({
  /** Whether there was a running process to end. */
  running: Type.Boolean({ description: "Whether there was a running process to end." }),
}, { description: "Result of `process/terminate`.", "x-requirement": "PRC-1" });
/**
 * Result of `process/terminate`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"running":true}
 * ```
 */
export type TerminateResult = Type.Static<typeof TerminateResult>;

/**
 * The request `process/terminate`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"method":"process/terminate","params":{"processId":"proc-1"},"sessionId":"user-17"}
 * ```
 */
export const TerminateRequest = Type.Object({
  jsonrpc: JsonRpcVersion,
  id: RequestId,
  method: Type.Literal("process/terminate"),
  params: TerminateParams,
  sessionId: Type.Optional(SessionId),
  pool: Type.Optional(PoolId),
  _ext: Type.Optional(Ext),
  result: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, { description: "The request `process/terminate`.", "x-requirement": "PRC-1" });
/**
 * The request `process/terminate`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"method":"process/terminate","params":{"processId":"proc-1"},"sessionId":"user-17"}
 * ```
 */
export type TerminateRequest = Type.Static<typeof TerminateRequest>;

/**
 * The successful answer to `process/terminate`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"result":{"running":true},"sessionId":"user-17"}
 * ```
 */
export const TerminateResponse = Type.Object({
  jsonrpc: JsonRpcVersion,
  id: RequestId,
  result: TerminateResult,
  sessionId: Type.Optional(SessionId),
  method: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, {
  description: "The successful answer to `process/terminate`.",
  "x-requirement": "PRC-1",
});
/**
 * The successful answer to `process/terminate`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"result":{"running":true},"sessionId":"user-17"}
 * ```
 */
export type TerminateResponse = Type.Static<typeof TerminateResponse>;

/**
 * Params of `process/output`: a piece of output.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"processId":"proc-1","seq":1,"stream":"stdout","chunk":"aGkK"}
 * ```
 */
export const OutputParams = Type.Object({
  processId: ProcessId,
  seq: Seq,
  stream: OutputStream,
  chunk: Base64,
}, {
  description: "Params of `process/output`: a piece of output.",
  "x-requirement": "PRC-1",
});
/**
 * Params of `process/output`: a piece of output.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"processId":"proc-1","seq":1,"stream":"stdout","chunk":"aGkK"}
 * ```
 */
export type OutputParams = Type.Static<typeof OutputParams>;

/**
 * The notification `process/output`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","method":"process/output","params":{"processId":"proc-1","seq":1,"stream":"stdout","chunk":"aGkK"},"sessionId":"user-17"}
 * ```
 */
export const OutputNotification = Type.Object({
  jsonrpc: JsonRpcVersion,
  method: Type.Literal("process/output"),
  params: OutputParams,
  sessionId: Type.Optional(SessionId),
  id: Type.Optional(Type.Never()),
  result: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, { description: "The notification `process/output`.", "x-requirement": "PRC-1" });
/**
 * The notification `process/output`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","method":"process/output","params":{"processId":"proc-1","seq":1,"stream":"stdout","chunk":"aGkK"},"sessionId":"user-17"}
 * ```
 */
export type OutputNotification = Type.Static<typeof OutputNotification>;

/**
 * Params of `process/exited`: the process has ended; output may still follow.
 *
 * Serves PRC-5.
 *
 * @example
 * ```json
 * {"processId":"proc-1","seq":2,"exitCode":0,"sandboxDenied":false}
 * ```
 */
export const ExitedParams = Type.Object({
  processId: ProcessId,
  seq: Seq,
  /** Exit status; -1 where it is unknown. */
  exitCode: Type.Integer({ description: "Exit status; -1 where it is unknown." }),
  /**
   * Whether a sandbox denied it something. Absent or null marks an older server: the client then
   * makes exactly one process/read.
   */
  sandboxDenied: Type.Optional(Type.Union([
    Type.Boolean(),
    Type.Null(),
  ], {
    description: "Whether a sandbox denied it something. Absent or null marks an older server: the client then makes exactly one process/read.",
  })),
}, {
  description: "Params of `process/exited`: the process has ended; output may still follow.",
  "x-requirement": "PRC-5",
});
/**
 * Params of `process/exited`: the process has ended; output may still follow.
 *
 * Serves PRC-5.
 *
 * @example
 * ```json
 * {"processId":"proc-1","seq":2,"exitCode":0,"sandboxDenied":false}
 * ```
 */
export type ExitedParams = Type.Static<typeof ExitedParams>;

/**
 * The notification `process/exited`.
 *
 * Serves PRC-5.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","method":"process/exited","params":{"processId":"proc-1","seq":2,"exitCode":0,"sandboxDenied":false},"sessionId":"user-17"}
 * ```
 */
export const ExitedNotification = Type.Object({
  jsonrpc: JsonRpcVersion,
  method: Type.Literal("process/exited"),
  params: ExitedParams,
  sessionId: Type.Optional(SessionId),
  id: Type.Optional(Type.Never()),
  result: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, { description: "The notification `process/exited`.", "x-requirement": "PRC-5" });
/**
 * The notification `process/exited`.
 *
 * Serves PRC-5.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","method":"process/exited","params":{"processId":"proc-1","seq":2,"exitCode":0,"sandboxDenied":false},"sessionId":"user-17"}
 * ```
 */
export type ExitedNotification = Type.Static<typeof ExitedNotification>;

/**
 * Params of `process/closed`: the end: both streams ended and the exit is known.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"processId":"proc-1","seq":3}
 * ```
 */
export const ClosedParams = Type.Object({
  processId: ProcessId,
  seq: Seq,
}, {
  description: "Params of `process/closed`: the end: both streams ended and the exit is known.",
  "x-requirement": "PRC-1",
});
/**
 * Params of `process/closed`: the end: both streams ended and the exit is known.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"processId":"proc-1","seq":3}
 * ```
 */
export type ClosedParams = Type.Static<typeof ClosedParams>;

/**
 * The notification `process/closed`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","method":"process/closed","params":{"processId":"proc-1","seq":3},"sessionId":"user-17"}
 * ```
 */
export const ClosedNotification = Type.Object({
  jsonrpc: JsonRpcVersion,
  method: Type.Literal("process/closed"),
  params: ClosedParams,
  sessionId: Type.Optional(SessionId),
  id: Type.Optional(Type.Never()),
  result: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, { description: "The notification `process/closed`.", "x-requirement": "PRC-1" });
/**
 * The notification `process/closed`.
 *
 * Serves PRC-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","method":"process/closed","params":{"processId":"proc-1","seq":3},"sessionId":"user-17"}
 * ```
 */
export type ClosedNotification = Type.Static<typeof ClosedNotification>;

/**
 * `error.data` of a process/read that asks for output which is no longer retained (code -32010).
 *
 * Serves PRC-4.
 *
 * @example
 * ```json
 * {"source":"worker","name":"OUTPUT_LOST","oldestSeq":42}
 * ```
 */
export const OutputLostData = Type.Object({
  /** Always `worker`. */
  source: Type.Literal("worker", { description: "Always `worker`." }),
  /** Always `OUTPUT_LOST`. */
  name: Type.Literal("OUTPUT_LOST", { description: "Always `OUTPUT_LOST`." }),
  /** The first seq that can still be read. */
  oldestSeq: Type.Integer({ description: "The first seq that can still be read.", minimum: 1 }),
}, {
  description: "`error.data` of a process/read that asks for output which is no longer retained (code -32010).",
  "x-requirement": "PRC-4",
});
/**
 * `error.data` of a process/read that asks for output which is no longer retained (code -32010).
 *
 * Serves PRC-4.
 *
 * @example
 * ```json
 * {"source":"worker","name":"OUTPUT_LOST","oldestSeq":42}
 * ```
 */
export type OutputLostData = Type.Static<typeof OutputLostData>;
