// Generated from ../ext.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';

/**
 * On whose behalf the frame is sent, and who says so.
 *
 * Serves EXT-3.
 *
 * @example
 * ```json
 * {"subjectId":"user-17","role":"developer","assertedBy":"self"}
 * ```
 */
export const Identity = Type.Object({
  /** Stable identifier of the person or service. */
  subjectId: Type.String({ description: "Stable identifier of the person or service.", minLength: 1 }),
  /** Role in which the subject acts. */
  role: Type.Optional(Type.String({ description: "Role in which the subject acts." })),
  /**
   * Who vouches for the identity: `self` where the client only claims it, else the name of the
   * authenticating party (an adapter, a gateway).
   *
   * @defaultValue `"self"`
   */
  assertedBy: Type.Optional(Type.String({
    description: "Who vouches for the identity: `self` where the client only claims it, else the name of the authenticating party (an adapter, a gateway).",
    default: "self",
  })),
}, {
  description: "On whose behalf the frame is sent, and who says so.",
  "x-requirement": "EXT-3",
});
/**
 * On whose behalf the frame is sent, and who says so.
 *
 * Serves EXT-3.
 *
 * @example
 * ```json
 * {"subjectId":"user-17","role":"developer","assertedBy":"self"}
 * ```
 */
export type Identity = Type.Static<typeof Identity>;

/**
 * What an audit log should record about the frame.
 *
 * Serves EXT-3.
 *
 * @example
 * ```json
 * {"eventId":"018f6d7a-0b1e-7c52-9d61-3f6f2d1c9a10","action":"process/start","timestamp":"2026-01-05T09:30:00Z","outcome":"allowed"}
 * ```
 */
export const Audit = Type.Object({
  /** Unique identifier of the event. */
  eventId: Type.String({ description: "Unique identifier of the event.", minLength: 1 }),
  /** The event that caused this one. */
  parentEventId: Type.Optional(Type.String({ description: "The event that caused this one.", minLength: 1 })),
  /** What is being done. */
  action: Type.String({ description: "What is being done.", minLength: 1 }),
  /** When, as an RFC 3339 time. */
  timestamp: Type.Optional(Type.String({ description: "When, as an RFC 3339 time." })),
  /** Further facts about who acts. */
  actor: Type.Optional(Type.Record(Type.String(), Type.String(), { description: "Further facts about who acts." })),
  /** What is acted upon. */
  resource: Type.Optional(Type.String({ description: "What is acted upon." })),
  /** How it ended, where that is known. */
  outcome: Type.Optional(Type.String({ description: "How it ended, where that is known." })),
}, {
  description: "What an audit log should record about the frame.",
  "x-requirement": "EXT-3",
});
/**
 * What an audit log should record about the frame.
 *
 * Serves EXT-3.
 *
 * @example
 * ```json
 * {"eventId":"018f6d7a-0b1e-7c52-9d61-3f6f2d1c9a10","action":"process/start","timestamp":"2026-01-05T09:30:00Z","outcome":"allowed"}
 * ```
 */
export type Audit = Type.Static<typeof Audit>;

/**
 * W3C Trace Context of the frame (https://www.w3.org/TR/trace-context/).
 *
 * Serves EXT-5.
 *
 * @example
 * ```json
 * {"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}
 * ```
 */
export const Trace = Type.Object({
  /**
   * version-traceId-parentId-flags in lower-case hex; neither id is all zeros, and version ff is
   * not used.
   */
  traceparent: Type.String({
    description: "version-traceId-parentId-flags in lower-case hex; neither id is all zeros, and version ff is not used.",
    pattern: "^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$",
  }),
  /** Vendor entries, `key=value` separated by commas. */
  tracestate: Type.Optional(Type.String({ description: "Vendor entries, `key=value` separated by commas.", maxLength: 8192 })),
}, {
  description: "W3C Trace Context of the frame (https://www.w3.org/TR/trace-context/).",
  "x-requirement": "EXT-5",
});
/**
 * W3C Trace Context of the frame (https://www.w3.org/TR/trace-context/).
 *
 * Serves EXT-5.
 *
 * @example
 * ```json
 * {"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}
 * ```
 */
export type Trace = Type.Static<typeof Trace>;

/**
 * The `_ext` member: identity, audit and trace, and whatever members other extensions add.
 *
 * Serves EXT-3.
 *
 * @example
 * ```json
 * {"identity":{"subjectId":"user-17"},"trace":{"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}}
 * ```
 */
export const Ext = Type.Object({
  identity: Type.Optional(Identity),
  audit: Type.Optional(Audit),
  trace: Type.Optional(Trace),
}, {
  description: "The `_ext` member: identity, audit and trace, and whatever members other extensions add.",
  "x-requirement": "EXT-3",
});
/**
 * The `_ext` member: identity, audit and trace, and whatever members other extensions add.
 *
 * Serves EXT-3.
 *
 * @example
 * ```json
 * {"identity":{"subjectId":"user-17"},"trace":{"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}}
 * ```
 */
export type Ext = Type.Static<typeof Ext>;
