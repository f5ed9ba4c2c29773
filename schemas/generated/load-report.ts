// Generated from ../load-report.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';
import { Transport } from './bus-subject.ts';
import { Base64 } from './process.ts';
import { RequirementId } from './requirements.ts';
import { Interval, Machine, Percentiles, Seed, SubjectIdentity, Suite, Timestamp } from './run.ts';

/**
 * What is asked.
 *
 * @example
 * ```json
 * "throughput"
 * ```
 */
export const LoadQuestion = Type.Enum(["round-trip", "throughput", "open-loop", "highest-rate", "connections", "workers", "sessions", "pending", "idle-connections", "start", "recovery", "drain", "slow-reader", "cpu"], { description: "What is asked." });
/**
 * What is asked.
 *
 * @example
 * ```json
 * "throughput"
 * ```
 */
export type LoadQuestion = Type.Static<typeof LoadQuestion>;

/**
 * One setting of the load; only the members that the question varies are there, none for start or
 * idle.
 *
 * @example
 * ```json
 * {"payloadBytes":200,"inFlight":64,"connections":1,"workers":1}
 * ```
 */
export const LoadPoint = Type.Object({
  /** Bytes per frame. */
  payloadBytes: Type.Optional(Type.Integer({ description: "Bytes per frame.", minimum: 1 })),
  /** Requests in flight. */
  inFlight: Type.Optional(Type.Integer({ description: "Requests in flight.", minimum: 1 })),
  /** Connections. */
  connections: Type.Optional(Type.Integer({ description: "Connections.", minimum: 1 })),
  /** Workers. */
  workers: Type.Optional(Type.Integer({ description: "Workers.", minimum: 1 })),
  /** Live sessions. */
  sessions: Type.Optional(Type.Integer({ description: "Live sessions.", minimum: 1 })),
  /** Arrivals per second, on schedule. */
  ratePerSec: Type.Optional(Type.Number({ description: "Arrivals per second, on schedule.", exclusiveMinimum: 0 })),
  transport: Type.Optional(Transport),
}, {
  description: "One setting of the load; only the members that the question varies are there, none for start or idle.",
  additionalProperties: false,
});
/**
 * One setting of the load; only the members that the question varies are there, none for start or
 * idle.
 *
 * @example
 * ```json
 * {"payloadBytes":200,"inFlight":64,"connections":1,"workers":1}
 * ```
 */
export type LoadPoint = Type.Static<typeof LoadPoint>;

/**
 * What happened to the requests. A bus that loses frames must not look good.
 *
 * @example
 * ```json
 * {"sent":1000,"answered":1000,"lost":0,"duplicated":0,"misrouted":0,"errors":0}
 * ```
 */
export const LoadCounts = Type.Object({
  /** Requests sent. */
  sent: Type.Integer({ description: "Requests sent.", minimum: 0 }),
  /** Answered once and rightly. */
  answered: Type.Integer({ description: "Answered once and rightly.", minimum: 0 }),
  /** Never answered. */
  lost: Type.Integer({ description: "Never answered.", minimum: 0 }),
  /** Answered more than once. */
  duplicated: Type.Integer({ description: "Answered more than once.", minimum: 0 }),
  /** Reached the wrong worker or client. */
  misrouted: Type.Integer({ description: "Reached the wrong worker or client.", minimum: 0 }),
  /** Answered with an error. */
  errors: Type.Integer({ description: "Answered with an error.", minimum: 0 }),
}, {
  description: "What happened to the requests. A bus that loses frames must not look good.",
  additionalProperties: false,
});
/**
 * What happened to the requests. A bus that loses frames must not look good.
 *
 * @example
 * ```json
 * {"sent":1000,"answered":1000,"lost":0,"duplicated":0,"misrouted":0,"errors":0}
 * ```
 */
export type LoadCounts = Type.Static<typeof LoadCounts>;

/**
 * One subject at one point in one round.
 *
 * @example
 * ```json
 * {"subject":"ours","round":1,"question":"throughput","point":{"inFlight":64},"framesPerSec":52000,"counts":{"sent":1000,"answered":1000,"lost":0,"duplicated":0,"misrouted":0,"errors":0},"generatorCpuShare":0.7}
 * ```
 */
