// Generated from ../worker-subject.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';
import { Argv, Dialect, Environment, FrameObject, TimeScale } from './subject.ts';

/**
 * A set of requirements that the worker claims to keep: `worker` is the contract of every worker,
 * `process` the process profile.
 *
 * @example
 * ```json
 * "worker"
 * ```
 */
export const WorkerProfile = Type.Enum(["worker", "process"], {
  description: "A set of requirements that the worker claims to keep: `worker` is the contract of every worker, `process` the process profile.",
});
/**
 * A set of requirements that the worker claims to keep: `worker` is the contract of every worker,
 * `process` the process profile.
 *
 * @example
 * ```json
 * "worker"
 * ```
 */
export type WorkerProfile = Type.Static<typeof WorkerProfile>;

/**
 * Frames that the worker must see first; each request is answered before the next frame is sent.
 *
 * @example
 * ```json
 * {"per":"process","frames":[{"id":0,"method":"initialize","params":{"clientInfo":{"name":"kit","version":"1"}}},{"method":"initialized"}]}
 * ```
 */
export const Handshake = Type.Object({
  /** Whether they are sent once per process or once per session. */
  per: Type.Enum(["process", "session"], { description: "Whether they are sent once per process or once per session." }),
  /** The frames, in order. */
  frames: Type.Array(FrameObject, { description: "The frames, in order.", minItems: 1 }),
}, {
  description: "Frames that the worker must see first; each request is answered before the next frame is sent.",
  additionalProperties: false,
});
/**
 * Frames that the worker must see first; each request is answered before the next frame is sent.
 *
 * @example
 * ```json
 * {"per":"process","frames":[{"id":0,"method":"initialize","params":{"clientInfo":{"name":"kit","version":"1"}}},{"method":"initialized"}]}
 * ```
 */
export type Handshake = Type.Static<typeof Handshake>;

/**
 * Requests that the worker answers in a known way. Each is optional; without them an unknown
 * method is asked.
 *
 * @example
 * ```json
 * {"quick":{"method":"ping"}}
 * ```
 */
export const Probes = Type.Object({
  /** Answered at once. */
  quick: Type.Optional(FrameObject),
  /** Answered after a second or more: for drain. */
  slow: Type.Optional(FrameObject),
  /** Causes at least one notification. */
  notifying: Type.Optional(FrameObject),
  /** Answered with an error. */
  failing: Type.Optional(FrameObject),
  /** Takes large params: the suite replaces each string `{large}` in it. */
  large: Type.Optional(FrameObject),
}, {
  description: "Requests that the worker answers in a known way. Each is optional; without them an unknown method is asked.",
  additionalProperties: false,
});
/**
 * Requests that the worker answers in a known way. Each is optional; without them an unknown
 * method is asked.
 *
 * @example
 * ```json
 * {"quick":{"method":"ping"}}
 * ```
 */
export type Probes = Type.Static<typeof Probes>;

/**
 * How a session is opened where the worker names it, as codex does: the text at `idPointer` in the
 * response's result takes the place of each string `{session}` in the later frames.
 *
 * @example
 * ```json
 * {"request":{"id":1,"method":"thread/start","params":{}},"idPointer":"/thread/id"}
 * ```
 */
export const SessionStart = Type.Object({
  /** The request. */
  request: FrameObject,
  /** JSON pointer into the result. */
  idPointer: Type.String({ description: "JSON pointer into the result.", pattern: "^(?:/[^/]*)+$" }),
}, {
  description: "How a session is opened where the worker names it, as codex does: the text at `idPointer` in the response's result takes the place of each string `{session}` in the later frames.",
  additionalProperties: false,
});
/**
 * How a session is opened where the worker names it, as codex does: the text at `idPointer` in the
 * response's result takes the place of each string `{session}` in the later frames.
 *
 * @example
 * ```json
 * {"request":{"id":1,"method":"thread/start","params":{}},"idPointer":"/thread/id"}
 * ```
 */
export type SessionStart = Type.Static<typeof SessionStart>;

/**
 * The manifest.
 *
 * @example
 * ```json
 * {"name":"codex","command":["codex","app-server","--worker"],"dialect":"codex","profiles":["worker"],"probes":{"quick":{"method":"model/list","params":{}}}}
 * ```
 */
export const WorkerSubject = Type.Object({
  /** For editors; ignored. */
  $schema: Type.Optional(Type.String({ description: "For editors; ignored." })),
  /** Names the worker in reports. */
  name: Type.String({ description: "Names the worker in reports.", minLength: 1, maxLength: 100 }),
  /** Its version, for reports. */
  version: Type.Optional(Type.String({ description: "Its version, for reports." })),
  command: Argv,
  env: Type.Optional(Environment),
  /** Working directory of the worker. */
  cwd: Type.Optional(Type.String({ description: "Working directory of the worker.", minLength: 1 })),
  dialect: Type.Optional(Dialect),
  /**
   * The capabilities of the worker: the profiles that it claims to keep.
   *
   * @defaultValue `["worker"]`
   */
  profiles: Type.Optional(Type.Array(WorkerProfile, {
    description: "The capabilities of the worker: the profiles that it claims to keep.",
    uniqueItems: true,
    default: ["worker"],
  })),
  handshake: Type.Optional(Handshake),
  session: Type.Optional(SessionStart),
  probes: Type.Optional(Probes),
  timeScale: Type.Optional(TimeScale),
  /** Path of the expected-failures baseline, relative to this file. */
  baseline: Type.Optional(Type.String({
    description: "Path of the expected-failures baseline, relative to this file.",
    minLength: 1,
  })),
}, { description: "The manifest.", additionalProperties: false });
/**
 * The manifest.
 *
 * @example
 * ```json
 * {"name":"codex","command":["codex","app-server","--worker"],"dialect":"codex","profiles":["worker"],"probes":{"quick":{"method":"model/list","params":{}}}}
 * ```
 */
export type WorkerSubject = Type.Static<typeof WorkerSubject>;
