// Generated from ../bus-config.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';
import { PoolId } from './frame.ts';

/**
 * A number of like workers.
 *
 * Serves CFG-1.
 *
 * @example
 * ```json
 * {"id":"codex","command":"codex","args":["app-server","--worker"],"instances":3,"env":{"RUST_LOG":"info"}}
 * ```
 */
export const Pool = Type.Object({
  /**
   * Names the pool; unique in the configuration (the schema cannot say so; the bus checks it).
   *
   * Serves CFG-1.
   */
  id: PoolId,
  /** The program of the worker: a path, or a name that is looked up in PATH. Never a shell line. */
  command: Type.String({
    description: "The program of the worker: a path, or a name that is looked up in PATH. Never a shell line.",
    minLength: 1,
    pattern: "^[^\\u0000]*$",
  }),
  /**
   * Its arguments, without the program's own name.
   *
   * @defaultValue `[]`
   */
  args: Type.Optional(Type.Array(Type.String({ pattern: "^[^\\u0000]*$" }), { description: "Its arguments, without the program's own name.", default: [] })),
  /**
   * How many workers.
   *
   * @defaultValue `1`
   */
  instances: Type.Optional(Type.Integer({ description: "How many workers.", minimum: 1, maximum: 1024, default: 1 })),
  /**
   * Environment variables, added over the bus's own.
   *
   * @defaultValue `{}`
   */
  env: Type.Optional(Type.Record(Type.String(), Type.String({ pattern: "^[^\\u0000]*$" }), {
    description: "Environment variables, added over the bus's own.",
    propertyNames: { pattern: "^[^=\\u0000]+$" },
    default: {},
  })),
  /** Working directory of the worker. Default: the bus's own. */
  cwd: Type.Optional(Type.String({
    description: "Working directory of the worker. Default: the bus's own.",
    minLength: 1,
    pattern: "^[^\\u0000]*$",
  })),
}, {
  description: "A number of like workers.",
  "x-requirement": "CFG-1",
  additionalProperties: false,
});
/**
 * A number of like workers.
 *
 * Serves CFG-1.
 *
 * @example
 * ```json
 * {"id":"codex","command":"codex","args":["app-server","--worker"],"instances":3,"env":{"RUST_LOG":"info"}}
 * ```
 */
export type Pool = Type.Static<typeof Pool>;

/**
 * What bounds memory, time and restarts. Members that end in `_sec` are seconds; fractions are
 * allowed.
 *
 * Serves CFG-1.
 *
 * @example
 * ```json
 * {"max_restarts":5,"restart_window_sec":60,"drain_timeout_sec":30}
 * ```
 */
export const Limits = Type.Object({
  /**
   * Longest line that is taken from a client or a worker, in bytes without its LF (FRM-6).
   *
   * @defaultValue `1048576`
   *
   * Serves FRM-6.
   */
  max_input_buffer: Type.Optional(Type.Integer({
    description: "Longest line that is taken from a client or a worker, in bytes without its LF (FRM-6).",
    "x-requirement": "FRM-6",
    minimum: 1024,
    maximum: 1073741824,
    default: 1048576,
  })),
  /**
   * Bytes that may wait for one connection or one worker (FLW-1, FLW-2).
   *
   * @defaultValue `4194304`
   *
   * Serves FLW-1.
   */
  max_output_queue: Type.Optional(Type.Integer({
    description: "Bytes that may wait for one connection or one worker (FLW-1, FLW-2).",
    "x-requirement": "FLW-1",
    minimum: 1024,
    maximum: 4294967296,
    default: 4194304,
  })),
  /**
   * Restarts of one slot within `restart_window_sec` before it has failed; 0 = never restart
   * (RST-2).
   *
   * @defaultValue `5`
   *
   * Serves RST-2.
   */
  max_restarts: Type.Optional(Type.Integer({
    description: "Restarts of one slot within `restart_window_sec` before it has failed; 0 = never restart (RST-2).",
    "x-requirement": "RST-2",
    minimum: 0,
    maximum: 1000,
    default: 5,
  })),
  /**
   * Seconds in which restarts are counted; the window slides (RST-2).
   *
   * @defaultValue `60`
   *
   * Serves RST-2.
   */
  restart_window_sec: Type.Optional(Type.Number({
    description: "Seconds in which restarts are counted; the window slides (RST-2).",
    "x-requirement": "RST-2",
    exclusiveMinimum: 0,
    maximum: 86400,
    default: 60,
  })),
  /**
   * Seconds that workers have to end after a drain began; then SIGKILL (DRN-3).
   *
   * @defaultValue `30`
   *
   * Serves DRN-3.
   */
  drain_timeout_sec: Type.Optional(Type.Number({
    description: "Seconds that workers have to end after a drain began; then SIGKILL (DRN-3).",
    "x-requirement": "DRN-3",
    minimum: 0,
    maximum: 86400,
    default: 30,
  })),
  /**
   * Seconds that a client's queue may stay full before the client is disconnected (FLW-1).
   *
   * @defaultValue `60`
   *
   * Serves FLW-1.
   */
  backpressure_timeout_sec: Type.Optional(Type.Number({
    description: "Seconds that a client's queue may stay full before the client is disconnected (FLW-1).",
    "x-requirement": "FLW-1",
    exclusiveMinimum: 0,
    maximum: 86400,
    default: 60,
  })),
  /**
   * Seconds after which a session without frames is forgotten; 0 = never (AFF-9).
   *
   * @defaultValue `0`
   *
   * Serves AFF-9.
   */
  session_idle_sec: Type.Optional(Type.Number({
    description: "Seconds after which a session without frames is forgotten; 0 = never (AFF-9).",
    "x-requirement": "AFF-9",
    minimum: 0,
    maximum: 31536000,
    default: 0,
  })),
  /**
   * Seconds after which a pending request gets DEADLINE_EXCEEDED; 0 = never.
   *
   * @defaultValue `0`
   */
  request_timeout_sec: Type.Optional(Type.Number({
    description: "Seconds after which a pending request gets DEADLINE_EXCEEDED; 0 = never.",
    minimum: 0,
    maximum: 31536000,
    default: 0,
  })),
}, {
  description: "What bounds memory, time and restarts. Members that end in `_sec` are seconds; fractions are allowed.",
  "x-requirement": "CFG-1",
  additionalProperties: false,
});
/**
 * What bounds memory, time and restarts. Members that end in `_sec` are seconds; fractions are
 * allowed.
 *
 * Serves CFG-1.
 *
 * @example
 * ```json
 * {"max_restarts":5,"restart_window_sec":60,"drain_timeout_sec":30}
 * ```
 */
