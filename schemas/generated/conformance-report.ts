// Generated from ../conformance-report.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';
import { Level, Profile, RequirementId } from './requirements.ts';
import { Machine, Seed, Sha256, SubjectIdentity, Suite, Timestamp } from './run.ts';
import { Argv, TimeScale } from './subject.ts';

/**
 * How a check ended. not-applicable: the subject does not declare the capability; inconclusive:
 * too little happened to judge; harness-error: the suite failed, not the subject.
 *
 * @example
 * ```json
 * "pass"
 * ```
 */
export const CheckVerdict = Type.Enum(["pass", "fail", "inconclusive", "not-applicable", "harness-error"], {
  description: "How a check ended. not-applicable: the subject does not declare the capability; inconclusive: too little happened to judge; harness-error: the suite failed, not the subject.",
});
/**
 * How a check ended. not-applicable: the subject does not declare the capability; inconclusive:
 * too little happened to judge; harness-error: the suite failed, not the subject.
 *
 * @example
 * ```json
 * "pass"
 * ```
 */
export type CheckVerdict = Type.Static<typeof CheckVerdict>;

/**
 * One judgement on one history.
 *
 * @example
 * ```json
 * {"requirement":"AFF-1","verdict":"pass"}
 * ```
 *
 * @example
 * ```json
 * {"requirement":"COR-1","verdict":"fail","expected":"one response to id 7","seen":"two","records":[12,15],"reason":"two responses to one request"}
 * ```
 */
export const Check = Type.Object({
  requirement: RequirementId,
  verdict: CheckVerdict,
  /**
   * Why it failed, could not be judged or does not apply, in one line that stays the same from run
   * to run: what a baseline's `reason` is compared with.
   */
  reason: Type.Optional(Type.String({
    description: "Why it failed, could not be judged or does not apply, in one line that stays the same from run to run: what a baseline's `reason` is compared with.",
    minLength: 1,
  })),
  /** What should have been seen. */
  expected: Type.Optional(Type.String({ description: "What should have been seen.", minLength: 1 })),
  /** What was seen. */
  seen: Type.Optional(Type.String({ description: "What was seen.", minLength: 1 })),
  /** Records of the history that show it, by seq. */
  records: Type.Optional(Type.Array(Type.Integer({ minimum: 0 }), { description: "Records of the history that show it, by seq." })),
  /** The last records before the failure, one line each, for people. */
  timeline: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { description: "The last records before the failure, one line each, for people." })),
}, { description: "One judgement on one history.", additionalProperties: false });
/**
 * One judgement on one history.
 *
 * @example
 * ```json
 * {"requirement":"AFF-1","verdict":"pass"}
 * ```
 *
 * @example
 * ```json
 * {"requirement":"COR-1","verdict":"fail","expected":"one response to id 7","seen":"two","records":[12,15],"reason":"two responses to one request"}
 * ```
 */
export type Check = Type.Static<typeof Check>;

/**
 * One scenario on one transport.
 *
 * @example
 * ```json
 * {"id":"affinity/rfc","title":"Five users on three workers","profile":"core","transport":"tcp","requirements":["AFF-1"],"verdict":"pass","durationMs":312,"attempts":1,"checks":[{"requirement":"AFF-1","verdict":"pass"}]}
 * ```
 */
