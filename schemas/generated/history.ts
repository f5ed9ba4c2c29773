// Generated from ../history.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';
import { Limits } from './bus-config.ts';
import { PoolId } from './frame.ts';
import { Base64 } from './process.ts';
import { RequirementId } from './requirements.ts';
import { Seed } from './run.ts';
import { TimeScale } from './subject.ts';

/**
 * A client's connection, unique in the history.
 *
 * @example
 * ```json
 * "c1"
 * ```
 */
export const ConnectionId = Type.String({ description: "A client's connection, unique in the history.", pattern: "^c[0-9]+$" });
/**
 * A client's connection, unique in the history.
 *
 * @example
 * ```json
 * "c1"
 * ```
 */
export type ConnectionId = Type.Static<typeof ConnectionId>;

/**
 * A process: the subject (`bus`, or `worker` where a worker is the subject), or a probe worker by
 * pool, slot and incarnation.
 *
 * @example
 * ```json
 * "bus"
 * ```
 *
 * @example
 * ```json
 * "pool-a/0/1"
 * ```
 */
export const ProcessTag = Type.String({
  description: "A process: the subject (`bus`, or `worker` where a worker is the subject), or a probe worker by pool, slot and incarnation.",
  pattern: "^(?:bus|worker|[^/]+/[0-9]+/[0-9]+)$",
});
/**
 * A process: the subject (`bus`, or `worker` where a worker is the subject), or a probe worker by
 * pool, slot and incarnation.
 *
 * @example
 * ```json
 * "bus"
 * ```
 *
 * @example
 * ```json
 * "pool-a/0/1"
 * ```
 */
export type ProcessTag = Type.Static<typeof ProcessTag>;

/**
 * The first record: what is being run.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"scenario","scenario":"affinity/rfc","transport":"tcp","sessionIdField":"sessionId","limits":{},"pools":[{"id":"pool-a","instances":3}],"capabilities":[],"timeScale":1,"seed":"20260105","deadlinesUs":{"response":1000000}}
 * ```
 */
export const ScenarioRecord = Type.Object({
  /** Number of the record in its history, from 0, without gaps. */
  seq: Type.Integer({
    description: "Number of the record in its history, from 0, without gaps.",
    minimum: 0,
  }),
  /** When, in microseconds since the start of the scenario. */
  atUs: Type.Number({ description: "When, in microseconds since the start of the scenario.", minimum: 0 }),
  /** Always `scenario`. */
  kind: Type.Literal("scenario", { description: "Always `scenario`." }),
  /** Id of the scenario. */
  scenario: Type.String({ description: "Id of the scenario.", minLength: 1 }),
  /** How clients reach the subject; `pipe` where a worker is the subject. */
  transport: Type.Enum(["tcp", "unix", "stdio", "pipe"], { description: "How clients reach the subject; `pipe` where a worker is the subject." }),
  /** The configured name of the session member. */
  sessionIdField: Type.String({ description: "The configured name of the session member.", minLength: 1 }),
  /** The configured limits, as far as they differ from the defaults. */
  limits: Limits,
  /** The adapter in between, where there is one. */
  via: Type.Optional(Type.Enum(["grpc", "ws", "http"], { description: "The adapter in between, where there is one." })),
  /** The configured pools. */
  pools: Type.Array(Type.Object({
    id: PoolId,
    /** Its slots. */
    instances: Type.Integer({ description: "Its slots.", minimum: 1 }),
  }, { additionalProperties: false }), { description: "The configured pools." }),
  /** What the subject declares. */
  capabilities: Type.Array(Type.String({ minLength: 1 }), { description: "What the subject declares." }),
  timeScale: TimeScale,
  seed: Seed,
  /** Calibrated deadlines by name, in microseconds. */
  deadlinesUs: Type.Record(Type.String(), Type.Number({ minimum: 0 }), { description: "Calibrated deadlines by name, in microseconds." }),
}, { description: "The first record: what is being run.", additionalProperties: false });
/**
 * The first record: what is being run.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"scenario","scenario":"affinity/rfc","transport":"tcp","sessionIdField":"sessionId","limits":{},"pools":[{"id":"pool-a","instances":3}],"capabilities":[],"timeScale":1,"seed":"20260105","deadlinesUs":{"response":1000000}}
 * ```
 */
