// Generated from ../bus-subject.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';
import { Argv, Dialect, Environment, FrameObject, TimeScale } from './subject.ts';

/**
 * How clients reach the bus.
 *
 * @example
 * ```json
 * "tcp"
 * ```
 */
export const Transport = Type.Enum(["tcp", "unix", "stdio"], { description: "How clients reach the bus." });
/**
 * How clients reach the bus.
 *
 * @example
 * ```json
 * "tcp"
 * ```
 */
export type Transport = Type.Static<typeof Transport>;

/**
 * An extension that the bus declares. Declared and missing fails; not declared makes its
 * requirements not applicable.
 *
 * @example
 * ```json
 * "hello"
 * ```
 */
export const BusCapability = Type.Enum(["hello", "stats", "ext-passthrough", "trace", "session-lost", "bus-errors"], {
  description: "An extension that the bus declares. Declared and missing fails; not declared makes its requirements not applicable.",
});
/**
 * An extension that the bus declares. Declared and missing fails; not declared makes its
 * requirements not applicable.
 *
 * @example
 * ```json
 * "hello"
 * ```
 */
export type BusCapability = Type.Static<typeof BusCapability>;

/**
 * How the bus is started for one transport.
 *
 * @example
 * ```json
 * {"command":["./bus","--config","{config}","--unix","{socket}"]}
 * ```
 */
export const TransportCommand = Type.Object({
  command: Argv,
}, { description: "How the bus is started for one transport.", additionalProperties: false });
/**
 * How the bus is started for one transport.
 *
 * @example
 * ```json
 * {"command":["./bus","--config","{config}","--unix","{socket}"]}
 * ```
 */
export type TransportCommand = Type.Static<typeof TransportCommand>;

/**
 * One command for each transport that the bus has.
 *
 * @example
 * ```json
 * {"stdio":{"command":["./bus","--config","{config}","--stdio"]}}
 * ```
 */
export const TransportCommands = Type.Object({
  tcp: Type.Optional(TransportCommand),
  unix: Type.Optional(TransportCommand),
  stdio: Type.Optional(TransportCommand),
}, {
  description: "One command for each transport that the bus has.",
  additionalProperties: false,
  minProperties: 1,
});
/**
 * One command for each transport that the bus has.
 *
 * @example
 * ```json
 * {"stdio":{"command":["./bus","--config","{config}","--stdio"]}}
 * ```
 */
export type TransportCommands = Type.Static<typeof TransportCommands>;

/**
 * The manifest: give `command` for a bus with the standard flags, or `transports` for one with
 * flags of its own.
 *
 * @example
 * ```json
 * {"name":"their bus","command":["./their_bus"],"capabilities":["hello","stats"]}
 * ```
 *
 * @example
 * ```json
 * {"name":"another bus","transports":{"tcp":{"command":["bus","serve","-c","{config}","-l","{host}:{port}"]}},"timeScale":2}
 * ```
 */
export const BusSubject = Type.Object({
  /** For editors; ignored. */
  $schema: Type.Optional(Type.String({ description: "For editors; ignored." })),
  /** Names the bus in reports. */
  name: Type.String({ description: "Names the bus in reports.", minLength: 1, maxLength: 100 }),
  /** Its version, for reports. */
  version: Type.Optional(Type.String({ description: "Its version, for reports." })),
  /**
   * A bus with the standard flags: the suite adds `--config FILE` and `--tcp HOST:PORT`, `--unix
   * PATH` or `--stdio`. Where `transports` has an entry for a transport, that one is used.
   */
  command: Type.Optional(Argv),
  transports: Type.Optional(TransportCommands),
  /** The transports that the bus has, where a bus with the standard flags lacks one. Default: all. */
  only: Type.Optional(Type.Array(Transport, {
    description: "The transports that the bus has, where a bus with the standard flags lacks one. Default: all.",
    minItems: 1,
    uniqueItems: true,
  })),
  /**
   * The extensions it has.
   *
   * @defaultValue `[]`
   */
  capabilities: Type.Optional(Type.Array(BusCapability, { description: "The extensions it has.", uniqueItems: true, default: [] })),
  dialect: Type.Optional(Dialect),
  env: Type.Optional(Environment),
  /** Working directory of the bus. */
  cwd: Type.Optional(Type.String({ description: "Working directory of the bus.", minLength: 1 })),
  timeScale: Type.Optional(TimeScale),
  /**
   * Frames that a client of this bus sends first on each connection, each answered before the
   * next.
   *
   * @defaultValue `[]`
   */
  handshake: Type.Optional(Type.Array(FrameObject, {
    description: "Frames that a client of this bus sends first on each connection, each answered before the next.",
    default: [],
  })),
  /**
   * A request that tells that the bus is ready: any response will do. Default: the suite's probe
   * worker is asked.
   */
  probe: Type.Optional(FrameObject),
  /** Path of the expected-failures baseline, relative to this file. */
  baseline: Type.Optional(Type.String({
    description: "Path of the expected-failures baseline, relative to this file.",
    minLength: 1,
  })),
}, {
  description: "The manifest: give `command` for a bus with the standard flags, or `transports` for one with flags of its own.",
  additionalProperties: false,
  anyOf: [{ required: ["command"], properties: { command: true } }, { required: ["transports"], properties: { transports: true } }],
});
/**
 * The manifest: give `command` for a bus with the standard flags, or `transports` for one with
 * flags of its own.
 *
 * @example
 * ```json
 * {"name":"their bus","command":["./their_bus"],"capabilities":["hello","stats"]}
 * ```
 *
 * @example
 * ```json
 * {"name":"another bus","transports":{"tcp":{"command":["bus","serve","-c","{config}","-l","{host}:{port}"]}},"timeScale":2}
 * ```
 */
export type BusSubject = Type.Static<typeof BusSubject>;
