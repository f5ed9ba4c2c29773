import { skipString } from './json-string.ts';
import { JsonText, skipWhitespace } from './json-text.ts';
import { refuseAfterValue, skipColon, skipName, skipValue } from './json-value.ts';
import { RoutingMember, stringFromJson } from './routing-member.ts';
import { type ScanFault, scanFaults } from './scan-fault.ts';

const quote = 0x22;
const comma = 0x2c;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** `\u0000` takes six bytes to write one byte of UTF-8. */
const longestEscapeRatio = 6;

/** The longest `sessionId`, in bytes of UTF-8 of its unescaped value. Implements AFF-6. */
export const maxSessionIdBytes = 256;

/** What a line is. `refused`: neither blank nor a frame, `fault` says why. */
export type EnvelopeKind = 'request' | 'notification' | 'response' | 'blank' | 'refused';

export interface EnvelopeScannerOptions {
  /** Name of the top-level member that routes, `sessionId` by default. Implements CFG-4. */
  readonly sessionIdField?: string;
}

/**
 * Makes a scanner. Throws a RangeError where `sessionIdField` is the name of another member that
 * the scanner reads.
 */
export function createEnvelopeScanner(options: EnvelopeScannerOptions = {}): EnvelopeScanner {
  return new EnvelopeScanner(options.sessionIdField ?? 'sessionId');
}

/**
 * Validates a line as one JSON text in UTF-8 and finds its routing members, in one pass over the
 * bytes, building no objects. Whatever it answers is about the line of the last `scan`, and reads
 * that line's bytes: take what you need before they change. One scanner serves any number of
 * connections, since it keeps nothing from line to line but its last buffer.
 *
 * Implements FRM-1, FRM-2, FRM-4, FRM-5, FRM-7 (spelling of ids), FRM-8, AFF-4, AFF-6, AFF-7.
 */
export class EnvelopeScanner {
  readonly #text = new JsonText();
  readonly #id = new RoutingMember('id');
  readonly #method = new RoutingMember('method');
  readonly #pool = new RoutingMember('pool');
  readonly #result = new RoutingMember('result');
  readonly #error = new RoutingMember('error');
  readonly #sessionId: RoutingMember;
  readonly #members: readonly RoutingMember[];
  readonly #membersByNameLength: RoutingMember[][] = [];
  #start = 0;
  #doubled: RoutingMember | null = null;
  #doubledAt = -1;

