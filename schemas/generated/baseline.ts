// Generated from ../baseline.schema.json by `npm run generate`; do not edit.
import Type from 'typebox';
import { Transport } from './bus-subject.ts';

/**
 * A failure that is known. If it passes, fails for another reason, or matches nothing, that is a
 * failure of its own.
 *
 * @example
 * ```json
 * {"id":"RST-3","reason":"restart came after 0 ms","link":"https://example.org/issues/12"}
 * ```
 */
export const BaselineEntry = Type.Object({
  /** Id of a requirement or of a scenario. */
  id: Type.String({ description: "Id of a requirement or of a scenario.", minLength: 1 }),
  /** Only on this transport; absent: on all. */
  transport: Type.Optional(Transport),
  /** How the failure's text begins. */
  reason: Type.String({ description: "How the failure's text begins.", minLength: 1 }),
  /** Where the failure is tracked. */
  link: Type.Optional(Type.String({ description: "Where the failure is tracked.", minLength: 1 })),
}, {
  description: "A failure that is known. If it passes, fails for another reason, or matches nothing, that is a failure of its own.",
  additionalProperties: false,
});
/**
 * A failure that is known. If it passes, fails for another reason, or matches nothing, that is a
 * failure of its own.
 *
 * @example
 * ```json
 * {"id":"RST-3","reason":"restart came after 0 ms","link":"https://example.org/issues/12"}
 * ```
 */
export type BaselineEntry = Type.Static<typeof BaselineEntry>;

/**
 * The file that `--baseline` names.
 *
 * @example
 * ```json
 * {"version":1,"failures":[{"id":"RST-3","reason":"restart came after 0 ms"}]}
 * ```
 */
export const Baseline = Type.Object({
  /** For editors; ignored. */
  $schema: Type.Optional(Type.String({ description: "For editors; ignored." })),
  /** Version of this format. */
  version: Type.Literal(1, { description: "Version of this format." }),
  /** The known failures. */
  failures: Type.Array(BaselineEntry, { description: "The known failures." }),
}, { description: "The file that `--baseline` names.", additionalProperties: false });
/**
 * The file that `--baseline` names.
 *
 * @example
 * ```json
 * {"version":1,"failures":[{"id":"RST-3","reason":"restart came after 0 ms"}]}
 * ```
 */
export type Baseline = Type.Static<typeof Baseline>;
