// Generated from ../bus-methods.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';
import { JsonRpcVersion, Params, PoolId, RequestId, SessionId } from './frame.ts';

/**
 * An extension that the client would like, or must have.
 *
 * Serves EXT-1.
 *
 * @example
 * ```json
 * {"version":"1","required":false}
 * ```
 */
export const ExtensionRequest = Type.Object({
  /** The version that the client speaks. */
  version: Type.Optional(Type.String({ description: "The version that the client speaks." })),
  /**
   * Whether the client cannot go on without it: the hello then fails instead of leaving it out.
   *
   * @defaultValue `false`
   */
  required: Type.Optional(Type.Boolean({
    description: "Whether the client cannot go on without it: the hello then fails instead of leaving it out.",
    default: false,
  })),
}, {
  description: "An extension that the client would like, or must have.",
  "x-requirement": "EXT-1",
});
/**
 * An extension that the client would like, or must have.
 *
 * Serves EXT-1.
 *
 * @example
 * ```json
 * {"version":"1","required":false}
 * ```
 */
export type ExtensionRequest = Type.Static<typeof ExtensionRequest>;

/**
 * What the bus made of a requested extension.
 *
 * Serves EXT-1.
 *
 * @example
 * ```json
 * {"selected":"1","active":true}
 * ```
 *
 * @example
 * ```json
 * {"selected":null,"active":false}
 * ```
 */
export const ExtensionSelection = Type.Object({
  /** The version that is spoken from now on; null where there is none. */
  selected: Type.Union([
    Type.String(),
    Type.Null(),
  ], { description: "The version that is spoken from now on; null where there is none." }),
  /** Whether the extension is on for this connection. */
  active: Type.Boolean({ description: "Whether the extension is on for this connection." }),
}, { description: "What the bus made of a requested extension.", "x-requirement": "EXT-1" });
/**
 * What the bus made of a requested extension.
 *
 * Serves EXT-1.
 *
 * @example
 * ```json
 * {"selected":"1","active":true}
 * ```
 *
 * @example
 * ```json
 * {"selected":null,"active":false}
 * ```
 */
export type ExtensionSelection = Type.Static<typeof ExtensionSelection>;

/**
 * Opens a connection's negotiation.
 *
 * Serves EXT-1.
 *
 * @example
 * ```json
 * {"protocolVersion":"1","extensions":{"session-lost":{"version":"1"}}}
 * ```
 */
export const HelloParams = Type.Object({
  /** The protocol version that the client speaks, `1` for this one. */
  protocolVersion: Type.String({
    description: "The protocol version that the client speaks, `1` for this one.",
    minLength: 1,
  }),
  /** Extensions by name. */
  extensions: Type.Optional(Type.Record(Type.String(), ExtensionRequest, { description: "Extensions by name." })),
}, { description: "Opens a connection's negotiation.", "x-requirement": "EXT-1" });
/**
 * Opens a connection's negotiation.
 *
 * Serves EXT-1.
 *
 * @example
 * ```json
 * {"protocolVersion":"1","extensions":{"session-lost":{"version":"1"}}}
 * ```
 */
export type HelloParams = Type.Static<typeof HelloParams>;

/**
 * What was negotiated.
 *
 * Serves EXT-1.
 *
 * @example
 * ```json
 * {"negotiatedProtocolVersion":"1","sessionId":"s-2f9c1b","extensions":{"session-lost":{"selected":"1","active":true}}}
 * ```
 */
export const HelloResult = Type.Object({
  /** The protocol version that is spoken from now on. */
  negotiatedProtocolVersion: Type.String({ description: "The protocol version that is spoken from now on.", minLength: 1 }),
  /** A fresh session id that the client may use; unique to this bus. */
  sessionId: SessionId,
  /** One entry for each extension that was asked for. */
  extensions: Type.Record(Type.String(), ExtensionSelection, { description: "One entry for each extension that was asked for." }),
}, { description: "What was negotiated.", "x-requirement": "EXT-1" });
/**
 * What was negotiated.
 *
 * Serves EXT-1.
 *
 * @example
 * ```json
 * {"negotiatedProtocolVersion":"1","sessionId":"s-2f9c1b","extensions":{"session-lost":{"selected":"1","active":true}}}
 * ```
 */
export type HelloResult = Type.Static<typeof HelloResult>;

/**
 * The request `stdio_bus/hello`.
 *
 * Serves EXT-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":0,"method":"stdio_bus/hello","params":{"protocolVersion":"1"}}
 * ```
 */
