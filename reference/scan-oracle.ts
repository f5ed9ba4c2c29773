import type { EnvelopeKind, EnvelopeScanner } from './envelope-scanner.ts';

/** Everything that a scan says about a line, as one value to compare. */
export interface ScanOutcome {
  kind: EnvelopeKind;
  errorCode: number;
  idJson: string;
  method?: string | undefined;
  sessionId?: string | undefined;
  pool?: string | undefined;
}

/** What the scanner says about its last line; of a refused one only what an answer needs. */
export function outcomeOf(scanner: EnvelopeScanner, kind: EnvelopeKind): ScanOutcome {
  const { errorCode } = scanner;
  const idJson = scanner.idJson();
  if (kind === 'refused' || kind === 'blank') return { kind, errorCode, idJson };
  return {
    kind,
    errorCode,
    idJson,
    method: scanner.method(),
    sessionId: scanner.sessionId(),
    pool: scanner.pool(),
  };
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * What a scan should say about a line, found the slow way: JSON.parse for validity and values, a
 * regular expression for doubled members and for the id's spelling. Shares no code with the scanner.
 */
export function expectedOutcome(line: Buffer, sessionIdField = 'sessionId'): ScanOutcome {
  let text: string;
  let value: unknown;
  try {
    text = decoder.decode(line);
    if (/^[ \t\r\n]*$/.test(text)) return { kind: 'blank', errorCode: 0, idJson: 'null' };
    value = JSON.parse(text);
  } catch {
    return refused(-32700, 'null');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused(-32600, 'null');
  }
  const members = membersOf(text);
  const rawOf = (name: string) => members.find((member) => member.name === name)?.raw;
  const isDoubled = (name: string) => members.filter((member) => member.name === name).length > 1;
  const frame = new Map(Object.entries(value));
  const { id, method, pool } = Object.fromEntries(frame);
  const sessionId = frame.get(sessionIdField);
  const hasUsableId = (typeof id === 'string' || typeof id === 'number') && !isDoubled('id');
  const idJson = hasUsableId ? (rawOf('id') as string) : 'null';

  const hasError = frame.has('error');
  const isOutcome = frame.has('result') || hasError;
  const isUnaddressed = id === null && hasError && !frame.has('method');
  const isBad =
    ['id', 'method', 'pool', sessionIdField].some(isDoubled) ||
    (frame.has('id') && !hasUsableId && !isUnaddressed) ||
    (frame.has('method') && (typeof method !== 'string' || isOutcome)) ||
    (!frame.has('method') && !isOutcome) ||
    (frame.has('result') && hasError) ||
    (isOutcome && !frame.has('id')) ||
    (frame.has(sessionIdField) && !isName(sessionId, 256)) ||
    (frame.has('pool') && !isName(pool, Number.POSITIVE_INFINITY));
  if (isBad) return refused(-32600, idJson);
  const kind = isOutcome ? 'response' : frame.has('id') ? 'request' : 'notification';
  return { kind, errorCode: 0, idJson, method, sessionId, pool };
}

function refused(errorCode: number, idJson: string): ScanOutcome {
  return { kind: 'refused', errorCode, idJson };
}

function isName(value: unknown, maxBytes: number): boolean {
  return typeof value === 'string' && value !== '' && Buffer.byteLength(value) <= maxBytes;
}

/** The members of a text that JSON.parse took for an object; `raw` is right for strings and numbers. */
function membersOf(text: string): { name: string; raw: string }[] {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g) ?? [];
  const members: { name: string; raw: string }[] = [];
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token === ':' && depth === 1) {
      const name = JSON.parse(tokens[index - 1] as string) as string;
      members.push({ name, raw: tokens[index + 1] as string });
    }
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
  }
  return members;
}
