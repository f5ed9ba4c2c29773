// Generated from ../hop.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';
import { HelloRequest, StatsRequest } from './bus-methods.ts';
import { BusError } from './error.ts';
import { ErrorResponse, Frame, Notification, Request, Response, SessionId } from './frame.ts';

/**
 * A request from a worker to the owner of a session, an approval for example. Without a sessionId
 * it has nowhere to go.
 *
 * Serves COR-6.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":0,"method":"session/request_permission","params":{"tool":"git"},"sessionId":"user-17"}
 * ```
 */
export const WorkerRequest = Type.Intersect([
  Request,
  Type.Object({
    sessionId: SessionId,
  }),
], {
  description: "A request from a worker to the owner of a session, an approval for example. Without a sessionId it has nowhere to go.",
  "x-requirement": "COR-6",
});
/**
 * A request from a worker to the owner of a session, an approval for example. Without a sessionId
 * it has nowhere to go.
 *
 * Serves COR-6.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":0,"method":"session/request_permission","params":{"tool":"git"},"sessionId":"user-17"}
 * ```
 */
export type WorkerRequest = Type.Static<typeof WorkerRequest>;

/**
 * A notification from a worker to the owner of a session. Without a sessionId the bus drops and
 * counts it.
 *
 * Serves AFF-8.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","method":"session/update","params":{"text":"hi"},"sessionId":"user-17"}
 * ```
 */
export const WorkerNotification = Type.Intersect([
  Notification,
  Type.Object({
    sessionId: SessionId,
  }),
], {
  description: "A notification from a worker to the owner of a session. Without a sessionId the bus drops and counts it.",
  "x-requirement": "AFF-8",
});
/**
 * A notification from a worker to the owner of a session. Without a sessionId the bus drops and
 * counts it.
 *
 * Serves AFF-8.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","method":"session/update","params":{"text":"hi"},"sessionId":"user-17"}
 * ```
 */
export type WorkerNotification = Type.Static<typeof WorkerNotification>;

/**
 * What a client may send: requests, notifications, and responses to a worker's requests. The bus's
 * own methods have params of their own.
 *
 * Serves FRM-5.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"method":"session/prompt","sessionId":"user-17"}
 * ```
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":0,"result":{"outcome":"allowed"},"sessionId":"user-17"}
 * ```
 */
export const ClientToBus = Type.Intersect([
  Frame,
  Type.Unsafe<unknown>({ if: { type: "object", required: ["id", "method"], properties: { id: true, method: { const: "stdio_bus/hello" } } }, then: HelloRequest }),
  Type.Unsafe<unknown>({ if: { type: "object", required: ["id", "method"], properties: { id: true, method: { const: "stdio_bus/stats" } } }, then: StatsRequest }),
], {
  description: "What a client may send: requests, notifications, and responses to a worker's requests. The bus's own methods have params of their own.",
  "x-requirement": "FRM-5",
});
/**
 * What a client may send: requests, notifications, and responses to a worker's requests. The bus's
 * own methods have params of their own.
 *
 * Serves FRM-5.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"method":"session/prompt","sessionId":"user-17"}
 * ```
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":0,"result":{"outcome":"allowed"},"sessionId":"user-17"}
 * ```
 */
export type ClientToBus = Type.Static<typeof ClientToBus>;

/**
 * What a bus may send to a worker: the client's frames, the ids of requests replaced by the bus's
 * own (COR-9), and the owner's responses to the worker's requests.
 *
 * Serves FRM-7.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":17,"method":"session/prompt","sessionId":"user-17"}
 * ```
 */
export const BusToWorker = Frame;
/**
 * What a bus may send to a worker: the client's frames, the ids of requests replaced by the bus's
 * own (COR-9), and the owner's responses to the worker's requests.
 *
 * Serves FRM-7.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":17,"method":"session/prompt","sessionId":"user-17"}
 * ```
 */
export type BusToWorker = Type.Static<typeof BusToWorker>;

/**
 * What a worker may send: responses, and requests and notifications that name their session.
 *
 * Serves WRK-3.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":17,"result":{"text":"hi"},"sessionId":"user-17"}
 * ```
 */
export const WorkerToBus = Type.Union([
  Response,
  ErrorResponse,
  WorkerRequest,
  WorkerNotification,
], {
  description: "What a worker may send: responses, and requests and notifications that name their session.",
  "x-requirement": "WRK-3",
});
/**
 * What a worker may send: responses, and requests and notifications that name their session.
 *
 * Serves WRK-3.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":17,"result":{"text":"hi"},"sessionId":"user-17"}
 * ```
 */
export type WorkerToBus = Type.Static<typeof WorkerToBus>;

/**
 * An error response that the bus made itself: `error.data.source` is `bus`.
 *
 * Serves COR-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"error":{"code":-32051,"message":"No worker of pool codex is alive","data":{"source":"bus","name":"UNAVAILABLE","retryable":true,"delivered":false}}}
 * ```
 */
export const BusErrorResponse = Type.Intersect([
  ErrorResponse,
  Type.Object({
    error: BusError,
  }),
], {
  description: "An error response that the bus made itself: `error.data.source` is `bus`.",
  "x-requirement": "COR-1",
});
/**
 * An error response that the bus made itself: `error.data.source` is `bus`.
 *
 * Serves COR-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"error":{"code":-32051,"message":"No worker of pool codex is alive","data":{"source":"bus","name":"UNAVAILABLE","retryable":true,"delivered":false}}}
 * ```
 */
export type BusErrorResponse = Type.Static<typeof BusErrorResponse>;

/**
 * What a client may receive: responses with its own id in its own spelling, and the requests and
 * notifications of the workers of its sessions. An error that says it is the bus's must be one of
 * the list.
 *
 * Serves COR-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"result":{"text":"hi"},"sessionId":"user-17"}
 * ```
 */
export const BusToClient = Type.Intersect([
  WorkerToBus,
  Type.Unsafe<unknown>({ if: { type: "object", required: ["error"], properties: { error: { type: "object", required: ["data"], properties: { data: { type: "object", required: ["source"], properties: { source: { const: "bus" } } } } } } }, then: BusErrorResponse }),
], {
  description: "What a client may receive: responses with its own id in its own spelling, and the requests and notifications of the workers of its sessions. An error that says it is the bus's must be one of the list.",
  "x-requirement": "COR-1",
});
/**
 * What a client may receive: responses with its own id in its own spelling, and the requests and
 * notifications of the workers of its sessions. An error that says it is the bus's must be one of
 * the list.
 *
 * Serves COR-1.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"result":{"text":"hi"},"sessionId":"user-17"}
 * ```
 */
export type BusToClient = Type.Static<typeof BusToClient>;
