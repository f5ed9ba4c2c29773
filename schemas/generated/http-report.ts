// Generated from ../http-report.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';
import { Machine, Suite, Timestamp } from './run.ts';

/**
 * How a server is asked.
 *
 * @example
 * ```json
 * {"connections":10,"pipelining":1}
 * ```
 */
export const HttpLoad = Type.Object({
  /** Connections that ask at a time. */
  connections: Type.Integer({ description: "Connections that ask at a time.", minimum: 1 }),
  /** Requests that a connection sends before the answer to the first. */
  pipelining: Type.Integer({
    description: "Requests that a connection sends before the answer to the first.",
    minimum: 1,
  }),
}, { description: "How a server is asked.", additionalProperties: false });
/**
 * How a server is asked.
 *
 * @example
 * ```json
 * {"connections":10,"pipelining":1}
 * ```
 */
export type HttpLoad = Type.Static<typeof HttpLoad>;

/**
 * One run of one load on one server.
 *
 * @example
 * ```json
 * {"requestsPerSecond":9500.5,"p50Ms":1,"p97_5Ms":2,"p99Ms":3,"errors":0,"generatorShare":0.7}
 * ```
 */
export const HttpSample = Type.Object({
  /** Answers with a status of 2xx per second. */
  requestsPerSecond: Type.Number({ description: "Answers with a status of 2xx per second.", minimum: 0 }),
  /** Median of the latencies. */
  p50Ms: Type.Number({ description: "Median of the latencies.", minimum: 0 }),
  /** 97.5th percentile. */
  p97_5Ms: Type.Number({ description: "97.5th percentile.", minimum: 0 }),
  /** 99th percentile. */
  p99Ms: Type.Number({ description: "99th percentile.", minimum: 0 }),
  /** Cut connections, timeouts and statuses other than 2xx. */
  errors: Type.Integer({ description: "Cut connections, timeouts and statuses other than 2xx.", minimum: 0 }),
  /** Share of one core that the load generator used; near 1 the rate is its own. */
  generatorShare: Type.Number({
    description: "Share of one core that the load generator used; near 1 the rate is its own.",
    minimum: 0,
  }),
}, { description: "One run of one load on one server.", additionalProperties: false });
/**
 * One run of one load on one server.
 *
 * @example
 * ```json
 * {"requestsPerSecond":9500.5,"p50Ms":1,"p97_5Ms":2,"p99Ms":3,"errors":0,"generatorShare":0.7}
 * ```
 */
export type HttpSample = Type.Static<typeof HttpSample>;

/**
 * A load, and what each server made of it, round by round.
 *
 * @example
 * ```json
 * {"load":{"connections":10,"pipelining":1},"bare":[],"adapter":[],"ratio":0.57}
 * ```
 */
export const HttpResult = Type.Object({
  load: HttpLoad,
  /** Of the bare server that echoes. */
  bare: Type.Array(HttpSample, { description: "Of the bare server that echoes." }),
  /** Of the adapter, or of the server that `--url` names. */
  adapter: Type.Array(HttpSample, { description: "Of the adapter, or of the server that `--url` names." }),
  /** Median over the rounds of the adapter's rate to the bare server's; absent where there is none. */
  ratio: Type.Optional(Type.Number({
    description: "Median over the rounds of the adapter's rate to the bare server's; absent where there is none.",
    minimum: 0,
  })),
}, {
  description: "A load, and what each server made of it, round by round.",
  additionalProperties: false,
});
/**
 * A load, and what each server made of it, round by round.
 *
 * @example
 * ```json
 * {"load":{"connections":10,"pipelining":1},"bare":[],"adapter":[],"ratio":0.57}
 * ```
 */
export type HttpResult = Type.Static<typeof HttpResult>;

/**
 * How the run was made.
 *
 * @example
 * ```json
 * {"rounds":3,"seconds":5}
 * ```
 */
export const HttpSettings = Type.Object({
  /** Rounds in which the servers take turns. */
  rounds: Type.Integer({ description: "Rounds in which the servers take turns.", minimum: 1 }),
  /** Length of one run. */
  seconds: Type.Integer({ description: "Length of one run.", minimum: 1 }),
  /** The bus behind the adapter; absent: one within it. */
  bus: Type.Optional(Type.String({ description: "The bus behind the adapter; absent: one within it.", minLength: 1 })),
  /** The server that ran already, instead of the adapter. */
  url: Type.Optional(Type.String({ description: "The server that ran already, instead of the adapter.", minLength: 1 })),
}, { description: "How the run was made.", additionalProperties: false });
/**
 * How the run was made.
 *
 * @example
 * ```json
 * {"rounds":3,"seconds":5}
 * ```
 */
export type HttpSettings = Type.Static<typeof HttpSettings>;

/**
 * The report.
 *
 * @example
 * ```json
 * {"version":1,"suite":{"name":"stdio-bus-kit","version":"0.1.0"},"machine":{"os":"linux","release":"6.1.0","arch":"x64","cpu":"Example CPU","cores":2,"memoryBytes":25769803776,"node":"v20.20.2"},"startedAt":"2026-01-05T09:30:00.000Z","durationMs":60000,"settings":{"rounds":3,"seconds":5},"results":[]}
 * ```
 */
export const HttpReport = Type.Object({
  /** For editors; ignored. */
  $schema: Type.Optional(Type.String({ description: "For editors; ignored." })),
  /** Version of this format. */
  version: Type.Literal(1, { description: "Version of this format." }),
  suite: Suite,
  machine: Machine,
  startedAt: Timestamp,
  /** How long the run took, in milliseconds. */
  durationMs: Type.Number({ description: "How long the run took, in milliseconds.", minimum: 0 }),
  settings: HttpSettings,
  /** One for each load. */
  results: Type.Array(HttpResult, { description: "One for each load." }),
}, { description: "The report.", additionalProperties: false });
/**
 * The report.
 *
 * @example
 * ```json
 * {"version":1,"suite":{"name":"stdio-bus-kit","version":"0.1.0"},"machine":{"os":"linux","release":"6.1.0","arch":"x64","cpu":"Example CPU","cores":2,"memoryBytes":25769803776,"node":"v20.20.2"},"startedAt":"2026-01-05T09:30:00.000Z","durationMs":60000,"settings":{"rounds":3,"seconds":5},"results":[]}
 * ```
 */
export type HttpReport = Type.Static<typeof HttpReport>;
