// Generated from ../frame.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';
import { Ext } from './ext.ts';

/**
 * Marks a JSON-RPC 2.0 message. A bus does not look at it: frames of the codex dialect, which lack
 * it, pass too.
 *
 * Serves FRM-5.
 *
 * @example
 * ```json
 * "2.0"
 * ```
 */
export const JsonRpcVersion = Type.Literal("2.0", {
  description: "Marks a JSON-RPC 2.0 message. A bus does not look at it: frames of the codex dialect, which lack it, pass too.",
  "x-requirement": "FRM-5",
});
/**
 * Marks a JSON-RPC 2.0 message. A bus does not look at it: frames of the codex dialect, which lack
 * it, pass too.
 *
 * Serves FRM-5.
 *
 * @example
 * ```json
 * "2.0"
 * ```
 */
export type JsonRpcVersion = Type.Static<typeof JsonRpcVersion>;

/**
 * Names a request on its connection: any string or any number. Ids are compared by their JSON
 * spelling, so `1` and `1.0` are two ids.
 *
 * Serves FRM-5.
 *
 * @example
 * ```json
 * 1
 * ```
 *
 * @example
 * ```json
 * "req-1"
 * ```
 *
 * @example
 * ```json
 * -0.5
 * ```
 *
 * @example
 * ```json
 * ""
 * ```
 */
export const RequestId = Type.Union([
  Type.String(),
  Type.Number(),
], {
  description: "Names a request on its connection: any string or any number. Ids are compared by their JSON spelling, so `1` and `1.0` are two ids.",
  "x-requirement": "FRM-5",
});
/**
 * Names a request on its connection: any string or any number. Ids are compared by their JSON
 * spelling, so `1` and `1.0` are two ids.
 *
 * Serves FRM-5.
 *
 * @example
 * ```json
 * 1
 * ```
 *
 * @example
 * ```json
 * "req-1"
 * ```
 *
 * @example
 * ```json
 * -0.5
 * ```
 *
 * @example
 * ```json
 * ""
 * ```
 */
export type RequestId = Type.Static<typeof RequestId>;

/**
 * The id that a worker should see: a safe integer or a short ASCII string of the bus's own, which
 * survives a worker that reads and writes JSON naively.
 *
 * Serves COR-9.
 *
 * @example
 * ```json
 * 17
 * ```
 *
 * @example
 * ```json
 * "b17"
 * ```
 */
export const WorkerFacingId = Type.Union([
  Type.Integer({ minimum: -9007199254740991, maximum: 9007199254740991 }),
  Type.String({ pattern: "^[ -~]{1,64}$" }),
], {
  description: "The id that a worker should see: a safe integer or a short ASCII string of the bus's own, which survives a worker that reads and writes JSON naively.",
  "x-requirement": "COR-9",
});
/**
 * The id that a worker should see: a safe integer or a short ASCII string of the bus's own, which
 * survives a worker that reads and writes JSON naively.
 *
 * Serves COR-9.
 *
 * @example
 * ```json
 * 17
 * ```
 *
 * @example
 * ```json
 * "b17"
 * ```
 */
export type WorkerFacingId = Type.Static<typeof WorkerFacingId>;

/**
 * The method that a request or notification names. Names that start with `stdio_bus/` are the
 * bus's own.
 *
 * Serves FRM-5.
 *
 * @example
 * ```json
 * "session/prompt"
 * ```
 *
 * @example
 * ```json
 * "stdio_bus/hello"
 * ```
 */
export const MethodName = Type.String({
  description: "The method that a request or notification names. Names that start with `stdio_bus/` are the bus's own.",
  "x-requirement": "FRM-5",
});
/**
 * The method that a request or notification names. Names that start with `stdio_bus/` are the
 * bus's own.
 *
 * Serves FRM-5.
 *
 * @example
 * ```json
 * "session/prompt"
 * ```
 *
 * @example
 * ```json
 * "stdio_bus/hello"
 * ```
 */
export type MethodName = Type.Static<typeof MethodName>;

/**
 * Arguments, by name or by position. The bus does not look into them.
 *
 * Serves FRM-5.
 *
 * @example
 * ```json
 * {"prompt":"hello"}
 * ```
 *
 * @example
 * ```json
 * [1,2]
 * ```
 */
export const Params = Type.Union([
  Type.Record(Type.String(), Type.Unknown()),
  Type.Array(Type.Unknown()),
], {
  description: "Arguments, by name or by position. The bus does not look into them.",
  "x-requirement": "FRM-5",
});
/**
 * Arguments, by name or by position. The bus does not look into them.
 *
 * Serves FRM-5.
 *
 * @example
 * ```json
 * {"prompt":"hello"}
 * ```
 *
 * @example
 * ```json
 * [1,2]
 * ```
 */
export type Params = Type.Static<typeof Params>;

