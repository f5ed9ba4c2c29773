import { topLevelMembers } from './top-level-members.ts';

/** What the specification's table of classification says of a line (protocol.md). */
export type FrameKind = 'request' | 'notification' | 'response' | 'blank' | 'refused';

/** A line by the rules of the specification, read without the kit's own scanner. */
export interface Frame {
  readonly kind: FrameKind;
  /** For a refused line: -32700 or -32600. */
  readonly code?: -32700 | -32600;
  /** Why it is refused, in the words of the table. */
  readonly fault?: string;
  /** Where another bus may accept the line after all, the requirement that says so. */
  readonly latitude?: 'AFF-6' | 'FRM-8';
  /** The id as it is spelled; absent where there is none, and where none is usable. */
  readonly idJson?: string;
  readonly method?: string;
  /** Absent where what stands there is no session id. */
  readonly sessionId?: string;
  readonly pool?: string;
  /** Whether it is a response with an error. */
  readonly isError: boolean;
  /** The bytes, as latin1, without those of the id's value: what a forwarded frame keeps. */
  readonly rest: string;
}

const longestSessionIdBytes = 256;
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads a line, its LF excluded. A worker's responses may have any session and pool. */
export function frameFromLine(
  bytes: Buffer,
  sessionIdField = 'sessionId',
  writer: 'client' | 'worker' = 'client',
): Frame {
  const raw = bytes.toString('latin1');
  if (/^[ \t\r]*$/.test(raw)) return { kind: 'blank', isError: false, rest: raw };
  const value = jsonFrom(bytes);
  if (value === undefined) return refusal(raw, -32700, 'not JSON in UTF-8');
  if (typeof value.json !== 'object' || value.json === null || Array.isArray(value.json)) {
    return refusal(raw, -32600, 'not an object');
  }
  return frameFromObject(raw, sessionIdField, writer);
}

function jsonFrom(bytes: Buffer): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(strict.decode(bytes)) };
  } catch {
    return undefined;
  }
}

function frameFromObject(raw: string, sessionIdField: string, writer: 'client' | 'worker'): Frame {
  const members = topLevelMembers(raw);
  const spelled = (name: string) => {
    const member = members.findLast((each) => each.name === name);
    return member && raw.slice(member.valueStart, member.valueEnd);
  };
  const idJson = spelled('id');
  const isUsable = idJson !== undefined && /^["\-0-9]/.test(idJson);
  const id = members.findLast(({ name }) => name === 'id');
  const rest = id === undefined ? raw : `${raw.slice(0, id.valueStart)}\0${raw.slice(id.valueEnd)}`;
  const method = stringFrom(spelled('method'));
  const sessionId = stringFrom(spelled(sessionIdField));
  const pool = stringFrom(spelled('pool'));
  const read = {
    isError: spelled('error') !== undefined,
    rest,
    ...(isUsable ? { idJson: textFromLatin1(idJson) } : {}),
    ...(method === undefined ? {} : { method }),
    ...(isSessionId(sessionId) ? { sessionId } : {}),
    ...(pool === undefined ? {} : { pool }),
  };
  const routing = new Set(['id', 'method', 'pool', sessionIdField]);
  const twice = members.find(
    ({ name }, index) => routing.has(name) && members.findIndex((m) => m.name === name) < index,
  );
  const refuse = (fault: string, more: Partial<Frame> = {}): Frame => ({
    ...read,
    kind: 'refused',
    code: -32600,
    fault,
    ...more,
  });
  if (twice !== undefined) {
    const { idJson: _, ...withoutId } = read;
    const frame = refuse(`"${twice.name}" stands twice`, { latitude: 'FRM-8' });
    return twice.name === 'id'
      ? {
          ...withoutId,
          kind: frame.kind,
          code: -32600,
          fault: 'the id stands twice',
          latitude: 'FRM-8',
        }
      : frame;
  }
  const methodJson = spelled('method');
  const hasResult = spelled('result') !== undefined;
  const hasError = spelled('error') !== undefined;
  if (
    idJson !== undefined &&
    !isUsable &&
    !(idJson === 'null' && hasError && methodJson === undefined)
  ) {
    return refuse('an id that is neither a string nor a number');
  }
  if (methodJson !== undefined && method === undefined) return refuse('a method that is no string');
  if (methodJson !== undefined && (hasResult || hasError))
    return refuse('a method with an outcome');
  if (methodJson === undefined && !hasResult && !hasError)
    return refuse('neither method nor outcome');
  if (methodJson === undefined && hasResult && hasError) return refuse('both result and error');
  if (methodJson === undefined && idJson === undefined) return refuse('an outcome without an id');
  const isResponse = methodJson === undefined;
  if (isResponse && writer === 'worker') return { ...read, kind: 'response' };
  if (spelled(sessionIdField) !== undefined && !isSessionId(sessionId)) {
    return refuse('a session id that is none', { latitude: 'AFF-6' });
  }
  if (spelled('pool') !== undefined && (pool === undefined || pool === '')) {
    return refuse('a pool that is no name');
  }
  if (isResponse) return { ...read, kind: 'response' };
  return { ...read, kind: idJson === undefined ? 'notification' : 'request' };
}

function refusal(raw: string, code: -32700 | -32600, fault: string): Frame {
  return { kind: 'refused', code, fault, isError: false, rest: raw };
}

/** The value of a JSON string that was read as latin1 of its UTF-8. */
function stringFrom(spelled: string | undefined): string | undefined {
  if (spelled === undefined || !spelled.startsWith('"')) return undefined;
  return JSON.parse(textFromLatin1(spelled));
}

function textFromLatin1(spelled: string): string {
  return Buffer.from(spelled, 'latin1').toString();
}

function isSessionId(sessionId: string | undefined): sessionId is string {
  if (sessionId === undefined || sessionId === '') return false;
  return Buffer.byteLength(sessionId) <= longestSessionIdBytes;
}
