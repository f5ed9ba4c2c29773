// Generated from ../latency-report.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';
import { Machine, Percentiles, Seed, SubjectIdentity, Suite, Timestamp } from './run.ts';
import { Argv } from './subject.ts';

/**
 * How the end of a process is learnt: pushed `events`, or `read` calls.
 *
 * @example
 * ```json
 * "events"
 * ```
 */
export const CompletionMode = Type.Enum(["events", "read"], { description: "How the end of a process is learnt: pushed `events`, or `read` calls." });
/**
 * How the end of a process is learnt: pushed `events`, or `read` calls.
 *
 * @example
 * ```json
 * "events"
 * ```
 */
export type CompletionMode = Type.Static<typeof CompletionMode>;

/**
 * What the client speaks.
 *
 * @example
 * ```json
 * "grpc-tls"
 * ```
 */
export const LatencyTransport = Type.Enum(["grpc", "grpc-tls", "ws", "ws-tls", "tcp", "unix", "stdio"], { description: "What the client speaks." });
/**
 * What the client speaks.
 *
 * @example
 * ```json
 * "grpc-tls"
 * ```
 */
export type LatencyTransport = Type.Static<typeof LatencyTransport>;

/**
 * One setting that is measured against others.
 *
 * @example
 * ```json
 * {"name":"grpc-tls/events/80ms/warm","transport":"grpc-tls","mode":"events","rttMs":80,"pool":"warm"}
 * ```
 */
export const Arm = Type.Object({
  /** Names the arm. */
  name: Type.String({ description: "Names the arm.", minLength: 1 }),
  transport: LatencyTransport,
  mode: CompletionMode,
  /** Round trip that the delay link adds, in milliseconds. */
  rttMs: Type.Number({ description: "Round trip that the delay link adds, in milliseconds.", minimum: 0 }),
  /** Whether the worker ran before. */
  pool: Type.Enum(["cold", "warm"], { description: "Whether the worker ran before." }),
  /** Address of an executor that was already running. */
  remote: Type.Optional(Type.String({ description: "Address of an executor that was already running.", minLength: 1 })),
}, {
  description: "One setting that is measured against others.",
  additionalProperties: false,
});
/**
 * One setting that is measured against others.
 *
 * @example
 * ```json
 * {"name":"grpc-tls/events/80ms/warm","transport":"grpc-tls","mode":"events","rttMs":80,"pool":"warm"}
 * ```
 */
export type Arm = Type.Static<typeof Arm>;

/**
 * A named span of time in a connection or a call.
 *
 * @example
 * ```json
 * "connect"
 * ```
 */
export const Phase = Type.Enum(["registration", "dns", "connect", "tls", "settings", "upgrade", "authorise", "initialise", "ready", "register", "serialise", "enqueue", "wait", "deserialise", "accept", "route", "queue", "worker", "respond", "unaccounted"], { description: "A named span of time in a connection or a call." });
/**
 * A named span of time in a connection or a call.
 *
 * @example
 * ```json
 * "connect"
 * ```
 */
export type Phase = Type.Static<typeof Phase>;

/**
 * What is timed from end to end.
 *
 * @example
 * ```json
 * "one-shot"
 * ```
 */
export const Metric = Type.Enum(["cold-connection", "small-request", "one-shot"], { description: "What is timed from end to end." });
/**
 * What is timed from end to end.
 *
 * @example
 * ```json
 * "one-shot"
 * ```
 */
export type Metric = Type.Static<typeof Metric>;

/**
 * One measured run of a metric.
 *
 * @example
 * ```json
 * {"metric":"one-shot","run":1,"index":0,"totalUs":81234.5,"phases":{"wait":80900,"unaccounted":334.5}}
 * ```
 */
export const Sample = Type.Object({
  metric: Metric,
  /** Run of the arm, from 1. */
  run: Type.Integer({ description: "Run of the arm, from 1.", minimum: 1 }),
  /** Sample within the run, from 0; warm-ups are not kept. */
  index: Type.Integer({ description: "Sample within the run, from 0; warm-ups are not kept.", minimum: 0 }),
  /** From start to completion. */
  totalUs: Type.Number({ description: "From start to completion.", minimum: 0 }),
  /** Time per phase; what no span names is `unaccounted`. */
  phases: Type.Record(Type.String(), Type.Number({ minimum: 0 }), {
    description: "Time per phase; what no span names is `unaccounted`.",
    propertyNames: Phase,
  }),
  /** process/read calls that it took. */
  reads: Type.Optional(Type.Integer({ description: "process/read calls that it took.", minimum: 0 })),
  /** Made to see the phases in the bus, with a traceparent; it counts in those and in nothing else. */
  traced: Type.Optional(Type.Boolean({
    description: "Made to see the phases in the bus, with a traceparent; it counts in those and in nothing else.",
  })),
}, { description: "One measured run of a metric.", additionalProperties: false });
/**
 * One measured run of a metric.
 *
 * @example
 * ```json
 * {"metric":"one-shot","run":1,"index":0,"totalUs":81234.5,"phases":{"wait":80900,"unaccounted":334.5}}
 * ```
 */
