const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;

const longestKept = 64;

/**
 * Reads the top-level `id` of a line that is too long to hold, part by part, and whether it has a
 * `method`: to know whose response it was. What is no JSON gives some answer or none. Serves RST-7.
 */
export class OverlongLine {
  /** Whether the line has a top-level member `method`. */
  hasMethod = false;
  /** Spelling of the id, one character for each byte; undefined where there is none. */
  idJson: string | undefined;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** What is kept of the name or value at hand; undefined where it does not matter. */
  #kept: string | undefined;
  #isId = false;
  #ids = 0;

  read(bytes: Buffer, start: number, end: number): void {
    for (let at = start; at < end; at++) this.#readByte(bytes[at] as number);
  }

  #readByte(byte: number): void {
    if (this.#isInString) {
      this.#keep(byte);
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === backslash) this.#isEscaped = true;
      else if (byte === quote) this.#isInString = false;
      return;
    }
    if (byte === quote) {
      this.#isInString = true;
      this.#keep(byte);
    } else if (byte === 0x7b || byte === 0x5b) {
      this.#depth++;
      this.#kept = this.#depth === 1 ? '' : undefined;
    } else if (byte === 0x7d || byte === 0x5d) {
      if (this.#depth === 1) this.#endMember();
      this.#depth--;
    } else if (this.#depth === 1 && byte === colon) {
      const name = textOf(this.#kept);
      this.#isId = name === 'id';
      if (name === 'method') this.hasMethod = true;
      this.#kept = this.#isId ? '' : undefined;
    } else if (this.#depth === 1 && byte === comma) this.#endMember();
    else this.#keep(byte > 0x20 ? byte : 0x20);
  }

  #keep(byte: number): void {
    if (this.#depth !== 1 || this.#kept === undefined) return;
    this.#kept =
      this.#kept.length < longestKept ? this.#kept + String.fromCharCode(byte) : undefined;
  }

  #endMember(): void {
    if (this.#isId) {
      this.idJson = this.#ids++ === 0 && isId(this.#kept) ? this.#kept?.trim() : undefined;
    }
    this.#isId = false;
    this.#kept = '';
  }
}

/** The text of a JSON string, or undefined where it is none. */
function textOf(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Whether this is the spelling of a string or a number. */
function isId(json: string | undefined): boolean {
  const type = typeof textOf(json);
  return type === 'string' || type === 'number';
}
