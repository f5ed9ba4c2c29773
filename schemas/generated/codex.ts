// Generated from ../codex.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';
import { ErrorObject, Params, PoolId, SessionId } from './frame.ts';

/**
 * Names a request on its connection: a string or an integer.
 *
 * Serves WRK-2.
 *
 * @example
 * ```json
 * 0
 * ```
 *
 * @example
 * ```json
 * "a1"
 * ```
 */
export const CodexRequestId = Type.Union([
  Type.String(),
  Type.Integer(),
], {
  description: "Names a request on its connection: a string or an integer.",
  "x-requirement": "WRK-2",
});
/**
 * Names a request on its connection: a string or an integer.
 *
 * Serves WRK-2.
 *
 * @example
 * ```json
 * 0
 * ```
 *
 * @example
 * ```json
 * "a1"
 * ```
 */
export type CodexRequestId = Type.Static<typeof CodexRequestId>;

/**
 * Asks for exactly one response with the same id.
 *
 * Serves WRK-2.
 *
 * @example
 * ```json
 * {"id":3,"method":"turn/start","params":{"threadId":"thr-1","input":[]}}
 * ```
 */
export const CodexRequest = Type.Object({
  id: CodexRequestId,
  /** The method. */
  method: Type.String({ description: "The method." }),
  params: Type.Optional(Params),
  sessionId: Type.Optional(SessionId),
  pool: Type.Optional(PoolId),
  jsonrpc: Type.Optional(Type.Never()),
  result: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, {
  description: "Asks for exactly one response with the same id.",
  "x-requirement": "WRK-2",
});
/**
 * Asks for exactly one response with the same id.
 *
 * Serves WRK-2.
 *
 * @example
 * ```json
 * {"id":3,"method":"turn/start","params":{"threadId":"thr-1","input":[]}}
 * ```
 */
export type CodexRequest = Type.Static<typeof CodexRequest>;

/**
 * Tells something; has no id and gets no response.
 *
 * Serves COR-4.
 *
 * @example
 * ```json
 * {"method":"turn/completed","params":{"threadId":"thr-1"}}
 * ```
 */
export const CodexNotification = Type.Object({
  /** The method. */
  method: Type.String({ description: "The method." }),
  params: Type.Optional(Params),
  sessionId: Type.Optional(SessionId),
  pool: Type.Optional(PoolId),
  jsonrpc: Type.Optional(Type.Never()),
  id: Type.Optional(Type.Never()),
  result: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, {
  description: "Tells something; has no id and gets no response.",
  "x-requirement": "COR-4",
});
/**
 * Tells something; has no id and gets no response.
 *
 * Serves COR-4.
 *
 * @example
 * ```json
 * {"method":"turn/completed","params":{"threadId":"thr-1"}}
 * ```
 */
export type CodexNotification = Type.Static<typeof CodexNotification>;

/**
 * The successful answer to the request with the same id.
 *
 * Serves WRK-2.
 *
 * @example
 * ```json
 * {"id":3,"result":{"turn":{"id":"turn-1"}}}
 * ```
 */
export const CodexResponse = Type.Object({
  id: CodexRequestId,
  /** Any JSON value. */
  result: Type.Unknown(),
  sessionId: Type.Optional(SessionId),
  pool: Type.Optional(PoolId),
  jsonrpc: Type.Optional(Type.Never()),
  method: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, {
  description: "The successful answer to the request with the same id.",
  "x-requirement": "WRK-2",
});
/**
 * The successful answer to the request with the same id.
 *
 * Serves WRK-2.
 *
 * @example
 * ```json
 * {"id":3,"result":{"turn":{"id":"turn-1"}}}
 * ```
 */
export type CodexResponse = Type.Static<typeof CodexResponse>;

/**
 * The failed answer to the request with the same id. Code -32001 says that the worker is
 * overloaded and the request may be sent again later.
 *
 * Serves WRK-4.
 *
 * @example
 * ```json
 * {"id":3,"error":{"code":-32001,"message":"Server overloaded"}}
 * ```
 */
export const CodexErrorResponse = Type.Object({
  id: Type.Union([
    CodexRequestId,
    Type.Null(),
  ]),
  error: ErrorObject,
  sessionId: Type.Optional(SessionId),
  pool: Type.Optional(PoolId),
  jsonrpc: Type.Optional(Type.Never()),
  method: Type.Optional(Type.Never()),
  result: Type.Optional(Type.Never()),
}, {
  description: "The failed answer to the request with the same id. Code -32001 says that the worker is overloaded and the request may be sent again later.",
  "x-requirement": "WRK-4",
});
/**
 * The failed answer to the request with the same id. Code -32001 says that the worker is
 * overloaded and the request may be sent again later.
 *
 * Serves WRK-4.
 *
 * @example
 * ```json
 * {"id":3,"error":{"code":-32001,"message":"Server overloaded"}}
 * ```
 */
export type CodexErrorResponse = Type.Static<typeof CodexErrorResponse>;

/**
 * Any frame of the codex dialect.
 *
 * Serves WRK-2.
 *
 * @example
 * ```json
 * {"method":"initialized"}
 * ```
 */
export const CodexFrame = Type.Union([
  CodexRequest,
  CodexNotification,
  CodexResponse,
  CodexErrorResponse,
], { description: "Any frame of the codex dialect.", "x-requirement": "WRK-2" });
/**
 * Any frame of the codex dialect.
 *
 * Serves WRK-2.
 *
 * @example
 * ```json
 * {"method":"initialized"}
 * ```
 */
export type CodexFrame = Type.Static<typeof CodexFrame>;

/**
 * The first frame on a connection. App servers expect `clientInfo`; executors expect `clientName`,
 * and `resumeSessionId` where a cut connection is taken up again.
 *
 * Serves WRK-2.
 *
 * @example
 * ```json
 * {"id":0,"method":"initialize","params":{"clientInfo":{"name":"kit","title":"Kit","version":"1.0.0"}}}
 * ```
 *
 * @example
 * ```json
 * {"id":1,"method":"initialize","params":{"clientName":"kit"}}
 * ```
 */
export const CodexInitializeRequest = Type.Object({
  id: CodexRequestId,
  method: Type.Literal("initialize"),
  /** Who connects. */
  params: Type.Object({
    /** The client of an app server. */
    clientInfo: Type.Optional(Type.Object({
      /** Short name. */
      name: Type.String({ description: "Short name." }),
      /** Name for people. */
      title: Type.Optional(Type.String({ description: "Name for people." })),
      /** Version of the client. */
      version: Type.String({ description: "Version of the client." }),
    }, { description: "The client of an app server." })),
    /** The client of an executor. */
    clientName: Type.Optional(Type.String({ description: "The client of an executor." })),
    /** The session of an earlier connection that is to go on. */
    resumeSessionId: Type.Optional(Type.Union([
      Type.String(),
      Type.Null(),
    ], { description: "The session of an earlier connection that is to go on." })),
  }, {
    description: "Who connects.",
    anyOf: [{ required: ["clientInfo"], properties: { clientInfo: true } }, { required: ["clientName"], properties: { clientName: true } }],
  }),
  jsonrpc: Type.Optional(Type.Never()),
  result: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, {
  description: "The first frame on a connection. App servers expect `clientInfo`; executors expect `clientName`, and `resumeSessionId` where a cut connection is taken up again.",
  "x-requirement": "WRK-2",
});
/**
 * The first frame on a connection. App servers expect `clientInfo`; executors expect `clientName`,
 * and `resumeSessionId` where a cut connection is taken up again.
 *
 * Serves WRK-2.
 *
 * @example
 * ```json
 * {"id":0,"method":"initialize","params":{"clientInfo":{"name":"kit","title":"Kit","version":"1.0.0"}}}
 * ```
 *
 * @example
 * ```json
 * {"id":1,"method":"initialize","params":{"clientName":"kit"}}
 * ```
 */
export type CodexInitializeRequest = Type.Static<typeof CodexInitializeRequest>;

/**
 * Ends the handshake: sent once, after the response to `initialize`.
 *
 * Serves WRK-2.
 *
 * @example
 * ```json
 * {"method":"initialized"}
 * ```
 */
export const CodexInitializedNotification = Type.Object({
  method: Type.Literal("initialized"),
  jsonrpc: Type.Optional(Type.Never()),
  id: Type.Optional(Type.Never()),
  result: Type.Optional(Type.Never()),
  error: Type.Optional(Type.Never()),
}, {
  description: "Ends the handshake: sent once, after the response to `initialize`.",
  "x-requirement": "WRK-2",
});
/**
 * Ends the handshake: sent once, after the response to `initialize`.
 *
 * Serves WRK-2.
 *
 * @example
 * ```json
 * {"method":"initialized"}
 * ```
 */
export type CodexInitializedNotification = Type.Static<typeof CodexInitializedNotification>;

/**
 * Params that name their session: `threadId`. `thread/start` has none yet; its result gives it.
 *
 * Serves WRK-3.
 *
 * @example
 * ```json
 * {"threadId":"thr-1"}
 * ```
 */
export const CodexThreadParams = Type.Object({
  /** The session. */
  threadId: Type.String({ description: "The session." }),
}, {
  description: "Params that name their session: `threadId`. `thread/start` has none yet; its result gives it.",
  "x-requirement": "WRK-3",
});
/**
 * Params that name their session: `threadId`. `thread/start` has none yet; its result gives it.
 *
 * Serves WRK-3.
 *
 * @example
 * ```json
 * {"threadId":"thr-1"}
 * ```
 */
export type CodexThreadParams = Type.Static<typeof CodexThreadParams>;