export const ScenarioResult = Type.Object({
  /** Id of the scenario. */
  id: Type.String({ description: "Id of the scenario.", minLength: 1 }),
  /** What it does. */
  title: Type.String({ description: "What it does.", minLength: 1 }),
  profile: Profile,
  /** How the subject was reached. */
  transport: Type.Enum(["tcp", "unix", "stdio", "pipe"], { description: "How the subject was reached." }),
  /** What it checks. */
  requirements: Type.Array(RequirementId, { description: "What it checks.", minItems: 1 }),
  verdict: CheckVerdict,
  /** How long it took, in milliseconds. */
  durationMs: Type.Number({ description: "How long it took, in milliseconds.", minimum: 0 }),
  /** Runs of it, more than one with --repeat. */
  attempts: Type.Integer({ description: "Runs of it, more than one with --repeat.", minimum: 1 }),
  /** How each attempt ended, with --repeat. */
  attemptVerdicts: Type.Optional(Type.Array(CheckVerdict, { description: "How each attempt ended, with --repeat." })),
  /** Whether attempts ended differently. */
  unstable: Type.Optional(Type.Boolean({ description: "Whether attempts ended differently." })),
  /** The judgements. */
  checks: Type.Array(Check, { description: "The judgements." }),
  /** How the subject ended, where it ended unasked. */
  subjectExit: Type.Optional(Type.String({ description: "How the subject ended, where it ended unasked.", minLength: 1 })),
  /** Why the suite failed, for harness-error. */
  error: Type.Optional(Type.String({ description: "Why the suite failed, for harness-error.", minLength: 1 })),
  /** The recorded history, relative to the report, where it was kept. */
  history: Type.Optional(Type.String({
    description: "The recorded history, relative to the report, where it was kept.",
    minLength: 1,
  })),
  /** The command that runs just this again; with chaos, the shortest schedule that still fails. */
  reproduce: Type.Optional(Type.String({
    description: "The command that runs just this again; with chaos, the shortest schedule that still fails.",
    minLength: 1,
  })),
}, { description: "One scenario on one transport.", additionalProperties: false });
/**
 * One scenario on one transport.
 *
 * @example
 * ```json
 * {"id":"affinity/rfc","title":"Five users on three workers","profile":"core","transport":"tcp","requirements":["AFF-1"],"verdict":"pass","durationMs":312,"attempts":1,"checks":[{"requirement":"AFF-1","verdict":"pass"}]}
 * ```
 */
export type ScenarioResult = Type.Static<typeof ScenarioResult>;

/**
 * What the scenarios say together: the worst of their checks; not-run where the selection left
 * them out.
 *
 * @example
 * ```json
 * "pass"
 * ```
 *
 * @example
 * ```json
 * "not-run"
 * ```
 */
export const RequirementVerdict = Type.Enum(["pass", "fail", "inconclusive", "not-applicable", "harness-error", "not-run"], {
  description: "What the scenarios say together: the worst of their checks; not-run where the selection left them out.",
});
/**
 * What the scenarios say together: the worst of their checks; not-run where the selection left
 * them out.
 *
 * @example
 * ```json
 * "pass"
 * ```
 *
 * @example
 * ```json
 * "not-run"
 * ```
 */
export type RequirementVerdict = Type.Static<typeof RequirementVerdict>;

/**
 * What the scenarios say together about one requirement.
 *
 * @example
 * ```json
 * {"id":"AFF-1","level":"MUST","verdict":"pass","scenarios":["affinity/rfc"]}
 * ```
 */
export const RequirementResult = Type.Object({
  id: RequirementId,
  level: Level,
  verdict: RequirementVerdict,
  /** Scenarios that judged it. */
  scenarios: Type.Array(Type.String({ minLength: 1 }), { description: "Scenarios that judged it." }),
  /** Why it does not apply or was not run. */
  reason: Type.Optional(Type.String({ description: "Why it does not apply or was not run.", minLength: 1 })),
}, {
  description: "What the scenarios say together about one requirement.",
  additionalProperties: false,
});
/**
 * What the scenarios say together about one requirement.
 *
 * @example
 * ```json
 * {"id":"AFF-1","level":"MUST","verdict":"pass","scenarios":["affinity/rfc"]}
 * ```
 */
export type RequirementResult = Type.Static<typeof RequirementResult>;

/**
 * How many ended how.
 *
 * @example
 * ```json
 * {"pass":120,"fail":0,"inconclusive":0,"not-applicable":4,"harness-error":0}
 * ```
 */
export const VerdictCounts = Type.Object({
  /** Number of `pass`. */
  pass: Type.Integer({ description: "Number of `pass`.", minimum: 0 }),
  /** Number of `fail`. */
  fail: Type.Integer({ description: "Number of `fail`.", minimum: 0 }),
  /** Number of `inconclusive`. */
  inconclusive: Type.Integer({ description: "Number of `inconclusive`.", minimum: 0 }),
  /** Number of `not-applicable`. */
  "not-applicable": Type.Integer({ description: "Number of `not-applicable`.", minimum: 0 }),
  /** Number of `harness-error`. */
  "harness-error": Type.Integer({ description: "Number of `harness-error`.", minimum: 0 }),
}, { description: "How many ended how.", additionalProperties: false });
/**
 * How many ended how.
 *
 * @example
 * ```json
 * {"pass":120,"fail":0,"inconclusive":0,"not-applicable":4,"harness-error":0}
 * ```
 */
export type VerdictCounts = Type.Static<typeof VerdictCounts>;