export type ScenarioRecord = Type.Static<typeof ScenarioRecord>;

/**
 * Bytes at a client: written to the subject, or read from it. A frame that was read is one record.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"client-bytes","connection":"c1","direction":"sent","text":"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}\n"}
 * ```
 */
export const ClientBytesRecord = Type.Object({
  /** Number of the record in its history, from 0, without gaps. */
  seq: Type.Integer({
    description: "Number of the record in its history, from 0, without gaps.",
    minimum: 0,
  }),
  /** When, in microseconds since the start of the scenario. */
  atUs: Type.Number({ description: "When, in microseconds since the start of the scenario.", minimum: 0 }),
  /** Always `client-bytes`. */
  kind: Type.Literal("client-bytes", { description: "Always `client-bytes`." }),
  connection: ConnectionId,
  /** As the client sees it. */
  direction: Type.Enum(["sent", "received"], { description: "As the client sees it." }),
  /** The bytes, LF included where it was there. */
  base64: Type.Optional(Base64),
  /** The same bytes as text, where they are UTF-8; then `base64` is absent. */
  text: Type.Optional(Type.String({
    description: "The same bytes as text, where they are UTF-8; then `base64` is absent.",
  })),
}, {
  description: "Bytes at a client: written to the subject, or read from it. A frame that was read is one record.",
  additionalProperties: false,
  anyOf: [{ required: ["text"], properties: { text: true, base64: false } }, { required: ["base64"], properties: { base64: true, text: false } }],
});
/**
 * Bytes at a client: written to the subject, or read from it. A frame that was read is one record.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"client-bytes","connection":"c1","direction":"sent","text":"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}\n"}
 * ```
 */
export type ClientBytesRecord = Type.Static<typeof ClientBytesRecord>;

/**
 * Bytes at a worker: what the subject gave it, or what it wrote.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"worker-bytes","process":"pool-a/0/1","direction":"received","text":"{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"x\"}\n"}
 * ```
 */
export const WorkerBytesRecord = Type.Object({
  /** Number of the record in its history, from 0, without gaps. */
  seq: Type.Integer({
    description: "Number of the record in its history, from 0, without gaps.",
    minimum: 0,
  }),
  /** When, in microseconds since the start of the scenario. */
  atUs: Type.Number({ description: "When, in microseconds since the start of the scenario.", minimum: 0 }),
  /** Always `worker-bytes`. */
  kind: Type.Literal("worker-bytes", { description: "Always `worker-bytes`." }),
  process: ProcessTag,
  /** As the worker sees it. */
  direction: Type.Enum(["sent", "received"], { description: "As the worker sees it." }),
  /** The bytes, LF included where it was there. */
  base64: Type.Optional(Base64),
  /** The same bytes as text, where they are UTF-8; then `base64` is absent. */
  text: Type.Optional(Type.String({
    description: "The same bytes as text, where they are UTF-8; then `base64` is absent.",
  })),
}, {
  description: "Bytes at a worker: what the subject gave it, or what it wrote.",
  additionalProperties: false,
  anyOf: [{ required: ["text"], properties: { text: true, base64: false } }, { required: ["base64"], properties: { base64: true, text: false } }],
});
/**
 * Bytes at a worker: what the subject gave it, or what it wrote.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"worker-bytes","process":"pool-a/0/1","direction":"received","text":"{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"x\"}\n"}
 * ```
 */
export type WorkerBytesRecord = Type.Static<typeof WorkerBytesRecord>;

/**
 * A connection began, half of it ended, or it ended.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"connection","connection":"c1","event":"open"}
 * ```
 */
