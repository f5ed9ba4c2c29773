// Generated from ../error.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';

/**
 * Names an error of the bus. PARSE_ERROR: The line is not JSON in UTF-8. INVALID_REQUEST: The line
 * is JSON, but no request, notification or response that a bus can route. INVALID_PARAMS: The
 * params of one of the bus's own methods do not fit. WORKER_LOST: The worker ended before it
 * answered, or its answer was no frame. UNAVAILABLE: No worker of the pool is alive; to a worker:
 * its session has no owner. DRAINING: The bus is ending and takes no new requests, or its drain
 * timeout ended this one. UNKNOWN_POOL: The frame names a pool that is not configured. OVERLOADED:
 * The worker's queue is full. FRAME_TOO_LARGE: The line is longer than `max_input_buffer`.
 * DEADLINE_EXCEEDED: No response within `request_timeout_sec`.
 *
 * Serves COR-1.
 *
 * @example
 * ```json
 * "WORKER_LOST"
 * ```
 */
export const BusErrorName = Type.Enum(["PARSE_ERROR", "INVALID_REQUEST", "INVALID_PARAMS", "WORKER_LOST", "UNAVAILABLE", "DRAINING", "UNKNOWN_POOL", "OVERLOADED", "FRAME_TOO_LARGE", "DEADLINE_EXCEEDED"], {
  description: "Names an error of the bus. PARSE_ERROR: The line is not JSON in UTF-8. INVALID_REQUEST: The line is JSON, but no request, notification or response that a bus can route. INVALID_PARAMS: The params of one of the bus's own methods do not fit. WORKER_LOST: The worker ended before it answered, or its answer was no frame. UNAVAILABLE: No worker of the pool is alive; to a worker: its session has no owner. DRAINING: The bus is ending and takes no new requests, or its drain timeout ended this one. UNKNOWN_POOL: The frame names a pool that is not configured. OVERLOADED: The worker's queue is full. FRAME_TOO_LARGE: The line is longer than `max_input_buffer`. DEADLINE_EXCEEDED: No response within `request_timeout_sec`.",
  "x-requirement": "COR-1",
});
/**
 * Names an error of the bus. PARSE_ERROR: The line is not JSON in UTF-8. INVALID_REQUEST: The line
 * is JSON, but no request, notification or response that a bus can route. INVALID_PARAMS: The
 * params of one of the bus's own methods do not fit. WORKER_LOST: The worker ended before it
 * answered, or its answer was no frame. UNAVAILABLE: No worker of the pool is alive; to a worker:
 * its session has no owner. DRAINING: The bus is ending and takes no new requests, or its drain
 * timeout ended this one. UNKNOWN_POOL: The frame names a pool that is not configured. OVERLOADED:
 * The worker's queue is full. FRAME_TOO_LARGE: The line is longer than `max_input_buffer`.
 * DEADLINE_EXCEEDED: No response within `request_timeout_sec`.
 *
 * Serves COR-1.
 *
 * @example
 * ```json
 * "WORKER_LOST"
 * ```
 */
export type BusErrorName = Type.Static<typeof BusErrorName>;

/**
 * The number of an error of the bus, one for one with its name.
 *
 * Serves COR-1.
 *
 * @example
 * ```json
 * -32050
 * ```
 */
export const BusErrorCode = Type.Enum([-32700, -32600, -32602, -32050, -32051, -32052, -32053, -32054, -32055, -32056], {
  description: "The number of an error of the bus, one for one with its name.",
  "x-requirement": "COR-1",
});
/**
 * The number of an error of the bus, one for one with its name.
 *
 * Serves COR-1.
 *
 * @example
 * ```json
 * -32050
 * ```
 */
export type BusErrorCode = Type.Static<typeof BusErrorCode>;

/**
 * What a client can act on, in `error.data` of each error that the bus makes.
 *
 * Serves RST-1.
 *
 * @example
 * ```json
 * {"source":"bus","name":"WORKER_LOST","retryable":false,"delivered":true}
 * ```
 */
