// Generated from ../requirements.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';

/**
 * Chapter and number; stable, never used again for something else.
 *
 * @example
 * ```json
 * "FRM-1"
 * ```
 */
export const RequirementId = Type.String({
  description: "Chapter and number; stable, never used again for something else.",
  pattern: "^(?:FRM|COR|AFF|RST|DRN|FLW|CFG|SEC|EXT|WRK|PRC)-[1-9][0-9]*$",
});
/**
 * Chapter and number; stable, never used again for something else.
 *
 * @example
 * ```json
 * "FRM-1"
 * ```
 */
export type RequirementId = Type.Static<typeof RequirementId>;

/**
 * How binding it is (RFC 2119).
 *
 * @example
 * ```json
 * "MUST"
 * ```
 */
export const Level = Type.Enum(["MUST", "SHOULD", "MAY"], { description: "How binding it is (RFC 2119)." });
/**
 * How binding it is (RFC 2119).
 *
 * @example
 * ```json
 * "MUST"
 * ```
 */
export type Level = Type.Static<typeof Level>;

/**
 * Who has to keep it.
 *
 * @example
 * ```json
 * "bus"
 * ```
 */
export const Role = Type.Enum(["bus", "worker", "client"], { description: "Who has to keep it." });
/**
 * Who has to keep it.
 *
 * @example
 * ```json
 * "bus"
 * ```
 */
export type Role = Type.Static<typeof Role>;

/**
 * The part of the conformance suite that checks it.
 *
 * @example
 * ```json
 * "core"
 * ```
 */
export const Profile = Type.Enum(["core", "lifecycle", "flow", "config", "security", "extensions", "worker", "process"], { description: "The part of the conformance suite that checks it." });
/**
 * The part of the conformance suite that checks it.
 *
 * @example
 * ```json
 * "core"
 * ```
 */
export type Profile = Type.Static<typeof Profile>;

/**
 * A chapter of the specification.
 *
 * @example
 * ```json
 * {"prefix":"FRM","title":"Framing","file":"protocol.md"}
 * ```
 */
export const Chapter = Type.Object({
  /** Prefix of its requirements' ids. */
  prefix: Type.Enum(["FRM", "COR", "AFF", "RST", "DRN", "FLW", "CFG", "SEC", "EXT", "WRK", "PRC"], { description: "Prefix of its requirements' ids." }),
  /** Its heading. */
  title: Type.String({ description: "Its heading.", minLength: 1 }),
  /** The file in `spec/` that holds it. */
  file: Type.String({ description: "The file in `spec/` that holds it.", pattern: "^[a-z-]+\\.md$" }),
}, { description: "A chapter of the specification.", additionalProperties: false });
/**
 * A chapter of the specification.
 *
 * @example
 * ```json
 * {"prefix":"FRM","title":"Framing","file":"protocol.md"}
 * ```
 */
export type Chapter = Type.Static<typeof Chapter>;

/**
 * One requirement. The prose at its anchor says it in full.
 *
 * @example
 * ```json
 * {"id":"FRM-1","level":"MUST","appliesTo":["bus","client"],"title":"One JSON object in UTF-8 per line, ended by LF","anchor":"protocol.md#frm-1","since":"1","profile":"core","scenarios":[]}
 * ```
 */
export const Requirement = Type.Object({
  id: RequirementId,
  level: Level,
  /** Who has to keep it. */
  appliesTo: Type.Array(Role, { description: "Who has to keep it.", minItems: 1, uniqueItems: true }),
  /** The requirement in one plain sentence. */
  title: Type.String({ description: "The requirement in one plain sentence.", minLength: 1, maxLength: 120 }),
  /** File and heading of the prose. */
  anchor: Type.String({
    description: "File and heading of the prose.",
    pattern: "^[a-z-]+\\.md#[a-z]{3}-[1-9][0-9]*$",
  }),
  /** Version of the specification that brought it. */
  since: Type.String({
    description: "Version of the specification that brought it.",
    pattern: "^[1-9][0-9]*(?:\\.[0-9]+)?$",
  }),
  profile: Profile,
  /** Holds only for a subject that declares this capability. */
  capability: Type.Optional(Type.String({
    description: "Holds only for a subject that declares this capability.",
    minLength: 1,
  })),
  /** Ids of the conformance scenarios that check it. */
  scenarios: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { description: "Ids of the conformance scenarios that check it.", uniqueItems: true })),
  /** Why no scenario can check it from outside. */
  excluded: Type.Optional(Type.String({ description: "Why no scenario can check it from outside.", minLength: 1 })),
}, {
  description: "One requirement. The prose at its anchor says it in full.",
  additionalProperties: false,
});
/**
 * One requirement. The prose at its anchor says it in full.
 *
 * @example
 * ```json
 * {"id":"FRM-1","level":"MUST","appliesTo":["bus","client"],"title":"One JSON object in UTF-8 per line, ended by LF","anchor":"protocol.md#frm-1","since":"1","profile":"core","scenarios":[]}
 * ```
 */
export type Requirement = Type.Static<typeof Requirement>;

/**
 * The file `spec/requirements.yaml`.
 *
 * @example
 * ```json
 * {"specification":"stdio_bus","version":"1","chapters":[{"prefix":"FRM","title":"Framing","file":"protocol.md"}],"requirements":[{"id":"FRM-1","level":"MUST","appliesTo":["bus","client"],"title":"One JSON object in UTF-8 per line, ended by LF","anchor":"protocol.md#frm-1","since":"1","profile":"core","scenarios":[]}]}
 * ```
 */
export const RequirementCatalogue = Type.Object({
  /** Always `stdio_bus`. */
  specification: Type.Literal("stdio_bus", { description: "Always `stdio_bus`." }),
  /** Version of the specification. */
  version: Type.String({
    description: "Version of the specification.",
    pattern: "^[1-9][0-9]*(?:\\.[0-9]+)?$",
  }),
  /** The chapters, in order. */
  chapters: Type.Array(Chapter, { description: "The chapters, in order.", minItems: 1 }),
  /** Every requirement, in the order of the prose. */
  requirements: Type.Array(Requirement, { description: "Every requirement, in the order of the prose.", minItems: 1 }),
}, { description: "The file `spec/requirements.yaml`.", additionalProperties: false });
/**
 * The file `spec/requirements.yaml`.
 *
 * @example
 * ```json
 * {"specification":"stdio_bus","version":"1","chapters":[{"prefix":"FRM","title":"Framing","file":"protocol.md"}],"requirements":[{"id":"FRM-1","level":"MUST","appliesTo":["bus","client"],"title":"One JSON object in UTF-8 per line, ended by LF","anchor":"protocol.md#frm-1","since":"1","profile":"core","scenarios":[]}]}
 * ```
 */
export type RequirementCatalogue = Type.Static<typeof RequirementCatalogue>;
