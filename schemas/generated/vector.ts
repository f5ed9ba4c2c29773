// Generated from ../vector.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';
import { Base64 } from './process.ts';
import { RequirementId } from './requirements.ts';

/**
 * Bytes as one read returns them: base64, or base64 that is repeated (so that long lines keep the
 * file small).
 *
 * @example
 * ```json
 * "eyJpZCI6MX0K"
 * ```
 *
 * @example
 * ```json
 * {"base64":"Ww==","times":100000}
 * ```
 */
export const ByteChunk = Type.Union([
  Base64,
  Type.Object({
    base64: Base64,
    /** How often the bytes are repeated. */
    times: Type.Integer({ description: "How often the bytes are repeated.", minimum: 1, maximum: 10000000 }),
  }, { additionalProperties: false }),
], {
  description: "Bytes as one read returns them: base64, or base64 that is repeated (so that long lines keep the file small).",
});
/**
 * Bytes as one read returns them: base64, or base64 that is repeated (so that long lines keep the
 * file small).
 *
 * @example
 * ```json
 * "eyJpZCI6MX0K"
 * ```
 *
 * @example
 * ```json
 * {"base64":"Ww==","times":100000}
 * ```
 */
export type ByteChunk = Type.Static<typeof ByteChunk>;

/**
 * Requirement and a short name, unique among all vectors.
 *
 * @example
 * ```json
 * "FRM-3/split-inside-utf8"
 * ```
 */
export const VectorId = Type.String({
  description: "Requirement and a short name, unique among all vectors.",
  pattern: "^[A-Z]{3}-[1-9][0-9]*/[a-z0-9][a-z0-9-]*$",
});
/**
 * Requirement and a short name, unique among all vectors.
 *
 * @example
 * ```json
 * "FRM-3/split-inside-utf8"
 * ```
 */
export type VectorId = Type.Static<typeof VectorId>;

/**
 * A frame that the bytes hold and that a bus has to accept.
 *
 * @example
 * ```json
 * {"line":1,"kind":"request","idJson":"1e3","method":"ping","text":"{\"jsonrpc\":\"2.0\",\"id\":1e3,\"method\":\"ping\"}"}
 * ```
 */
export const ExpectedFrame = Type.Object({
  /** Number of the line in the stream, from 1; blank lines count. */
  line: Type.Integer({
    description: "Number of the line in the stream, from 1; blank lines count.",
    minimum: 1,
  }),
  /** What it is. */
  kind: Type.Enum(["request", "notification", "response"], { description: "What it is." }),
  /** Its id in its own JSON spelling; absent where it has none. */
  idJson: Type.Optional(Type.String({ description: "Its id in its own JSON spelling; absent where it has none." })),
  /** Its method, unescaped. */
  method: Type.Optional(Type.String({ description: "Its method, unescaped." })),
  /** Its session, unescaped. */
  sessionId: Type.Optional(Type.String({ description: "Its session, unescaped." })),
  /** Its pool, unescaped. */
  pool: Type.Optional(Type.String({ description: "Its pool, unescaped." })),
  /** The line without its LF, where it is no longer than 4096 bytes. */
  text: Type.Optional(Type.String({ description: "The line without its LF, where it is no longer than 4096 bytes." })),
  /** Its length in bytes without LF, where it is longer. */
  length: Type.Optional(Type.Integer({ description: "Its length in bytes without LF, where it is longer.", minimum: 1 })),
  /** SHA-256 of its bytes without LF, in hex, where it is longer. */
  sha256: Type.Optional(Type.String({
    description: "SHA-256 of its bytes without LF, in hex, where it is longer.",
    pattern: "^[0-9a-f]{64}$",
  })),
}, {
  description: "A frame that the bytes hold and that a bus has to accept.",
  additionalProperties: false,
  anyOf: [{ required: ["text"], properties: { text: true } }, { required: ["length", "sha256"], properties: { length: true, sha256: true } }],
});
/**
 * A frame that the bytes hold and that a bus has to accept.
 *
 * @example
 * ```json
 * {"line":1,"kind":"request","idJson":"1e3","method":"ping","text":"{\"jsonrpc\":\"2.0\",\"id\":1e3,\"method\":\"ping\"}"}
 * ```
 */
