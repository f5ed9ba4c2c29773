// Generated from ../subject.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';

/**
 * A program and its arguments, as the operating system takes them; never a shell line. In a bus's
 * command the placeholders {config}, {host}, {port} and {socket} are replaced.
 *
 * @example
 * ```json
 * ["./their_bus","--config","{config}","--tcp","{host}:{port}"]
 * ```
 */
export const Argv = Type.Array(Type.String({ pattern: "^[^\\u0000]*$" }), {
  description: "A program and its arguments, as the operating system takes them; never a shell line. In a bus's command the placeholders {config}, {host}, {port} and {socket} are replaced.",
  minItems: 1,
});
/**
 * A program and its arguments, as the operating system takes them; never a shell line. In a bus's
 * command the placeholders {config}, {host}, {port} and {socket} are replaced.
 *
 * @example
 * ```json
 * ["./their_bus","--config","{config}","--tcp","{host}:{port}"]
 * ```
 */
export type Argv = Type.Static<typeof Argv>;

/**
 * Environment variables, added over the suite's own.
 *
 * @example
 * ```json
 * {"RUST_LOG":"warn"}
 * ```
 */
export const Environment = Type.Record(Type.String(), Type.String({ pattern: "^[^\\u0000]*$" }), {
  description: "Environment variables, added over the suite's own.",
  propertyNames: { pattern: "^[^=\\u0000]+$" },
});
/**
 * Environment variables, added over the suite's own.
 *
 * @example
 * ```json
 * {"RUST_LOG":"warn"}
 * ```
 */
export type Environment = Type.Static<typeof Environment>;

/**
 * The envelope that is spoken: `jsonrpc` is JSON-RPC 2.0; `codex` leaves out the `jsonrpc` member.
 *
 * @example
 * ```json
 * "jsonrpc"
 * ```
 */
export const Dialect = Type.Enum(["jsonrpc", "codex"], {
  description: "The envelope that is spoken: `jsonrpc` is JSON-RPC 2.0; `codex` leaves out the `jsonrpc` member.",
});
/**
 * The envelope that is spoken: `jsonrpc` is JSON-RPC 2.0; `codex` leaves out the `jsonrpc` member.
 *
 * @example
 * ```json
 * "jsonrpc"
 * ```
 */
export type Dialect = Type.Static<typeof Dialect>;

/**
 * Factor on every deadline of the suite: 2 gives the subject twice the time.
 *
 * @example
 * ```json
 * 1
 * ```
 *
 * @example
 * ```json
 * 2.5
 * ```
 */
export const TimeScale = Type.Number({
  description: "Factor on every deadline of the suite: 2 gives the subject twice the time.",
  minimum: 0.1,
  maximum: 100,
});
/**
 * Factor on every deadline of the suite: 2 gives the subject twice the time.
 *
 * @example
 * ```json
 * 1
 * ```
 *
 * @example
 * ```json
 * 2.5
 * ```
 */
export type TimeScale = Type.Static<typeof TimeScale>;

/**
 * A frame, as a JSON object in either dialect. The suite sets the id of a request where it needs
 * another.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"method":"ping"}
 * ```
 */
export const FrameObject = Type.Record(Type.String(), Type.Unknown(), {
  description: "A frame, as a JSON object in either dialect. The suite sets the id of a request where it needs another.",
});
/**
 * A frame, as a JSON object in either dialect. The suite sets the id of a request where it needs
 * another.
 *
 * @example
 * ```json
 * {"jsonrpc":"2.0","id":1,"method":"ping"}
 * ```
 */
export type FrameObject = Type.Static<typeof FrameObject>;