export const LoadSample = Type.Object({
  /** Name of the subject. */
  subject: Type.String({ description: "Name of the subject.", minLength: 1 }),
  /** Round of the interleaving, from 1. */
  round: Type.Integer({ description: "Round of the interleaving, from 1.", minimum: 1 }),
  question: LoadQuestion,
  point: LoadPoint,
  counts: LoadCounts,
  /** Answered requests per second. */
  framesPerSec: Type.Optional(Type.Number({ description: "Answered requests per second.", minimum: 0 })),
  /** Bytes of frames per second, both ways. */
  bytesPerSec: Type.Optional(Type.Number({ description: "Bytes of frames per second, both ways.", minimum: 0 })),
  latencyUs: Type.Optional(Percentiles),
  /** The raw histogram in microseconds: HdrHistogram V2, compressed, base64. */
  histogram: Type.Optional(Base64),
  /** Resident memory of the bus, in bytes. */
  rssBytes: Type.Optional(Type.Integer({ description: "Resident memory of the bus, in bytes.", minimum: 0 })),
  /** By how much the resident memory of the bus grew with what the question is about, in bytes. */
  rssGrowthBytes: Type.Optional(Type.Integer({
    description: "By how much the resident memory of the bus grew with what the question is about, in bytes.",
  })),
  /** Processor time of the bus per frame, in microseconds. */
  cpuUsPerFrame: Type.Optional(Type.Number({ description: "Processor time of the bus per frame, in microseconds.", minimum: 0 })),
  /** Share of one core that the bus used, at idle for example. */
  cpuShare: Type.Optional(Type.Number({
    description: "Share of one core that the bus used, at idle for example.",
    minimum: 0,
  })),
  /** The time that was asked for: to start, to recover, to drain. */
  durationUs: Type.Optional(Type.Number({
    description: "The time that was asked for: to start, to recover, to drain.",
    minimum: 0,
  })),
  /**
   * How long after its intended time a request left the load generator, 99th percentile, in
   * microseconds; it is part of the latency.
   */
  generatorLatenessUs: Type.Optional(Type.Number({
    description: "How long after its intended time a request left the load generator, 99th percentile, in microseconds; it is part of the latency.",
    minimum: 0,
  })),
  /** Share of one core that the load generator used; near 1 the result is bound by it. */
  generatorCpuShare: Type.Optional(Type.Number({
    description: "Share of one core that the load generator used; near 1 the result is bound by it.",
    minimum: 0,
  })),
  /** Why there is no figure: the subject died, or would not start. */
  error: Type.Optional(Type.String({
    description: "Why there is no figure: the subject died, or would not start.",
    minLength: 1,
  })),
}, { description: "One subject at one point in one round.", additionalProperties: false });
/**
 * One subject at one point in one round.
 *
 * @example
 * ```json
 * {"subject":"ours","round":1,"question":"throughput","point":{"inFlight":64},"framesPerSec":52000,"counts":{"sent":1000,"answered":1000,"lost":0,"duplicated":0,"misrouted":0,"errors":0},"generatorCpuShare":0.7}
 * ```
 */
export type LoadSample = Type.Static<typeof LoadSample>;

/**
 * One subject against the first, at one point.
 *
 * @example
 * ```json
 * {"subject":"theirs","question":"throughput","point":{"inFlight":64},"measure":"framesPerSec","interval":{"ratio":0.61,"low":0.58,"high":0.64,"confidence":0.95}}
 * ```
 */
export const LoadRatio = Type.Object({
  /** Name of the subject. */
  subject: Type.String({ description: "Name of the subject.", minLength: 1 }),
  question: LoadQuestion,
  point: LoadPoint,
  /** What is compared. */
  measure: Type.Enum(["framesPerSec", "bytesPerSec", "p50", "p99", "rssBytes", "rssGrowthBytes", "cpuUsPerFrame", "cpuShare", "durationUs"], { description: "What is compared." }),
  interval: Interval,
}, {
  description: "One subject against the first, at one point.",
  additionalProperties: false,
});
/**
 * One subject against the first, at one point.
 *
 * @example
 * ```json
 * {"subject":"theirs","question":"throughput","point":{"inFlight":64},"measure":"framesPerSec","interval":{"ratio":0.61,"low":0.58,"high":0.64,"confidence":0.95}}
 * ```
 */
export type LoadRatio = Type.Static<typeof LoadRatio>;

/**
 * A subject or a baseline.
 *
 * @example
 * ```json
 * {"identity":{"name":"ours","command":["stdio_bus"]},"role":"subject","gate":"passed","gateFailures":[]}
 * ```
 */