export type Sample = Type.Static<typeof Sample>;

/**
 * A metric of one arm: medians over the runs of each run's percentiles.
 *
 * @example
 * ```json
 * {"metric":"one-shot","total":{"count":30,"min":80,"mean":101.5,"p50":98,"p95":130,"p99":150,"max":151},"coverage":0.998,"phases":{"wait":{"count":30,"min":80,"mean":101.5,"p50":98,"p95":130,"p99":150,"max":151}}}
 * ```
 */
export const MetricSummary = Type.Object({
  metric: Metric,
  total: Percentiles,
  /** Share of the time that named spans account for. */
  coverage: Type.Number({
    description: "Share of the time that named spans account for.",
    minimum: 0,
    maximum: 1,
  }),
  /** Distribution per phase. */
  phases: Type.Record(Type.String(), Percentiles, { description: "Distribution per phase.", propertyNames: Phase }),
}, {
  description: "A metric of one arm: medians over the runs of each run's percentiles.",
  additionalProperties: false,
});
/**
 * A metric of one arm: medians over the runs of each run's percentiles.
 *
 * @example
 * ```json
 * {"metric":"one-shot","total":{"count":30,"min":80,"mean":101.5,"p50":98,"p95":130,"p99":150,"max":151},"coverage":0.998,"phases":{"wait":{"count":30,"min":80,"mean":101.5,"p50":98,"p95":130,"p99":150,"max":151}}}
 * ```
 */
export type MetricSummary = Type.Static<typeof MetricSummary>;

/**
 * A goal, held against what was measured.
 *
 * @example
 * ```json
 * {"name":"events-over-read","subject":"tcp 80 ms warm","value":0.54,"limit":0.62,"isMet":true}
 * ```
 */
export const Goal = Type.Object({
  /**
   * Which goal: completion by events over completion by read, a ratio; the client's own work in a
   * call, what an adapter adds, a cold connection over TLS, in microseconds; the share that named
   * spans account for, of a connection and of a call.
   */
  name: Type.Enum(["events-over-read", "client-work", "adapter-cost", "cold-tls-connection", "connection-coverage", "call-coverage"], {
    description: "Which goal: completion by events over completion by read, a ratio; the client's own work in a call, what an adapter adds, a cold connection over TLS, in microseconds; the share that named spans account for, of a connection and of a call.",
  }),
  /** Whose it is. */
  subject: Type.String({ description: "Whose it is.", minLength: 1 }),
  /** What was measured. */
  value: Type.Number({ description: "What was measured." }),
  /** What it is held against. */
  limit: Type.Number({ description: "What it is held against." }),
  /** Whether it is met. */
  isMet: Type.Boolean({ description: "Whether it is met." }),
}, { description: "A goal, held against what was measured.", additionalProperties: false });
/**
 * A goal, held against what was measured.
 *
 * @example
 * ```json
 * {"name":"events-over-read","subject":"tcp 80 ms warm","value":0.54,"limit":0.62,"isMet":true}
 * ```
 */
export type Goal = Type.Static<typeof Goal>;

/**
 * An arm with all its samples.
 *
 * @example
 * ```json
 * {"arm":{"name":"tcp/read/0ms/warm","transport":"tcp","mode":"read","rttMs":0,"pool":"warm"},"summaries":[],"samples":[],"failures":0}
 * ```
 */
