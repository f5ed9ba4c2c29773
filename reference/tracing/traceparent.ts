/** The context of a trace, as W3C Trace Context writes it. */
export interface Traceparent {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits: the sender's span. */
  readonly parentId: string;
  /** Whether the sender records this trace. */
  readonly isSampled: boolean;
}

/** Where in the text the id of the parent is. */
export const parentIdStart = 36;
export const parentIdEnd = 52;

const sampledFlag = 1;

const wellFormed =
  /^(?<version>(?!ff)[\da-f]{2})-(?<traceId>(?!0{32})[\da-f]{32})-(?<parentId>(?!0{16})[\da-f]{16})-(?<flags>[\da-f]{2})(?<rest>-.*)?$/s;

/**
 * Reads a traceparent; undefined where it is not well-formed. Versions to come may have more at the
 * end, version 00 has not. Serves EXT-5.
 */
export function traceparentFrom(text: string): Traceparent | undefined {
  const groups = wellFormed.exec(text)?.groups as Record<string, string | undefined> | undefined;
  if (groups === undefined) return undefined;
  const { version, traceId = '', parentId = '', flags = '', rest } = groups;
  if (version === '00' && rest !== undefined) return undefined;
  return { traceId, parentId, isSampled: (Number.parseInt(flags, 16) & sampledFlag) !== 0 };
}