export const LoadSubject = Type.Object({
  identity: SubjectIdentity,
  /** Whether it is measured, or shows the limit: relay (no parsing), worker (no bus). */
  role: Type.Enum(["subject", "relay", "worker"], {
    description: "Whether it is measured, or shows the limit: relay (no parsing), worker (no bus).",
  }),
  /** How the short conformance gate ended. */
  gate: Type.Enum(["passed", "failed", "not-run"], { description: "How the short conformance gate ended." }),
  /** Requirements that it failed there. */
  gateFailures: Type.Array(RequirementId, { description: "Requirements that it failed there." }),
  /** Why it was not run, or what was wrong with the run. */
  gateNote: Type.Optional(Type.String({ description: "Why it was not run, or what was wrong with the run.", minLength: 1 })),
}, { description: "A subject or a baseline.", additionalProperties: false });
/**
 * A subject or a baseline.
 *
 * @example
 * ```json
 * {"identity":{"name":"ours","command":["stdio_bus"]},"role":"subject","gate":"passed","gateFailures":[]}
 * ```
 */
export type LoadSubject = Type.Static<typeof LoadSubject>;

/**
 * How the run was made; runs that differ here are not compared.
 *
 * @example
 * ```json
 * {"mode":"quick","sampleMs":1000}
 * ```
 */
export const LoadSettings = Type.Object({
  /** How much was measured. */
  mode: Type.Enum(["quick", "default", "full"], { description: "How much was measured." }),
  /** Length of one measurement, in milliseconds. */
  sampleMs: Type.Integer({ description: "Length of one measurement, in milliseconds.", minimum: 1 }),
  /** The highest rate is the one that keeps the 99th percentile under this, in microseconds. */
  p99BoundUs: Type.Optional(Type.Number({
    description: "The highest rate is the one that keeps the 99th percentile under this, in microseconds.",
    exclusiveMinimum: 0,
  })),
  /** Language of the echo worker. */
  worker: Type.Optional(Type.Enum(["c", "node"], { description: "Language of the echo worker." })),
}, {
  description: "How the run was made; runs that differ here are not compared.",
  additionalProperties: false,
});
/**
 * How the run was made; runs that differ here are not compared.
 *
 * @example
 * ```json
 * {"mode":"quick","sampleMs":1000}
 * ```
 */
export type LoadSettings = Type.Static<typeof LoadSettings>;

/**
 * The report.
 *
 * @example
 * ```json
 * {"version":1,"suite":{"name":"stdio-bus-kit","version":"0.1.0"},"machine":{"os":"linux","release":"6.1.0","arch":"x64","cpu":"Example CPU","cores":2,"memoryBytes":25769803776,"node":"v20.20.2"},"seed":"20260105","startedAt":"2026-01-05T09:30:00.000Z","durationMs":60000,"rounds":5,"subjects":[],"samples":[],"ratios":[],"settings":{"mode":"quick","sampleMs":1000}}
 * ```
 */
export const LoadReport = Type.Object({
  /** For editors; ignored. */
  $schema: Type.Optional(Type.String({ description: "For editors; ignored." })),
  /** Version of this format. */
  version: Type.Literal(1, { description: "Version of this format." }),
  suite: Suite,
  machine: Machine,
  seed: Seed,
  startedAt: Timestamp,
  /** The system's load average over the minute before the run; 0 where it has none. */
  loadAtStart: Type.Optional(Type.Number({
    description: "The system's load average over the minute before the run; 0 where it has none.",
    minimum: 0,
  })),
  /** How long the run took, in milliseconds. */
  durationMs: Type.Number({ description: "How long the run took, in milliseconds.", minimum: 0 }),
  /** Rounds, the subjects alternating. */
  rounds: Type.Integer({ description: "Rounds, the subjects alternating.", minimum: 1 }),
  /** The subjects; ratios are to the first. */
  subjects: Type.Array(LoadSubject, { description: "The subjects; ratios are to the first." }),
  /** Every measurement. */
  samples: Type.Array(LoadSample, { description: "Every measurement." }),
  /** Comparisons. */
  ratios: Type.Array(LoadRatio, { description: "Comparisons." }),
  /** What a reader should know, such as a result that is bound by the load generator. */
  warnings: Type.Optional(Type.Array(Type.String({ minLength: 1 }), {
    description: "What a reader should know, such as a result that is bound by the load generator.",
  })),
  settings: LoadSettings,
}, { description: "The report.", additionalProperties: false });
/**
 * The report.
 *
 * @example
 * ```json
 * {"version":1,"suite":{"name":"stdio-bus-kit","version":"0.1.0"},"machine":{"os":"linux","release":"6.1.0","arch":"x64","cpu":"Example CPU","cores":2,"memoryBytes":25769803776,"node":"v20.20.2"},"seed":"20260105","startedAt":"2026-01-05T09:30:00.000Z","durationMs":60000,"rounds":5,"subjects":[],"samples":[],"ratios":[],"settings":{"mode":"quick","sampleMs":1000}}
 * ```
 */
export type LoadReport = Type.Static<typeof LoadReport>;