export type ExpectedFrame = Type.Static<typeof ExpectedFrame>;

/**
 * A line that the reference refuses, and how it answers. Where the specification leaves latitude
 * (FRM-6, FRM-8, AFF-6), another bus may do otherwise; the README of the vectors says how.
 *
 * @example
 * ```json
 * {"line":1,"code":-32700,"idJson":"null"}
 * ```
 */
export const ExpectedError = Type.Object({
  /** Number of the line in the stream, from 1. */
  line: Type.Integer({ description: "Number of the line in the stream, from 1.", minimum: 1 }),
  /** Code of the error. */
  code: Type.Enum([-32700, -32600, -32055], { description: "Code of the error." }),
  /** Id of the error response in its JSON spelling, `null` where the line has no usable id. */
  idJson: Type.String({
    description: "Id of the error response in its JSON spelling, `null` where the line has no usable id.",
  }),
}, {
  description: "A line that the reference refuses, and how it answers. Where the specification leaves latitude (FRM-6, FRM-8, AFF-6), another bus may do otherwise; the README of the vectors says how.",
  additionalProperties: false,
});
/**
 * A line that the reference refuses, and how it answers. Where the specification leaves latitude
 * (FRM-6, FRM-8, AFF-6), another bus may do otherwise; the README of the vectors says how.
 *
 * @example
 * ```json
 * {"line":1,"code":-32700,"idJson":"null"}
 * ```
 */
export type ExpectedError = Type.Static<typeof ExpectedError>;

/**
 * Bytes on a connection, and what a bus makes of them. How the bytes are cut into chunks is part
 * of the vector, and must not matter.
 *
 * @example
 * ```json
 * {"id":"FRM-3/split-in-two","description":"A frame cut in two reads is one frame","requirement":"FRM-3","chunks":["eyJpZCI6MSwibWV0","aG9kIjoieCJ9Cg=="],"frames":[{"line":1,"kind":"request","idJson":"1","method":"x","text":"{\"id\":1,\"method\":\"x\"}"}],"errors":[]}
 * ```
 */
export const ByteVector = Type.Object({
  id: VectorId,
  /** What it shows, in one sentence. */
  description: Type.String({ description: "What it shows, in one sentence.", minLength: 1 }),
  requirement: RequirementId,
  /** The reads, in order; then the stream ends. */
  chunks: Type.Array(ByteChunk, { description: "The reads, in order; then the stream ends." }),
  /**
   * The limit `max_input_buffer`, in bytes.
   *
   * @defaultValue `1048576`
   */
  maxFrameBytes: Type.Optional(Type.Integer({
    description: "The limit `max_input_buffer`, in bytes.",
    minimum: 1,
    default: 1048576,
  })),
  /**
   * The configured `session_id_field`.
   *
   * @defaultValue `"sessionId"`
   */
  sessionIdField: Type.Optional(Type.String({
    description: "The configured `session_id_field`.",
    minLength: 1,
    default: "sessionId",
  })),
  /** What is accepted, in order. */
  frames: Type.Array(ExpectedFrame, { description: "What is accepted, in order." }),
  /** What is refused, in order. */
  errors: Type.Array(ExpectedError, { description: "What is refused, in order." }),
}, {
  description: "Bytes on a connection, and what a bus makes of them. How the bytes are cut into chunks is part of the vector, and must not matter.",
  additionalProperties: false,
});
/**
 * Bytes on a connection, and what a bus makes of them. How the bytes are cut into chunks is part
 * of the vector, and must not matter.
 *
 * @example
 * ```json
 * {"id":"FRM-3/split-in-two","description":"A frame cut in two reads is one frame","requirement":"FRM-3","chunks":["eyJpZCI6MSwibWV0","aG9kIjoieCJ9Cg=="],"frames":[{"line":1,"kind":"request","idJson":"1","method":"x","text":"{\"id\":1,\"method\":\"x\"}"}],"errors":[]}
 * ```
 */