  constructor(sessionIdField: string) {
    this.#sessionId = new RoutingMember(sessionIdField);
    const others = [this.#id, this.#method, this.#pool, this.#result, this.#error];
    if (others.some((member) => member.name === sessionIdField)) {
      throw new RangeError(`the session id cannot be in the member "${sessionIdField}"`);
    }
    this.#members = [...others, this.#sessionId];
    const longest = Math.max(...this.#members.map((member) => member.nameBytes.length));
    for (let length = 0; length <= longest; length++) {
      this.#membersByNameLength.push(
        this.#members.filter((member) => member.nameBytes.length === length),
      );
    }
  }

  /** Why the line was refused; null for every other kind. */
  get fault(): ScanFault | null {
    return this.#text.fault;
  }

  /** Where the fault is, in bytes from the start of the line; -1 where there is none. */
  get faultOffset(): number {
    return this.#text.fault === null ? -1 : this.#text.faultOffset - this.#start;
  }

  /** JSON-RPC error code for a refused line: -32700 or -32600; 0 for every other kind. */
  get errorCode(): -32700 | -32600 | 0 {
    return this.#text.fault === null ? 0 : scanFaults[this.#text.fault].code;
  }

  /**
   * Offset in the scanned buffer of the id's first byte, quotes included: `[idStart, idEnd)` is its
   * raw JSON spelling, to be spliced or compared. -1 where the line has no id, and where a refused
   * line has none that an error response could carry. Implements FRM-7.
   */
  get idStart(): number {
    return this.#id.start;
  }

  /** Offset of the byte after the id's last one; -1 where `idStart` is. */
  get idEnd(): number {
    return this.#id.start < 0 ? -1 : this.#id.end;
  }

  /** Raw JSON spelling of the id, `null` where there is none: as an error response carries it. */
  idJson(): string {
    return this.#id.isPresent
      ? this.#text.bytes.toString('utf8', this.#id.start, this.#id.end)
      : 'null';
  }

  /** Whether a response says a failure. */
  get hasError(): boolean {
    return this.#error.isPresent;
  }

  /** Offset of the first byte of a response's `result` or `error`; -1 where there is none. */
  get outcomeStart(): number {
    return this.#result.isPresent ? this.#result.start : this.#error.start;
  }

  /** Offset of the byte after its last one. */
  get outcomeEnd(): number {
    return this.#result.isPresent ? this.#result.end : this.#error.end;
  }

  /** The method, or undefined where there is none. */
  method(): string | undefined {
    return this.#method.stringFrom(this.#text);
  }

  /** Whether the method begins with this text, given as its bytes in ASCII. */
  methodStartsWith(prefix: Buffer): boolean {
    return this.#method.startsWith(this.#text, prefix);
  }

  /** The session id, unescaped, or undefined where there is none. */
  sessionId(): string | undefined {
    return this.#sessionId.stringFrom(this.#text);
  }

  /** The bytes that were scanned, line and all. */
  get view(): DataView {
    return this.#text.view;
  }

  /** First byte of the session id where its bytes are its characters; -1 otherwise. */
  get plainSessionStart(): number {
    return this.#sessionId.isString && this.#sessionId.isPlain ? this.#sessionId.start + 1 : -1;
  }

  /** The byte after its last one. */
  get plainSessionEnd(): number {
    return this.#sessionId.end - 1;
  }

  /** The name of the pool, or undefined where there is none. */
  pool(): string | undefined {
    return this.#pool.stringFrom(this.#text);
  }

  /**
   * Scans the line in `bytes[start, end)`, its LF excluded; a CR and spaces around the frame may be
   * part of it. Reads no byte outside, allocates nothing for a plain frame, and throws nothing.
   */
  scan(bytes: Buffer, start: number, end: number): EnvelopeKind {
    const text = this.#text;
    text.load(bytes, end);
    this.#start = start;
    this.#clear();
    const first = skipWhitespace(text, start);
    if (first === end) return 'blank';
    const isObject = text.view.getUint8(first) === openBrace;
    let pos = isObject ? this.#skipMembers(first + 1) : this.#skipOther(first);
    if (pos >= 0) {
      pos = skipWhitespace(text, pos);
      if (pos !== end) pos = text.unexpected('trailing-bytes', pos);
    }
    if (pos < 0) {
      this.#clear();
      return 'refused';
    }
    return isObject ? this.#classify(first) : this.#refuse('not-an-object', first);
  }

  #clear(): void {
    for (const member of this.#members) member.clear();
    this.#doubled = null;
  }

  /** A text that is no object is refused in any case, but only after it proved to be JSON. */
  #skipOther(first: number): number {
    const { bytes, end } = this.#text;
    const hasMark =
      first + 3 <= end && bytes.toString('latin1', first, first + 3) === '\u00ef\u00bb\u00bf';
    return hasMark ? this.#text.refuse('byte-order-mark', first) : skipValue(this.#text, first);
  }