export const ConnectionRecord = Type.Object({
  /** Number of the record in its history, from 0, without gaps. */
  seq: Type.Integer({
    description: "Number of the record in its history, from 0, without gaps.",
    minimum: 0,
  }),
  /** When, in microseconds since the start of the scenario. */
  atUs: Type.Number({ description: "When, in microseconds since the start of the scenario.", minimum: 0 }),
  /** Always `connection`. */
  kind: Type.Literal("connection", { description: "Always `connection`." }),
  connection: ConnectionId,
  /**
   * What was observed. refused: it could not be made; peer-end: the subject ended its side; reset:
   * it was cut; end, close: the suite ended its sending side, or all of it.
   */
  event: Type.Enum(["open", "refused", "end", "peer-end", "reset", "close"], {
    description: "What was observed. refused: it could not be made; peer-end: the subject ended its side; reset: it was cut; end, close: the suite ended its sending side, or all of it.",
  }),
  /** Name of the system error, where there was one. */
  error: Type.Optional(Type.String({ description: "Name of the system error, where there was one." })),
}, {
  description: "A connection began, half of it ended, or it ended.",
  additionalProperties: false,
});
/**
 * A connection began, half of it ended, or it ended.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"connection","connection":"c1","event":"open"}
 * ```
 */
export type ConnectionRecord = Type.Static<typeof ConnectionRecord>;

/**
 * A process was seen to start, to end, or to be sent a signal.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"process","process":"bus","event":"start","pid":4711}
 * ```
 */
export const ProcessRecord = Type.Object({
  /** Number of the record in its history, from 0, without gaps. */
  seq: Type.Integer({
    description: "Number of the record in its history, from 0, without gaps.",
    minimum: 0,
  }),
  /** When, in microseconds since the start of the scenario. */
  atUs: Type.Number({ description: "When, in microseconds since the start of the scenario.", minimum: 0 }),
  /** Always `process`. */
  kind: Type.Literal("process", { description: "Always `process`." }),
  process: ProcessTag,
  /** What was observed; `signal` is the sending. */
  event: Type.Enum(["start", "exit", "signal"], { description: "What was observed; `signal` is the sending." }),
  /** Process id. */
  pid: Type.Optional(Type.Integer({ description: "Process id.", minimum: 1 })),
  /** Exit status, where it ended by itself. */
  exitCode: Type.Optional(Type.Union([
    Type.Integer(),
    Type.Null(),
  ], { description: "Exit status, where it ended by itself." })),
  /** Name of the signal that was sent, or that ended it. */
  signal: Type.Optional(Type.Union([
    Type.String({ pattern: "^SIG[A-Z0-9]+$" }),
    Type.Null(),
  ], { description: "Name of the signal that was sent, or that ended it." })),
}, {
  description: "A process was seen to start, to end, or to be sent a signal.",
  additionalProperties: false,
});
/**
 * A process was seen to start, to end, or to be sent a signal.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"process","process":"bus","event":"start","pid":4711}
 * ```
 */
export type ProcessRecord = Type.Static<typeof ProcessRecord>;

/**
 * Output of the subject outside of frames: a line on stderr, or on stdout where no frames belong.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"output","process":"bus","stream":"stderr","line":"listening on 127.0.0.1:9000"}
 * ```
 */
export const OutputRecord = Type.Object({
  /** Number of the record in its history, from 0, without gaps. */
  seq: Type.Integer({
    description: "Number of the record in its history, from 0, without gaps.",
    minimum: 0,
  }),
  /** When, in microseconds since the start of the scenario. */
  atUs: Type.Number({ description: "When, in microseconds since the start of the scenario.", minimum: 0 }),
  /** Always `output`. */
  kind: Type.Literal("output", { description: "Always `output`." }),
  process: ProcessTag,
  /** Which stream. */
  stream: Type.Enum(["stdout", "stderr"], { description: "Which stream." }),
  /** The line, cut at 4096 characters. */
  line: Type.String({ description: "The line, cut at 4096 characters." }),
}, {
  description: "Output of the subject outside of frames: a line on stderr, or on stdout where no frames belong.",
  additionalProperties: false,
});
/**
 * Output of the subject outside of frames: a line on stderr, or on stdout where no frames belong.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"output","process":"bus","stream":"stderr","line":"listening on 127.0.0.1:9000"}
 * ```
 */
export type OutputRecord = Type.Static<typeof OutputRecord>;

/**
 * What the subject uses, read from the system.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"resource","process":"bus","rssBytes":52428800,"openFiles":24}
 * ```
 */