/**
 * Routes the frame: all frames with one sessionId go to one worker. From 1 to 256 bytes of UTF-8;
 * a schema can count code points only, so the limit in bytes is checked by the envelope scanner
 * and by the byte vectors.
 *
 * Serves AFF-6.
 *
 * @example
 * ```json
 * "user-17"
 * ```
 *
 * @example
 * ```json
 * "018f6d7a-0b1e-7c52-9d61-3f6f2d1c9a10"
 * ```
 */
export const SessionId = Type.String({
  description: "Routes the frame: all frames with one sessionId go to one worker. From 1 to 256 bytes of UTF-8; a schema can count code points only, so the limit in bytes is checked by the envelope scanner and by the byte vectors.",
  "x-requirement": "AFF-6",
  minLength: 1,
  maxLength: 256,
});
/**
 * Routes the frame: all frames with one sessionId go to one worker. From 1 to 256 bytes of UTF-8;
 * a schema can count code points only, so the limit in bytes is checked by the envelope scanner
 * and by the byte vectors.
 *
 * Serves AFF-6.
 *
 * @example
 * ```json
 * "user-17"
 * ```
 *
 * @example
 * ```json
 * "018f6d7a-0b1e-7c52-9d61-3f6f2d1c9a10"
 * ```
 */
export type SessionId = Type.Static<typeof SessionId>;

/**
 * Names a pool of workers, as the configuration's `pools[].id` does.
 *
 * Serves AFF-7.
 *
 * @example
 * ```json
 * "codex"
 * ```
 *
 * @example
 * ```json
 * "default"
 * ```
 */
export const PoolId = Type.String({
  description: "Names a pool of workers, as the configuration's `pools[].id` does.",
  "x-requirement": "AFF-7",
  minLength: 1,
  maxLength: 256,
});
/**
 * Names a pool of workers, as the configuration's `pools[].id` does.
 *
 * Serves AFF-7.
 *
 * @example
 * ```json
 * "codex"
 * ```
 *
 * @example
 * ```json
 * "default"
 * ```
 */
export type PoolId = Type.Static<typeof PoolId>;

/**
 * Names an agent behind the worker. For the worker only: the bus passes it on untouched.
 *
 * Serves EXT-3.
 *
 * @example
 * ```json
 * "reviewer"
 * ```
 */
export const AgentId = Type.String({
  description: "Names an agent behind the worker. For the worker only: the bus passes it on untouched.",
  "x-requirement": "EXT-3",
});
/**
 * Names an agent behind the worker. For the worker only: the bus passes it on untouched.
 *
 * Serves EXT-3.
 *
 * @example
 * ```json
 * "reviewer"
 * ```
 */
export type AgentId = Type.Static<typeof AgentId>;

/**
 * Why a request failed (JSON-RPC 2.0, section 5.1).
 *
 * Serves COR-1.
 *
 * @example
 * ```json
 * {"code":-32601,"message":"Method not found"}
 * ```
 */
export const ErrorObject = Type.Object({
  /** What kind of failure, by number. */
  code: Type.Integer({ description: "What kind of failure, by number." }),
  /** One sentence for people. */
  message: Type.String({ description: "One sentence for people." }),
  /** Further facts; `BusErrorData` where the bus made the error. */
  data: Type.Optional(Type.Unknown()),
}, {
  description: "Why a request failed (JSON-RPC 2.0, section 5.1).",
  "x-requirement": "COR-1",
});
/**
 * Why a request failed (JSON-RPC 2.0, section 5.1).
 *
 * Serves COR-1.
 *
 * @example
 * ```json
 * {"code":-32601,"message":"Method not found"}
 * ```
 */
export type ErrorObject = Type.Static<typeof ErrorObject>;

/**
 * Asks for exactly one response with the same id (COR-1).
 *
 * Serves FRM-5.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"method":"session/prompt","params":{"prompt":"hello"},"sessionId":"user-17"}
 * ```
 */