export const ArmResult = Type.Object({
  arm: Arm,
  /** One for each metric. */
  summaries: Type.Array(MetricSummary, { description: "One for each metric." }),
  /** Every sample that counts. */
  samples: Type.Array(Sample, { description: "Every sample that counts." }),
  /** Samples that failed; they are in none of the figures. */
  failures: Type.Integer({ description: "Samples that failed; they are in none of the figures.", minimum: 0 }),
  /** Measured error of the delay link. */
  delayErrorUs: Type.Optional(Percentiles),
  /** Text of the first of them. */
  firstFailure: Type.Optional(Type.String({ description: "Text of the first of them.", minLength: 1 })),
}, { description: "An arm with all its samples.", additionalProperties: false });
/**
 * An arm with all its samples.
 *
 * @example
 * ```json
 * {"arm":{"name":"tcp/read/0ms/warm","transport":"tcp","mode":"read","rttMs":0,"pool":"warm"},"summaries":[],"samples":[],"failures":0}
 * ```
 */
export type ArmResult = Type.Static<typeof ArmResult>;

/**
 * How the run was made; runs that differ here are not compared.
 *
 * @example
 * ```json
 * {"samples":30,"warmups":5,"runs":3,"command":["/bin/true"],"cwd":"/"}
 * ```
 */
export const LatencySettings = Type.Object({
  /** Samples per run. */
  samples: Type.Integer({ description: "Samples per run.", minimum: 1 }),
  /** Warm-ups before them. */
  warmups: Type.Integer({ description: "Warm-ups before them.", minimum: 0 }),
  /** Runs per arm, the arms alternating. */
  runs: Type.Integer({ description: "Runs per arm, the arms alternating.", minimum: 1 }),
  command: Argv,
  /** Where it is run. */
  cwd: Type.String({ description: "Where it is run.", minLength: 1 }),
}, {
  description: "How the run was made; runs that differ here are not compared.",
  additionalProperties: false,
});
/**
 * How the run was made; runs that differ here are not compared.
 *
 * @example
 * ```json
 * {"samples":30,"warmups":5,"runs":3,"command":["/bin/true"],"cwd":"/"}
 * ```
 */
export type LatencySettings = Type.Static<typeof LatencySettings>;

/**
 * The report.
 *
 * @example
 * ```json
 * {"version":1,"suite":{"name":"stdio-bus-kit","version":"0.1.0"},"machine":{"os":"linux","release":"6.1.0","arch":"x64","cpu":"Example CPU","cores":2,"memoryBytes":25769803776,"node":"v20.20.2"},"seed":"20260105","startedAt":"2026-01-05T09:30:00.000Z","durationMs":60000,"settings":{"samples":30,"warmups":5,"runs":3,"command":["/bin/true"],"cwd":"/"},"arms":[],"goals":[],"warnings":[],"peers":[{"name":"reference","version":"0.1.0","command":["stdio_bus"]}]}
 * ```
 */
export const LatencyReport = Type.Object({
  /** For editors; ignored. */
  $schema: Type.Optional(Type.String({ description: "For editors; ignored." })),
  /** Version of this format. */
  version: Type.Literal(1, { description: "Version of this format." }),
  suite: Suite,
  machine: Machine,
  seed: Seed,
  startedAt: Timestamp,
  /** How long the run took, in milliseconds. */
  durationMs: Type.Number({ description: "How long the run took, in milliseconds.", minimum: 0 }),
  settings: LatencySettings,
  /** The arms. */
  arms: Type.Array(ArmResult, { description: "The arms." }),
  /** The goals that this run can say something about. */
  goals: Type.Array(Goal, { description: "The goals that this run can say something about." }),
  /** What makes its figures doubtful: a sentence each. */
  warnings: Type.Array(Type.String({ minLength: 1 }), { description: "What makes its figures doubtful: a sentence each." }),
  /** Bus, adapter and worker that were measured; two runs with other peers are not compared. */
  peers: Type.Array(SubjectIdentity, {
    description: "Bus, adapter and worker that were measured; two runs with other peers are not compared.",
  }),
}, { description: "The report.", additionalProperties: false });
/**
 * The report.
 *
 * @example
 * ```json
 * {"version":1,"suite":{"name":"stdio-bus-kit","version":"0.1.0"},"machine":{"os":"linux","release":"6.1.0","arch":"x64","cpu":"Example CPU","cores":2,"memoryBytes":25769803776,"node":"v20.20.2"},"seed":"20260105","startedAt":"2026-01-05T09:30:00.000Z","durationMs":60000,"settings":{"samples":30,"warmups":5,"runs":3,"command":["/bin/true"],"cwd":"/"},"arms":[],"goals":[],"warnings":[],"peers":[{"name":"reference","version":"0.1.0","command":["stdio_bus"]}]}
 * ```
 */
export type LatencyReport = Type.Static<typeof LatencyReport>;