export const ResourceRecord = Type.Object({
  /** Number of the record in its history, from 0, without gaps. */
  seq: Type.Integer({
    description: "Number of the record in its history, from 0, without gaps.",
    minimum: 0,
  }),
  /** When, in microseconds since the start of the scenario. */
  atUs: Type.Number({ description: "When, in microseconds since the start of the scenario.", minimum: 0 }),
  /** Always `resource`. */
  kind: Type.Literal("resource", { description: "Always `resource`." }),
  process: ProcessTag,
  /** Resident memory in bytes. */
  rssBytes: Type.Optional(Type.Integer({ description: "Resident memory in bytes.", minimum: 0 })),
  /** Open file descriptors. */
  openFiles: Type.Optional(Type.Integer({ description: "Open file descriptors.", minimum: 0 })),
  /** Processor time so far, in microseconds. */
  cpuUs: Type.Optional(Type.Integer({ description: "Processor time so far, in microseconds.", minimum: 0 })),
}, {
  description: "What the subject uses, read from the system.",
  additionalProperties: false,
});
/**
 * What the subject uses, read from the system.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"resource","process":"bus","rssBytes":52428800,"openFiles":24}
 * ```
 */
export type ResourceRecord = Type.Static<typeof ResourceRecord>;

/**
 * Something that was waited for: met, or not in time.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"deadline","waitedFor":"response to 1 on c1","limitUs":1000000,"met":true}
 * ```
 */
export const DeadlineRecord = Type.Object({
  /** Number of the record in its history, from 0, without gaps. */
  seq: Type.Integer({
    description: "Number of the record in its history, from 0, without gaps.",
    minimum: 0,
  }),
  /** When, in microseconds since the start of the scenario. */
  atUs: Type.Number({ description: "When, in microseconds since the start of the scenario.", minimum: 0 }),
  /** Always `deadline`. */
  kind: Type.Literal("deadline", { description: "Always `deadline`." }),
  /** What. */
  waitedFor: Type.String({ description: "What.", minLength: 1 }),
  /** How long at most, in microseconds. */
  limitUs: Type.Number({ description: "How long at most, in microseconds.", minimum: 0 }),
  /** Whether it came. */
  met: Type.Boolean({ description: "Whether it came." }),
  /** What is broken where it did not come; absent where that alone breaks nothing. */
  requirement: Type.Optional(RequirementId),
}, {
  description: "Something that was waited for: met, or not in time.",
  additionalProperties: false,
});
/**
 * Something that was waited for: met, or not in time.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"deadline","waitedFor":"response to 1 on c1","limitUs":1000000,"met":true}
 * ```
 */
export type DeadlineRecord = Type.Static<typeof DeadlineRecord>;

/**
 * Something that was still there after the subject had ended.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"leftover","what":"process","name":"worker","pid":4712}
 * ```
 */
export const LeftoverRecord = Type.Object({
  /** Number of the record in its history, from 0, without gaps. */
  seq: Type.Integer({
    description: "Number of the record in its history, from 0, without gaps.",
    minimum: 0,
  }),
  /** When, in microseconds since the start of the scenario. */
  atUs: Type.Number({ description: "When, in microseconds since the start of the scenario.", minimum: 0 }),
  /** Always `leftover`. */
  kind: Type.Literal("leftover", { description: "Always `leftover`." }),
  /** What kind of thing; a descendant is a process that a worker had started. */
  what: Type.Enum(["process", "descendant", "zombie", "socket"], {
    description: "What kind of thing; a descendant is a process that a worker had started.",
  }),
  /** Its name or path. */
  name: Type.String({ description: "Its name or path.", minLength: 1 }),
  /** Process id. */
  pid: Type.Optional(Type.Integer({ description: "Process id.", minimum: 1 })),
}, {
  description: "Something that was still there after the subject had ended.",
  additionalProperties: false,
});
/**
 * Something that was still there after the subject had ended.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"leftover","what":"process","name":"worker","pid":4712}
 * ```
 */
export type LeftoverRecord = Type.Static<typeof LeftoverRecord>;

/**
 * A fault that the suite makes on purpose.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"fault","fault":"kill","target":"pool-a/0/1"}
 * ```
 */
