import type { JsonText } from './json-text.ts';

const quote = 0x22;
const minus = 0x2d;

/**
 * Where one member that matters to routing stands in the line at hand. Positions are offsets into
 * the scanned buffer. Reused from line to line: `clear` makes it absent.
 */
export class RoutingMember {
  readonly name: string;
  readonly nameBytes: Buffer;
  /** The name with its quotes. */
  readonly #quotedName: DataView;
  /** First byte of the value, whitespace excluded; -1 while the member is absent. */
  start = -1;
  /** The byte after the value. */
  end = -1;
  /** Whether the value's bytes are its characters: no escape, nothing beyond ASCII. */
  isPlain = true;
  /** First byte of the value, which tells its type. */
  #firstByte = 0;

  constructor(name: string) {
    this.name = name;
    this.nameBytes = Buffer.from(name);
    this.#quotedName = new DataView(new TextEncoder().encode(`"${name}"`).buffer);
  }

  get isPresent(): boolean {
    return this.start >= 0;
  }

  get isString(): boolean {
    return this.start >= 0 && this.#firstByte === quote;
  }

  get isEmptyString(): boolean {
    return this.isString && this.end - this.start === 2;
  }

  get isNumber(): boolean {
    return this.start >= 0 && (this.#firstByte === minus || (this.#firstByte - 0x30) >>> 0 < 10);
  }

  get isNull(): boolean {
    return this.start >= 0 && this.#firstByte === 0x6e;
  }

  clear(): void {
    this.start = -1;
  }

  set(text: JsonText, start: number, end: number): void {
    this.start = start;
    this.end = end;
    this.isPlain = text.isPlain;
    this.#firstByte = text.view.getUint8(start);
  }

  /** Whether the string of the name's length at `start`, quotes included, is this member's name. */
  isNamedAt({ view }: JsonText, start: number): boolean {
    const name = this.#quotedName;
    const { byteLength } = name;
    let at = 0;
    for (; at <= byteLength - 4; at += 4) {
      if (view.getInt32(start + at) !== name.getInt32(at)) return false;
    }
    for (; at < byteLength; at++) {
      if (view.getUint8(start + at) !== name.getUint8(at)) return false;
    }
    return true;
  }

  /** Whether the value is a string that begins with this text, given as its bytes in ASCII. */
  startsWith(text: JsonText, prefix: Buffer): boolean {
    if (!this.isString) return false;
    if (!this.isPlain) return this.stringFrom(text)?.startsWith(prefix.toString()) ?? false;
    if (this.end - this.start - 2 < prefix.length) return false;
    for (let index = 0; index < prefix.length; index++) {
      if (text.view.getUint8(this.start + 1 + index) !== prefix[index]) return false;
    }
    return true;
  }

  /** The string that is the value, or undefined where the member is absent or no string. */
  stringFrom(text: JsonText): string | undefined {
    if (!this.isString) return undefined;
    return stringFromJson(text, this.start, this.end, this.isPlain);
  }
}

/** Decodes a valid JSON string, quotes included. Lone surrogates in escapes stay as they are. */
export function stringFromJson(
  text: JsonText,
  start: number,
  end: number,
  isPlain: boolean,
): string {
  if (isPlain) return text.bytes.toString('latin1', start + 1, end - 1);
  return JSON.parse(text.bytes.toString('utf8', start, end)) as string;
}