  /** Skips the members of the frame from the byte after its brace, and notes those that route. */
  #skipMembers(start: number): number {
    const text = this.#text;
    const { view, end } = text;
    let pos = skipWhitespace(text, start) | 0;
    if (pos < end && view.getUint8(pos) === closeBrace) return pos + 1;
    for (;;) {
      if (pos < end && view.getUint8(pos) <= 0x20) pos = skipWhitespace(text, pos) | 0;
      const nameStart = pos;
      text.isPlain = true;
      pos = skipName(text, nameStart) | 0;
      if (pos < 0) return pos;
      const member = this.#memberNamed(nameStart, pos);
      pos = skipColon(text, pos) | 0;
      if (pos < 0) return pos;
      if (pos < end && view.getUint8(pos) <= 0x20) pos = skipWhitespace(text, pos) | 0;
      const valueStart = pos;
      text.isPlain = true;
      // A string is most members' value, and needs none of what a value may need.
      const isString = pos < end && view.getUint8(pos) === quote;
      pos = (isString ? skipString(text, pos + 1) : skipValue(text, pos)) | 0;
      if (pos < 0) return pos;
      if (member !== null) this.#note(member, nameStart, valueStart, pos);
      if (pos < end && view.getUint8(pos) <= 0x20) pos = skipWhitespace(text, pos) | 0;
      const next = pos < end ? view.getUint8(pos) : -1;
      if (next !== comma && next !== closeBrace) return refuseAfterValue(text, closeBrace, pos);
      pos = (pos + 1) | 0;
      if (next === closeBrace) return pos;
    }
  }

  /** The member whose name is the JSON string in [start, end), quotes included. */
  #memberNamed(start: number, end: number): RoutingMember | null {
    const text = this.#text;
    if (!text.isPlain) {
      const name = stringFromJson(text, start, end, false);
      return this.#members.find((member) => member.name === name) ?? null;
    }
    const length = end - start - 2;
    if (length >= this.#membersByNameLength.length) return null;
    const members = this.#membersByNameLength[length] as RoutingMember[];
    for (let index = 0; index < members.length; index++) {
      const member = members[index] as RoutingMember;
      if (member.isNamedAt(text, start)) return member;
    }
    return null;
  }

  #note(member: RoutingMember, nameStart: number, valueStart: number, valueEnd: number): void {
    const isOutcome = member === this.#result || member === this.#error;
    // A doubled id leaves no id to answer with, so that it wins over other doubled members.
    if (member.isPresent && !isOutcome && (this.#doubled === null || member === this.#id)) {
      this.#doubled = member;
      this.#doubledAt = nameStart;
    }
    member.set(this.#text, valueStart, valueEnd);
  }

  /** Tells the kind of a line that is a JSON object. The order of the rules is part of them. */
  #classify(objectStart: number): EnvelopeKind {
    const hasMethod = this.#method.isPresent;
    const hasResult = this.#result.isPresent;
    const hasError = this.#error.isPresent;
    const id = this.#id;

    if (this.#doubled !== null) return this.#refuse('member-twice', this.#doubledAt);
    if (id.isPresent && !id.isString && !id.isNumber) {
      // An error response to a request whose id could not be read (JSON-RPC 2.0, section 5.1).
      const isUnaddressed = id.isNull && hasError && !hasMethod;
      if (!isUnaddressed) return this.#refuse('bad-id', id.start);
    }
    if (hasMethod && !this.#method.isString) return this.#refuse('bad-method', this.#method.start);
    if (hasMethod && (hasResult || hasError)) {
      return this.#refuse('method-and-outcome', this.#method.start);
    }
    if (!hasMethod) {
      if (!hasResult && !hasError) return this.#refuse('no-method-no-outcome', objectStart);
      if (hasResult && hasError) return this.#refuse('result-and-error', this.#error.start);
      if (!id.isPresent) return this.#refuse('response-without-id', objectStart);
    }
    if (this.#sessionId.isPresent) {
      const fault = this.#sessionIdFault();
      if (fault !== null) return this.#refuse(fault, this.#sessionId.start);
    }
    if (this.#pool.isPresent) {
      if (!this.#pool.isString) return this.#refuse('bad-pool', this.#pool.start);
      if (this.#pool.isEmptyString) return this.#refuse('empty-pool', this.#pool.start);
    }
    if (!hasMethod) return 'response';
    return id.isPresent ? 'request' : 'notification';
  }

  #sessionIdFault(): ScanFault | null {
    const sessionId = this.#sessionId;
    if (!sessionId.isString) return 'bad-session-id';
    if (sessionId.isEmptyString) return 'empty-session-id';
    const rawByteLength = sessionId.end - sessionId.start - 2;
    // An escape is never shorter than what it stands for.
    if (rawByteLength <= maxSessionIdBytes) return null;
    const isLong =
      sessionId.isPlain ||
      rawByteLength > maxSessionIdBytes * longestEscapeRatio ||
      Buffer.byteLength(this.sessionId() as string) > maxSessionIdBytes;
    return isLong ? 'long-session-id' : null;
  }

  #refuse(fault: ScanFault, offset: number): 'refused' {
    this.#text.refuse(fault, offset);
    const isUsable = (this.#id.isString || this.#id.isNumber) && this.#doubled !== this.#id;
    if (!isUsable) this.#id.clear();
    return 'refused';
  }
}