export const FaultRecord = Type.Object({
  /** Number of the record in its history, from 0, without gaps. */
  seq: Type.Integer({
    description: "Number of the record in its history, from 0, without gaps.",
    minimum: 0,
  }),
  /** When, in microseconds since the start of the scenario. */
  atUs: Type.Number({ description: "When, in microseconds since the start of the scenario.", minimum: 0 }),
  /** Always `fault`. */
  kind: Type.Literal("fault", { description: "Always `fault`." }),
  /** What kind. */
  fault: Type.Enum(["kill", "stop", "continue", "stall", "cut", "bad-bytes", "close-stdout", "exit", "flood"], { description: "What kind." }),
  /** Process or connection. */
  target: Type.String({ description: "Process or connection.", minLength: 1 }),
  /** How long it lasts, where it ends by itself. */
  durationUs: Type.Optional(Type.Number({ description: "How long it lasts, where it ends by itself.", minimum: 0 })),
  /** The signal, for a kill. */
  signal: Type.Optional(Type.String({ description: "The signal, for a kill.", pattern: "^SIG[A-Z0-9]+$" })),
}, { description: "A fault that the suite makes on purpose.", additionalProperties: false });
/**
 * A fault that the suite makes on purpose.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"fault","fault":"kill","target":"pool-a/0/1"}
 * ```
 */
export type FaultRecord = Type.Static<typeof FaultRecord>;

/**
 * A remark of a scenario, for the reader of a timeline.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"note","text":"released the held response"}
 * ```
 */
export const NoteRecord = Type.Object({
  /** Number of the record in its history, from 0, without gaps. */
  seq: Type.Integer({
    description: "Number of the record in its history, from 0, without gaps.",
    minimum: 0,
  }),
  /** When, in microseconds since the start of the scenario. */
  atUs: Type.Number({ description: "When, in microseconds since the start of the scenario.", minimum: 0 }),
  /** Always `note`. */
  kind: Type.Literal("note", { description: "Always `note`." }),
  /** The remark. */
  text: Type.String({ description: "The remark.", minLength: 1 }),
}, {
  description: "A remark of a scenario, for the reader of a timeline.",
  additionalProperties: false,
});
/**
 * A remark of a scenario, for the reader of a timeline.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"note","text":"released the held response"}
 * ```
 */
export type NoteRecord = Type.Static<typeof NoteRecord>;

/**
 * A fact that was looked up in the system: the mode of a socket, a listening address, an inherited
 * descriptor.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"observation","name":"socket-mode","value":"0600"}
 * ```
 */
export const ObservationRecord = Type.Object({
  /** Number of the record in its history, from 0, without gaps. */
  seq: Type.Integer({
    description: "Number of the record in its history, from 0, without gaps.",
    minimum: 0,
  }),
  /** When, in microseconds since the start of the scenario. */
  atUs: Type.Number({ description: "When, in microseconds since the start of the scenario.", minimum: 0 }),
  /** Always `observation`. */
  kind: Type.Literal("observation", { description: "Always `observation`." }),
  process: Type.Optional(ProcessTag),
  /** What was looked up. */
  name: Type.String({ description: "What was looked up.", minLength: 1 }),
  /** What was found. */
  value: Type.Union([
    Type.String(),
    Type.Number(),
    Type.Boolean(),
    Type.Null(),
  ], { description: "What was found." }),
}, {
  description: "A fact that was looked up in the system: the mode of a socket, a listening address, an inherited descriptor.",
  additionalProperties: false,
});
/**
 * A fact that was looked up in the system: the mode of a socket, a listening address, an inherited
 * descriptor.
 *
 * @example
 * ```json
 * {"seq":0,"atUs":0,"kind":"observation","name":"socket-mode","value":"0600"}
 * ```
 */
export type ObservationRecord = Type.Static<typeof ObservationRecord>;

/**
 * Any record.
 *
 * @example
 * ```json
 * {"seq":4,"atUs":1200.5,"kind":"connection","connection":"c1","event":"open"}
 * ```
 */
export const HistoryRecord = Type.Union([
  ScenarioRecord,
  ClientBytesRecord,
  WorkerBytesRecord,
  ConnectionRecord,
  ProcessRecord,
  OutputRecord,
  ResourceRecord,
  DeadlineRecord,
  LeftoverRecord,
  FaultRecord,
  ObservationRecord,
  NoteRecord,
], { description: "Any record." });
/**
 * Any record.
 *
 * @example
 * ```json
 * {"seq":4,"atUs":1200.5,"kind":"connection","connection":"c1","event":"open"}
 * ```
 */
export type HistoryRecord = Type.Static<typeof HistoryRecord>;