export const BusErrorData = Type.Object({
  /** Always `bus`: the bus answers in place of the receiver. */
  source: Type.Literal("bus", { description: "Always `bus`: the bus answers in place of the receiver." }),
  name: BusErrorName,
  /** Whether sending the same frame again may succeed and can do no harm. */
  retryable: Type.Boolean({ description: "Whether sending the same frame again may succeed and can do no harm." }),
  /**
   * Whether the receiver may have seen the request, in part or whole. The receiver is the worker;
   * for an error that the bus gives to a worker, the client.
   */
  delivered: Type.Boolean({
    description: "Whether the receiver may have seen the request, in part or whole. The receiver is the worker; for an error that the bus gives to a worker, the client.",
  }),
  /** Where a hello asked for another version: those that the bus speaks. */
  supportedVersions: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { description: "Where a hello asked for another version: those that the bus speaks." })),
}, {
  description: "What a client can act on, in `error.data` of each error that the bus makes.",
  "x-requirement": "RST-1",
});
/**
 * What a client can act on, in `error.data` of each error that the bus makes.
 *
 * Serves RST-1.
 *
 * @example
 * ```json
 * {"source":"bus","name":"WORKER_LOST","retryable":false,"delivered":true}
 * ```
 */
export type BusErrorData = Type.Static<typeof BusErrorData>;

/**
 * The `error` member of an error response that the bus makes: code and name belong together.
 *
 * Serves COR-1.
 *
 * @example
 * ```json
 * {"code":-32050,"message":"Worker lost before it answered","data":{"source":"bus","name":"WORKER_LOST","retryable":false,"delivered":true}}
 * ```
 */
export const BusError = Type.Object({
  code: BusErrorCode,
  /** One sentence for people. */
  message: Type.String({ description: "One sentence for people." }),
  data: BusErrorData,
}, {
  description: "The `error` member of an error response that the bus makes: code and name belong together.",
  "x-requirement": "COR-1",
  allOf: [{ if: { type: "object", properties: { data: { type: "object", required: ["name"], properties: { name: { const: "PARSE_ERROR" } } } } }, then: { type: "object", properties: { code: { const: -32700 } } } }, { if: { type: "object", properties: { data: { type: "object", required: ["name"], properties: { name: { const: "INVALID_REQUEST" } } } } }, then: { type: "object", properties: { code: { const: -32600 } } } }, { if: { type: "object", properties: { data: { type: "object", required: ["name"], properties: { name: { const: "INVALID_PARAMS" } } } } }, then: { type: "object", properties: { code: { const: -32602 } } } }, { if: { type: "object", properties: { data: { type: "object", required: ["name"], properties: { name: { const: "WORKER_LOST" } } } } }, then: { type: "object", properties: { code: { const: -32050 } } } }, { if: { type: "object", properties: { data: { type: "object", required: ["name"], properties: { name: { const: "UNAVAILABLE" } } } } }, then: { type: "object", properties: { code: { const: -32051 } } } }, { if: { type: "object", properties: { data: { type: "object", required: ["name"], properties: { name: { const: "DRAINING" } } } } }, then: { type: "object", properties: { code: { const: -32052 } } } }, { if: { type: "object", properties: { data: { type: "object", required: ["name"], properties: { name: { const: "UNKNOWN_POOL" } } } } }, then: { type: "object", properties: { code: { const: -32053 } } } }, { if: { type: "object", properties: { data: { type: "object", required: ["name"], properties: { name: { const: "OVERLOADED" } } } } }, then: { type: "object", properties: { code: { const: -32054 } } } }, { if: { type: "object", properties: { data: { type: "object", required: ["name"], properties: { name: { const: "FRAME_TOO_LARGE" } } } } }, then: { type: "object", properties: { code: { const: -32055 } } } }, { if: { type: "object", properties: { data: { type: "object", required: ["name"], properties: { name: { const: "DEADLINE_EXCEEDED" } } } } }, then: { type: "object", properties: { code: { const: -32056 } } } }],
});
/**
 * The `error` member of an error response that the bus makes: code and name belong together.
 *
 * Serves COR-1.
 *
 * @example
 * ```json
 * {"code":-32050,"message":"Worker lost before it answered","data":{"source":"bus","name":"WORKER_LOST","retryable":false,"delivered":true}}
 * ```
 */
export type BusError = Type.Static<typeof BusError>;