/**
 * Which part of the suite ran.
 *
 * @example
 * ```json
 * {"profiles":["core"],"transports":["tcp"],"only":[],"skip":[],"repeat":1,"complete":false}
 * ```
 */
export const Selection = Type.Object({
  /** Profiles that ran. */
  profiles: Type.Array(Profile, { description: "Profiles that ran." }),
  /** Transports that ran. */
  transports: Type.Array(Type.Enum(["tcp", "unix", "stdio", "pipe"]), { description: "Transports that ran." }),
  /** Patterns of --only. */
  only: Type.Array(Type.String({ minLength: 1 }), { description: "Patterns of --only." }),
  /** Patterns of --skip. */
  skip: Type.Array(Type.String({ minLength: 1 }), { description: "Patterns of --skip." }),
  /** Runs of each scenario. */
  repeat: Type.Integer({ description: "Runs of each scenario.", minimum: 1 }),
  /** Whether everything that applies ran. */
  complete: Type.Boolean({ description: "Whether everything that applies ran." }),
}, { description: "Which part of the suite ran.", additionalProperties: false });
/**
 * Which part of the suite ran.
 *
 * @example
 * ```json
 * {"profiles":["core"],"transports":["tcp"],"only":[],"skip":[],"repeat":1,"complete":false}
 * ```
 */
export type Selection = Type.Static<typeof Selection>;

/**
 * How the baseline fits.
 *
 * @example
 * ```json
 * {"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","known":2,"nowPassing":[],"otherReason":[],"unmatched":[]}
 * ```
 */
export const BaselineResult = Type.Object({
  /** Digest of the baseline file. */
  sha256: Sha256,
  /** Failures that it expects and that came. */
  known: Type.Integer({ description: "Failures that it expects and that came.", minimum: 0 }),
  /** Entries that pass now. */
  nowPassing: Type.Array(Type.String({ minLength: 1 }), { description: "Entries that pass now." }),
  /** Entries that fail for another reason. */
  otherReason: Type.Array(Type.String({ minLength: 1 }), { description: "Entries that fail for another reason." }),
  /** Entries that match nothing. */
  unmatched: Type.Array(Type.String({ minLength: 1 }), { description: "Entries that match nothing." }),
}, { description: "How the baseline fits.", additionalProperties: false });
/**
 * How the baseline fits.
 *
 * @example
 * ```json
 * {"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","known":2,"nowPassing":[],"otherReason":[],"unmatched":[]}
 * ```
 */
export type BaselineResult = Type.Static<typeof BaselineResult>;

/**
 * How a subject failed that could not be started at all.
 *
 * @example
 * ```json
 * {"command":["./their_bus","--config","/tmp/c.json"],"exitCode":127,"signal":null,"how":"it ended with exit code 127 before it answered on tcp","stderr":["their_bus: not found"]}
 * ```
 */
export const StartFailure = Type.Object({
  command: Argv,
  /** Exit status; null where a signal ended it or it never ran. */
  exitCode: Type.Union([
    Type.Integer(),
    Type.Null(),
  ], { description: "Exit status; null where a signal ended it or it never ran." }),
  /** Signal that ended it. */
  signal: Type.Union([
    Type.String({ pattern: "^SIG[A-Z0-9]+$" }),
    Type.Null(),
  ], { description: "Signal that ended it." }),
  /** How it failed, in words: that it runs, but did not answer in time; that it ended before. */
  how: Type.Optional(Type.String({
    description: "How it failed, in words: that it runs, but did not answer in time; that it ended before.",
    minLength: 1,
  })),
  /** Why it could not be executed, in words. */
  error: Type.Optional(Type.String({ description: "Why it could not be executed, in words.", minLength: 1 })),
  /** The last lines of its stderr. */
  stderr: Type.Array(Type.String(), { description: "The last lines of its stderr." }),
}, {
  description: "How a subject failed that could not be started at all.",
  additionalProperties: false,
});
/**
 * How a subject failed that could not be started at all.
 *
 * @example
 * ```json
 * {"command":["./their_bus","--config","/tmp/c.json"],"exitCode":127,"signal":null,"how":"it ended with exit code 127 before it answered on tcp","stderr":["their_bus: not found"]}
 * ```
 */
export type StartFailure = Type.Static<typeof StartFailure>;