export type Limits = Type.Static<typeof Limits>;

/**
 * Sends a first or session-less frame whose method matches to a pool.
 *
 * Serves AFF-7.
 *
 * @example
 * ```json
 * {"method":"process/*","pool":"executors"}
 * ```
 */
export const RoutingRule = Type.Object({
  /** Glob over the whole method name: `*` stands for any run of characters, `?` for one. */
  method: Type.String({
    description: "Glob over the whole method name: `*` stands for any run of characters, `?` for one.",
    minLength: 1,
  }),
  /**
   * A pool of this configuration.
   *
   * Serves CFG-1.
   */
  pool: PoolId,
}, {
  description: "Sends a first or session-less frame whose method matches to a pool.",
  "x-requirement": "AFF-7",
  additionalProperties: false,
});
/**
 * Sends a first or session-less frame whose method matches to a pool.
 *
 * Serves AFF-7.
 *
 * @example
 * ```json
 * {"method":"process/*","pool":"executors"}
 * ```
 */
export type RoutingRule = Type.Static<typeof RoutingRule>;

/**
 * How a frame finds its pool, and by which member it finds its session.
 *
 * Serves AFF-7.
 *
 * @example
 * ```json
 * {"session_id_field":"sessionId","default_pool":"codex"}
 * ```
 */
export const Routing = Type.Object({
  /**
   * The top-level member that names the session (CFG-4).
   *
   * @defaultValue `"sessionId"`
   *
   * Serves CFG-4.
   */
  session_id_field: Type.Optional(Type.String({
    description: "The top-level member that names the session (CFG-4).",
    "x-requirement": "CFG-4",
    minLength: 1,
    maxLength: 128,
    not: { description: "frames have these members already", enum: ["id", "method", "pool", "jsonrpc", "params", "result", "error", "_ext"] },
    default: "sessionId",
  })),
  /**
   * The pool of frames that neither name one nor match a rule. Default: the first pool.
   *
   * Serves CFG-1.
   */
  default_pool: Type.Optional(PoolId),
  /**
   * Tried in order; the first that matches decides.
   *
   * @defaultValue `[]`
   */
  rules: Type.Optional(Type.Array(RoutingRule, { description: "Tried in order; the first that matches decides.", default: [] })),
}, {
  description: "How a frame finds its pool, and by which member it finds its session.",
  "x-requirement": "AFF-7",
  additionalProperties: false,
});
/**
 * How a frame finds its pool, and by which member it finds its session.
 *
 * Serves AFF-7.
 *
 * @example
 * ```json
 * {"session_id_field":"sessionId","default_pool":"codex"}
 * ```
 */
export type Routing = Type.Static<typeof Routing>;

/**
 * A whole configuration.
 *
 * Serves CFG-1.
 *
 * @example
 * ```json
 * {"pools":[{"id":"codex","command":"codex","args":["app-server","--worker"],"instances":3,"env":{}}],"limits":{"max_input_buffer":1048576,"max_output_queue":4194304,"max_restarts":5,"restart_window_sec":60,"drain_timeout_sec":30,"backpressure_timeout_sec":60},"routing":{"session_id_field":"sessionId","default_pool":"codex"}}
 * ```
 */
export const BusConfig = Type.Object({
  /** For editors; ignored. */
  $schema: Type.Optional(Type.String({ description: "For editors; ignored." })),
  /** At least one pool. */
  pools: Type.Array(Pool, { description: "At least one pool.", minItems: 1 }),
  limits: Type.Optional(Limits),
  routing: Type.Optional(Routing),
}, {
  description: "A whole configuration.",
  "x-requirement": "CFG-1",
  additionalProperties: false,
});
/**
 * A whole configuration.
 *
 * Serves CFG-1.
 *
 * @example
 * ```json
 * {"pools":[{"id":"codex","command":"codex","args":["app-server","--worker"],"instances":3,"env":{}}],"limits":{"max_input_buffer":1048576,"max_output_queue":4194304,"max_restarts":5,"restart_window_sec":60,"drain_timeout_sec":30,"backpressure_timeout_sec":60},"routing":{"session_id_field":"sessionId","default_pool":"codex"}}
 * ```
 */
export type BusConfig = Type.Static<typeof BusConfig>;