export const HelloRequest = Type.Object({
  jsonrpc: JsonRpcVersion,
  id: RequestId,
  method: Type.Literal("stdio_bus/hello"),
  params: HelloParams,
  result: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, { description: "The request `stdio_bus/hello`.", "x-requirement": "EXT-1" });
/**
 * The request `stdio_bus/hello`.
 *
 * Serves EXT-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":0,"method":"stdio_bus/hello","params":{"protocolVersion":"1"}}
 * ```
 */
export type HelloRequest = Type.Static<typeof HelloRequest>;

/**
 * The successful answer to `stdio_bus/hello`.
 *
 * Serves EXT-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":0,"result":{"negotiatedProtocolVersion":"1","sessionId":"s-2f9c1b","extensions":{}}}
 * ```
 */
export const HelloResponse = Type.Object({
  jsonrpc: JsonRpcVersion,
  id: RequestId,
  result: HelloResult,
  method: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, { description: "The successful answer to `stdio_bus/hello`.", "x-requirement": "EXT-1" });
/**
 * The successful answer to `stdio_bus/hello`.
 *
 * Serves EXT-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":0,"result":{"negotiatedProtocolVersion":"1","sessionId":"s-2f9c1b","extensions":{}}}
 * ```
 */
export type HelloResponse = Type.Static<typeof HelloResponse>;

/**
 * Where a slot is in its life. starting: the process was started; ready: it takes frames; backoff:
 * it ended and waits for its restart; draining: it finishes what is pending; failed: it ended too
 * often and stays down; exited: it ended in a drain.
 *
 * Serves EXT-2.
 *
 * @example
 * ```json
 * "ready"
 * ```
 */
export const WorkerState = Type.Enum(["starting", "ready", "backoff", "draining", "failed", "exited"], {
  description: "Where a slot is in its life. starting: the process was started; ready: it takes frames; backoff: it ended and waits for its restart; draining: it finishes what is pending; failed: it ended too often and stays down; exited: it ended in a drain.",
  "x-requirement": "EXT-2",
});
/**
 * Where a slot is in its life. starting: the process was started; ready: it takes frames; backoff:
 * it ended and waits for its restart; draining: it finishes what is pending; failed: it ended too
 * often and stays down; exited: it ended in a drain.
 *
 * Serves EXT-2.
 *
 * @example
 * ```json
 * "ready"
 * ```
 */
export type WorkerState = Type.Static<typeof WorkerState>;

/**
 * One slot of a pool.
 *
 * Serves EXT-2.
 *
 * @example
 * ```json
 * {"pool":"codex","slot":0,"incarnation":1,"pid":4711,"state":"ready","sessions":12,"pending":3}
 * ```
 */
export const WorkerStats = Type.Object({
  pool: PoolId,
  /** The worker's place in its pool, from 0. */
  slot: Type.Integer({ description: "The worker's place in its pool, from 0.", minimum: 0 }),
  /** How often the slot was started, from 1; 0 before the first start. */
  incarnation: Type.Integer({
    description: "How often the slot was started, from 1; 0 before the first start.",
    minimum: 0,
  }),
  /** Process id; null while no process runs. */
  pid: Type.Union([
    Type.Integer({ minimum: 1 }),
    Type.Null(),
  ], { description: "Process id; null while no process runs." }),
  state: WorkerState,
  /** Sessions bound to the worker. */
  sessions: Type.Integer({ description: "Sessions bound to the worker.", minimum: 0 }),
  /** Requests sent to it without an answer yet. */
  pending: Type.Integer({ description: "Requests sent to it without an answer yet.", minimum: 0 }),
}, { description: "One slot of a pool.", "x-requirement": "EXT-2" });
/**
 * One slot of a pool.
 *
 * Serves EXT-2.
 *
 * @example
 * ```json
 * {"pool":"codex","slot":0,"incarnation":1,"pid":4711,"state":"ready","sessions":12,"pending":3}
 * ```
 */
export type WorkerStats = Type.Static<typeof WorkerStats>;

/**
 * Counters since the bus was started, and its state now. `In` is towards the workers, `Out`
 * towards the clients.
 *
 * Serves EXT-2.
 *
 * @example
 * ```json
 * {"messagesIn":120,"messagesOut":118,"bytesIn":24000,"bytesOut":91000,"workerRestarts":1,"routingErrors":0,"clientConnects":5,"clientDisconnects":2,"sessions":5,"pending":2,"workers":[]}
 * ```
 */
export const StatsResult = Type.Object({
  /** Frames from clients to workers. */
  messagesIn: Type.Integer({ description: "Frames from clients to workers.", minimum: 0 }),
  /** Frames to clients, the bus's own included. */
  messagesOut: Type.Integer({ description: "Frames to clients, the bus's own included.", minimum: 0 }),
  /** Bytes of those frames. */
  bytesIn: Type.Integer({ description: "Bytes of those frames.", minimum: 0 }),
  /** Bytes of those frames. */
  bytesOut: Type.Integer({ description: "Bytes of those frames.", minimum: 0 }),
  /** Starts of a worker after its first. */
  workerRestarts: Type.Integer({ description: "Starts of a worker after its first.", minimum: 0 }),
  /** Frames that were refused, or dropped by rule. */
  routingErrors: Type.Integer({ description: "Frames that were refused, or dropped by rule.", minimum: 0 }),
  /** Connections accepted. */
  clientConnects: Type.Integer({ description: "Connections accepted.", minimum: 0 }),
  /** Connections ended. */
  clientDisconnects: Type.Integer({ description: "Connections ended.", minimum: 0 }),
  /** Sessions bound now. */
  sessions: Type.Integer({ description: "Sessions bound now.", minimum: 0 }),
  /** Requests pending now. */
  pending: Type.Integer({ description: "Requests pending now.", minimum: 0 }),
  /** One entry for each slot of each pool, in the configuration's order. */
  workers: Type.Array(WorkerStats, { description: "One entry for each slot of each pool, in the configuration's order." }),
}, {
  description: "Counters since the bus was started, and its state now. `In` is towards the workers, `Out` towards the clients.",
  "x-requirement": "EXT-2",
});
/**
 * Counters since the bus was started, and its state now. `In` is towards the workers, `Out`
 * towards the clients.
 *
 * Serves EXT-2.
 *
 * @example
 * ```json
 * {"messagesIn":120,"messagesOut":118,"bytesIn":24000,"bytesOut":91000,"workerRestarts":1,"routingErrors":0,"clientConnects":5,"clientDisconnects":2,"sessions":5,"pending":2,"workers":[]}
 * ```
 */
export type StatsResult = Type.Static<typeof StatsResult>;

/**
 * The request `stdio_bus/stats`. It has no params.
 *
 * Serves EXT-2.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":7,"method":"stdio_bus/stats"}
 * ```
 */
export const StatsRequest = Type.Object({
  jsonrpc: JsonRpcVersion,
  id: RequestId,
  method: Type.Literal("stdio_bus/stats"),
  params: Type.Optional(Params),
  result: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, {
  description: "The request `stdio_bus/stats`. It has no params.",
  "x-requirement": "EXT-2",
});
/**
 * The request `stdio_bus/stats`. It has no params.
 *
 * Serves EXT-2.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":7,"method":"stdio_bus/stats"}
 * ```
 */
export type StatsRequest = Type.Static<typeof StatsRequest>;

/**
 * The answer to `stdio_bus/stats`.
 *
 * Serves EXT-2.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":7,"result":{"messagesIn":0,"messagesOut":0,"bytesIn":0,"bytesOut":0,"workerRestarts":0,"routingErrors":0,"clientConnects":1,"clientDisconnects":0,"sessions":0,"pending":0,"workers":[]}}
 * ```
 */
export const StatsResponse = Type.Object({
  jsonrpc: JsonRpcVersion,
  id: RequestId,
  result: StatsResult,
  method: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, { description: "The answer to `stdio_bus/stats`.", "x-requirement": "EXT-2" });
/**
 * The answer to `stdio_bus/stats`.
 *
 * Serves EXT-2.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":7,"result":{"messagesIn":0,"messagesOut":0,"bytesIn":0,"bytesOut":0,"workerRestarts":0,"routingErrors":0,"clientConnects":1,"clientDisconnects":0,"sessions":0,"pending":0,"workers":[]}}
 * ```
 */
export type StatsResponse = Type.Static<typeof StatsResponse>;

/**
 * Which session lost its worker, and why. exit: the worker ended by itself; signal: a signal ended
 * it; failed: its slot has failed and stays down.
 *
 * Serves EXT-4.
 *
 * @example
 * ```json
 * {"sessionId":"user-17","pool":"codex","reason":"signal"}
 * ```
 */
export const SessionLostParams = Type.Object({
  sessionId: SessionId,
  pool: PoolId,
  /** How the worker ended. */
  reason: Type.Enum(["exit", "signal", "failed"], { description: "How the worker ended." }),
}, {
  description: "Which session lost its worker, and why. exit: the worker ended by itself; signal: a signal ended it; failed: its slot has failed and stays down.",
  "x-requirement": "EXT-4",
});
/**
 * Which session lost its worker, and why. exit: the worker ended by itself; signal: a signal ended
 * it; failed: its slot has failed and stays down.
 *
 * Serves EXT-4.
 *
 * @example
 * ```json
 * {"sessionId":"user-17","pool":"codex","reason":"signal"}
 * ```
 */
export type SessionLostParams = Type.Static<typeof SessionLostParams>;

/**
 * The notification `stdio_bus/session_lost`, from the bus to the owner of a session whose worker
 * was lost, where it was negotiated.
 *
 * Serves EXT-4.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","method":"stdio_bus/session_lost","params":{"sessionId":"user-17","pool":"codex","reason":"exit"},"sessionId":"user-17"}
 * ```
 */
export const SessionLostNotification = Type.Object({
  jsonrpc: JsonRpcVersion,
  method: Type.Literal("stdio_bus/session_lost"),
  params: SessionLostParams,
  sessionId: SessionId,
  id: Type.Optional(Type.Never()),
  result: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, {
  description: "The notification `stdio_bus/session_lost`, from the bus to the owner of a session whose worker was lost, where it was negotiated.",
  "x-requirement": "EXT-4",
});
/**
 * The notification `stdio_bus/session_lost`, from the bus to the owner of a session whose worker
 * was lost, where it was negotiated.
 *
 * Serves EXT-4.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","method":"stdio_bus/session_lost","params":{"sessionId":"user-17","pool":"codex","reason":"exit"},"sessionId":"user-17"}
 * ```
 */
export type SessionLostNotification = Type.Static<typeof SessionLostNotification>;
