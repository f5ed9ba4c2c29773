// Generated from ../run.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';
import { Argv } from './subject.ts';

/**
 * The machine that the run was made on.
 *
 * @example
 * ```json
 * {"os":"linux","release":"6.1.0","arch":"x64","cpu":"Example CPU","cores":2,"memoryBytes":25769803776,"node":"v20.20.2"}
 * ```
 */
export const Machine = Type.Object({
  /** Operating system, as Node names it. */
  os: Type.String({ description: "Operating system, as Node names it.", minLength: 1 }),
  /** Its release. */
  release: Type.String({ description: "Its release.", minLength: 1 }),
  /** Processor architecture. */
  arch: Type.String({ description: "Processor architecture.", minLength: 1 }),
  /** Model of the processor; `unknown` where the system does not say. */
  cpu: Type.String({
    description: "Model of the processor; `unknown` where the system does not say.",
    minLength: 1,
  }),
  /** Usable cores. */
  cores: Type.Integer({ description: "Usable cores.", minimum: 1 }),
  /** Memory in bytes. */
  memoryBytes: Type.Integer({ description: "Memory in bytes.", minimum: 0 }),
  /** Version of Node. */
  node: Type.String({ description: "Version of Node.", minLength: 1 }),
}, { description: "The machine that the run was made on.", additionalProperties: false });
/**
 * The machine that the run was made on.
 *
 * @example
 * ```json
 * {"os":"linux","release":"6.1.0","arch":"x64","cpu":"Example CPU","cores":2,"memoryBytes":25769803776,"node":"v20.20.2"}
 * ```
 */
export type Machine = Type.Static<typeof Machine>;

/**
 * The program that made the report.
 *
 * @example
 * ```json
 * {"name":"stdio-bus-kit","version":"0.1.0"}
 * ```
 */
export const Suite = Type.Object({
  /** Its name. */
  name: Type.String({ description: "Its name.", minLength: 1 }),
  /** Its version. */
  version: Type.String({ description: "Its version.", minLength: 1 }),
}, { description: "The program that made the report.", additionalProperties: false });
/**
 * The program that made the report.
 *
 * @example
 * ```json
 * {"name":"stdio-bus-kit","version":"0.1.0"}
 * ```
 */
export type Suite = Type.Static<typeof Suite>;

/**
 * A SHA-256 digest in hex.
 *
 * @example
 * ```json
 * "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
 * ```
 */
export const Sha256 = Type.String({ description: "A SHA-256 digest in hex.", pattern: "^[0-9a-f]{64}$" });
/**
 * A SHA-256 digest in hex.
 *
 * @example
 * ```json
 * "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
 * ```
 */
export type Sha256 = Type.Static<typeof Sha256>;

/**
 * A moment, in UTC (RFC 3339).
 *
 * @example
 * ```json
 * "2026-01-05T09:30:00.000Z"
 * ```
 */
export const Timestamp = Type.String({
  description: "A moment, in UTC (RFC 3339).",
  pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?Z$",
});
/**
 * A moment, in UTC (RFC 3339).
 *
 * @example
 * ```json
 * "2026-01-05T09:30:00.000Z"
 * ```
 */
export type Timestamp = Type.Static<typeof Timestamp>;

/**
 * The seed of everything random in the run; the same seed makes the same run.
 *
 * @example
 * ```json
 * "20260105"
 * ```
 */
export const Seed = Type.String({
  description: "The seed of everything random in the run; the same seed makes the same run.",
  pattern: "^[0-9A-Za-z_-]{1,64}$",
});
/**
 * The seed of everything random in the run; the same seed makes the same run.
 *
 * @example
 * ```json
 * "20260105"
 * ```
 */
export type Seed = Type.Static<typeof Seed>;

/**
 * What was run.
 *
 * @example
 * ```json
 * {"name":"reference","command":["stdio_bus","--config","{config}"],"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
 * ```
 */
export const SubjectIdentity = Type.Object({
  /** Its name in the report. */
  name: Type.String({ description: "Its name in the report.", minLength: 1 }),
  /** Its version, where the manifest says it. */
  version: Type.Optional(Type.String({ description: "Its version, where the manifest says it." })),
  command: Argv,
  /** Digest of the program file, where there is one. */
  sha256: Type.Optional(Sha256),
}, { description: "What was run.", additionalProperties: false });
/**
 * What was run.
 *
 * @example
 * ```json
 * {"name":"reference","command":["stdio_bus","--config","{config}"],"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
 * ```
 */
export type SubjectIdentity = Type.Static<typeof SubjectIdentity>;

/**
 * A distribution, in microseconds; percentiles by nearest rank.
 *
 * @example
 * ```json
 * {"count":30,"min":80,"mean":101.5,"p50":98,"p95":130,"p99":150,"max":151}
 * ```
 */
export const Percentiles = Type.Object({
  /** Samples. */
  count: Type.Integer({ description: "Samples.", minimum: 1 }),
  /** Least, in microseconds. */
  min: Type.Number({ description: "Least, in microseconds.", minimum: 0 }),
  /** Mean, in microseconds. */
  mean: Type.Number({ description: "Mean, in microseconds.", minimum: 0 }),
  /** Median, in microseconds. */
  p50: Type.Number({ description: "Median, in microseconds.", minimum: 0 }),
  /** 90th percentile, in microseconds. */
  p90: Type.Optional(Type.Number({ description: "90th percentile, in microseconds.", minimum: 0 })),
  /** 95th percentile, in microseconds. */
  p95: Type.Number({ description: "95th percentile, in microseconds.", minimum: 0 }),
  /** 99th percentile, in microseconds. */
  p99: Type.Number({ description: "99th percentile, in microseconds.", minimum: 0 }),
  /** 99.9th percentile, in microseconds. */
  p999: Type.Optional(Type.Number({ description: "99.9th percentile, in microseconds.", minimum: 0 })),
  /** Greatest, in microseconds. */
  max: Type.Number({ description: "Greatest, in microseconds.", minimum: 0 }),
}, {
  description: "A distribution, in microseconds; percentiles by nearest rank.",
  additionalProperties: false,
});
/**
 * A distribution, in microseconds; percentiles by nearest rank.
 *
 * @example
 * ```json
 * {"count":30,"min":80,"mean":101.5,"p50":98,"p95":130,"p99":150,"max":151}
 * ```
 */
export type Percentiles = Type.Static<typeof Percentiles>;

/**
 * A ratio with its bootstrap confidence interval.
 *
 * @example
 * ```json
 * {"ratio":0.61,"low":0.58,"high":0.64,"confidence":0.95}
 * ```
 */
export const Interval = Type.Object({
  /** The ratio of the medians. */
  ratio: Type.Number({ description: "The ratio of the medians.", minimum: 0 }),
  /** Lower end. */
  low: Type.Number({ description: "Lower end.", minimum: 0 }),
  /** Upper end. */
  high: Type.Number({ description: "Upper end.", minimum: 0 }),
  /** Confidence level. */
  confidence: Type.Number({ description: "Confidence level.", exclusiveMinimum: 0, exclusiveMaximum: 1 }),
}, {
  description: "A ratio with its bootstrap confidence interval.",
  additionalProperties: false,
});
/**
 * A ratio with its bootstrap confidence interval.
 *
 * @example
 * ```json
 * {"ratio":0.61,"low":0.58,"high":0.64,"confidence":0.95}
 * ```
 */
export type Interval = Type.Static<typeof Interval>;