export const Request = Type.Object({
  jsonrpc: JsonRpcVersion,
  id: RequestId,
  method: MethodName,
  params: Type.Optional(Params),
  sessionId: Type.Optional(SessionId),
  pool: Type.Optional(PoolId),
  agentId: Type.Optional(AgentId),
  _ext: Type.Optional(Ext),
  result: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, {
  description: "Asks for exactly one response with the same id (COR-1).",
  "x-requirement": "FRM-5",
});
/**
 * Asks for exactly one response with the same id (COR-1).
 *
 * Serves FRM-5.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"method":"session/prompt","params":{"prompt":"hello"},"sessionId":"user-17"}
 * ```
 */
export type Request = Type.Static<typeof Request>;

/**
 * Tells something; has no id and gets no response (COR-4).
 *
 * Serves COR-4.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","method":"session/cancel","params":{"reason":"user"},"sessionId":"user-17"}
 * ```
 */
export const Notification = Type.Object({
  jsonrpc: JsonRpcVersion,
  method: MethodName,
  params: Type.Optional(Params),
  sessionId: Type.Optional(SessionId),
  pool: Type.Optional(PoolId),
  agentId: Type.Optional(AgentId),
  _ext: Type.Optional(Ext),
  id: Type.Optional(Type.Never()),
  result: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, {
  description: "Tells something; has no id and gets no response (COR-4).",
  "x-requirement": "COR-4",
});
/**
 * Tells something; has no id and gets no response (COR-4).
 *
 * Serves COR-4.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","method":"session/cancel","params":{"reason":"user"},"sessionId":"user-17"}
 * ```
 */
export type Notification = Type.Static<typeof Notification>;

/**
 * The successful answer to the request with the same id.
 *
 * Serves COR-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"result":{"text":"hi"},"sessionId":"user-17"}
 * ```
 */
export const Response = Type.Object({
  jsonrpc: JsonRpcVersion,
  id: RequestId,
  /** Any JSON value. */
  result: Type.Unknown(),
  sessionId: Type.Optional(SessionId),
  pool: Type.Optional(PoolId),
  agentId: Type.Optional(AgentId),
  _ext: Type.Optional(Ext),
  method: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, {
  description: "The successful answer to the request with the same id.",
  "x-requirement": "COR-1",
});
/**
 * The successful answer to the request with the same id.
 *
 * Serves COR-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"result":{"text":"hi"},"sessionId":"user-17"}
 * ```
 */
export type Response = Type.Static<typeof Response>;

/**
 * The failed answer to the request with the same id; id null where the id could not be read
 * (JSON-RPC 2.0, section 5).
 *
 * Serves COR-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"},"sessionId":"user-17"}
 * ```
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Not JSON: unexpected end of the line","data":{"source":"bus","name":"PARSE_ERROR","retryable":false,"delivered":false}}}
 * ```
 */
export const ErrorResponse = Type.Object({
  jsonrpc: JsonRpcVersion,
  id: Type.Union([
    RequestId,
    Type.Null(),
  ]),
  error: ErrorObject,
  sessionId: Type.Optional(SessionId),
  pool: Type.Optional(PoolId),
  agentId: Type.Optional(AgentId),
  _ext: Type.Optional(Ext),
  method: Type.Optional(Type.Never()),
  result: Type.Optional(Type.Never()),
}, {
  description: "The failed answer to the request with the same id; id null where the id could not be read (JSON-RPC 2.0, section 5).",
  "x-requirement": "COR-1",
});
/**
 * The failed answer to the request with the same id; id null where the id could not be read
 * (JSON-RPC 2.0, section 5).
 *
 * Serves COR-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"},"sessionId":"user-17"}
 * ```
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Not JSON: unexpected end of the line","data":{"source":"bus","name":"PARSE_ERROR","retryable":false,"delivered":false}}}
 * ```
 */
export type ErrorResponse = Type.Static<typeof ErrorResponse>;

/**
 * The members that a bus reads; everything else in a frame is the business of client and worker.
 * Where the configuration renames `sessionId` (CFG-4), that name takes its place.
 *
 * Serves AFF-4.
 *
 * @example
 * ```json
 * {"id":1,"method":"session/prompt","sessionId":"user-17","pool":"codex"}
 * ```
 */
export const RoutingMembers = Type.Object({
  id: Type.Optional(RequestId),
  method: Type.Optional(MethodName),
  sessionId: Type.Optional(SessionId),
  pool: Type.Optional(PoolId),
}, {
  description: "The members that a bus reads; everything else in a frame is the business of client and worker. Where the configuration renames `sessionId` (CFG-4), that name takes its place.",
  "x-requirement": "AFF-4",
});
/**
 * The members that a bus reads; everything else in a frame is the business of client and worker.
 * Where the configuration renames `sessionId` (CFG-4), that name takes its place.
 *
 * Serves AFF-4.
 *
 * @example
 * ```json
 * {"id":1,"method":"session/prompt","sessionId":"user-17","pool":"codex"}
 * ```
 */
export type RoutingMembers = Type.Static<typeof RoutingMembers>;

/**
 * Any frame of the `jsonrpc` dialect, whoever sends it.
 *
 * Serves FRM-5.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":"a","method":"ping"}
 * ```
 */
export const Frame = Type.Union([
  Request,
  Notification,
  Response,
  ErrorResponse,
], {
  description: "Any frame of the `jsonrpc` dialect, whoever sends it.",
  "x-requirement": "FRM-5",
});
/**
 * Any frame of the `jsonrpc` dialect, whoever sends it.
 *
 * Serves FRM-5.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":"a","method":"ping"}
 * ```
 */
export type Frame = Type.Static<typeof Frame>;