/**
 * The report.
 *
 * @example
 * ```json
 * {"version":1,"suite":{"name":"stdio-bus-kit","version":"0.1.0"},"machine":{"os":"linux","release":"6.1.0","arch":"x64","cpu":"Example CPU","cores":2,"memoryBytes":25769803776,"node":"v20.20.2"},"seed":"20260105","startedAt":"2026-01-05T09:30:00.000Z","durationMs":60000,"catalogue":{"version":"1","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},"kind":"bus","subject":{"name":"reference","command":["stdio_bus"]},"capabilities":["hello"],"timeScale":1,"selection":{"profiles":["core"],"transports":["tcp"],"only":[],"skip":[],"repeat":1,"complete":false},"verdict":"conformant","counts":{"pass":1,"fail":0,"inconclusive":0,"not-applicable":0,"harness-error":0},"requirements":[{"id":"AFF-1","level":"MUST","verdict":"pass","scenarios":["affinity/rfc"]}],"scenarios":[]}
 * ```
 */
export const ConformanceReport = Type.Object({
  /** For editors; ignored. */
  $schema: Type.Optional(Type.String({ description: "For editors; ignored." })),
  /** Version of this format. */
  version: Type.Literal(1, { description: "Version of this format." }),
  suite: Suite,
  /** The requirements that were judged. */
  catalogue: Type.Object({
    /** Version of the specification. */
    version: Type.String({ description: "Version of the specification.", minLength: 1 }),
    /** Digest of `requirements.yaml`. */
    sha256: Sha256,
  }, { description: "The requirements that were judged.", additionalProperties: false }),
  /** What the subject is. */
  kind: Type.Enum(["bus", "worker"], { description: "What the subject is." }),
  subject: SubjectIdentity,
  /** The adapter through which the subject was reached; absent where there was none. */
  via: Type.Optional(Type.Enum(["grpc", "ws", "http"], {
    description: "The adapter through which the subject was reached; absent where there was none.",
  })),
  startFailure: Type.Optional(StartFailure),
  /** What the subject declares. */
  capabilities: Type.Array(Type.String({ minLength: 1 }), { description: "What the subject declares." }),
  machine: Machine,
  seed: Seed,
  startedAt: Timestamp,
  /** How long the run took, in milliseconds. */
  durationMs: Type.Number({ description: "How long the run took, in milliseconds.", minimum: 0 }),
  timeScale: TimeScale,
  selection: Selection,
  /**
   * What was measured or found by the way: start time, response time, whether a worker multiplexes
   * sessions.
   */
  facts: Type.Optional(Type.Record(Type.String(), Type.Union([
    Type.String(),
    Type.Number(),
    Type.Boolean(),
  ]), {
    description: "What was measured or found by the way: start time, response time, whether a worker multiplexes sessions.",
  })),
  /**
   * The end of it. conformant: no MUST failed but what the baseline knows, and everything selected
   * could be judged.
   */
  verdict: Type.Enum(["conformant", "not-conformant", "inconclusive", "harness-error"], {
    description: "The end of it. conformant: no MUST failed but what the baseline knows, and everything selected could be judged.",
  }),
  /** Scenarios by verdict. */
  counts: VerdictCounts,
  baseline: Type.Optional(BaselineResult),
  /** Every requirement that applies, in the catalogue's order. */
  requirements: Type.Array(RequirementResult, { description: "Every requirement that applies, in the catalogue's order." }),
  /** Every scenario that ran. */
  scenarios: Type.Array(ScenarioResult, { description: "Every scenario that ran." }),
}, { description: "The report.", additionalProperties: false });
/**
 * The report.
 *
 * @example
 * ```json
 * {"version":1,"suite":{"name":"stdio-bus-kit","version":"0.1.0"},"machine":{"os":"linux","release":"6.1.0","arch":"x64","cpu":"Example CPU","cores":2,"memoryBytes":25769803776,"node":"v20.20.2"},"seed":"20260105","startedAt":"2026-01-05T09:30:00.000Z","durationMs":60000,"catalogue":{"version":"1","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},"kind":"bus","subject":{"name":"reference","command":["stdio_bus"]},"capabilities":["hello"],"timeScale":1,"selection":{"profiles":["core"],"transports":["tcp"],"only":[],"skip":[],"repeat":1,"complete":false},"verdict":"conformant","counts":{"pass":1,"fail":0,"inconclusive":0,"not-applicable":0,"harness-error":0},"requirements":[{"id":"AFF-1","level":"MUST","verdict":"pass","scenarios":["affinity/rfc"]}],"scenarios":[]}
 * ```
 */
export type ConformanceReport = Type.Static<typeof ConformanceReport>;