export type ByteVector = Type.Static<typeof ByteVector>;

/**
 * A JSON value, and whether a schema accepts it.
 *
 * @example
 * ```json
 * {"id":"FRM-5/id-true","description":"An id is a string or a number","requirement":"FRM-5","schema":"frame#Request","valid":false,"frame":{"jsonrpc":"2.0","id":true,"method":"x"}}
 * ```
 */
export const ValueVector = Type.Object({
  id: VectorId,
  /** What it shows, in one sentence. */
  description: Type.String({ description: "What it shows, in one sentence.", minLength: 1 }),
  requirement: RequirementId,
  /** File and definition: `frame#Request` is `frame.schema.json#/$defs/Request`. */
  schema: Type.String({
    description: "File and definition: `frame#Request` is `frame.schema.json#/$defs/Request`.",
    pattern: "^[a-z-]+#[A-Z][A-Za-z0-9]*$",
  }),
  /** Whether the schema accepts it. */
  valid: Type.Boolean({ description: "Whether the schema accepts it." }),
  /** The value: a frame, or a whole file. */
  frame: Type.Unknown(),
}, {
  description: "A JSON value, and whether a schema accepts it.",
  additionalProperties: false,
});
/**
 * A JSON value, and whether a schema accepts it.
 *
 * @example
 * ```json
 * {"id":"FRM-5/id-true","description":"An id is a string or a number","requirement":"FRM-5","schema":"frame#Request","valid":false,"frame":{"jsonrpc":"2.0","id":true,"method":"x"}}
 * ```
 */
export type ValueVector = Type.Static<typeof ValueVector>;

/**
 * A test vector: of bytes or of a value.
 *
 * @example
 * ```json
 * {"id":"COR-4/notification","description":"A notification has no id","requirement":"COR-4","schema":"frame#Notification","valid":true,"frame":{"jsonrpc":"2.0","method":"x"}}
 * ```
 */
export const Vector = Type.Union([
  ByteVector,
  ValueVector,
], { description: "A test vector: of bytes or of a value." });
/**
 * A test vector: of bytes or of a value.
 *
 * @example
 * ```json
 * {"id":"COR-4/notification","description":"A notification has no id","requirement":"COR-4","schema":"frame#Notification","valid":true,"frame":{"jsonrpc":"2.0","method":"x"}}
 * ```
 */
export type Vector = Type.Static<typeof Vector>;

/**
 * A file of `schemas/vectors/`.
 *
 * @example
 * ```json
 * {"title":"Framing","vectors":[{"id":"COR-4/notification","description":"A notification has no id","requirement":"COR-4","schema":"frame#Notification","valid":true,"frame":{"jsonrpc":"2.0","method":"x"}}]}
 * ```
 */
export const VectorFile = Type.Object({
  /** For editors; ignored. */
  $schema: Type.Optional(Type.String({ description: "For editors; ignored." })),
  /** What the vectors are about. */
  title: Type.String({ description: "What the vectors are about.", minLength: 1 }),
  /** The vectors. */
  vectors: Type.Array(Vector, { description: "The vectors.", minItems: 1 }),
}, { description: "A file of `schemas/vectors/`.", additionalProperties: false });
/**
 * A file of `schemas/vectors/`.
 *
 * @example
 * ```json
 * {"title":"Framing","vectors":[{"id":"COR-4/notification","description":"A notification has no id","requirement":"COR-4","schema":"frame#Notification","valid":true,"frame":{"jsonrpc":"2.0","method":"x"}}]}
 * ```
 */
export type VectorFile = Type.Static<typeof VectorFile>;
