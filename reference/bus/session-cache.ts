import type { Session } from './session-table.ts';

const entryBits = 11;
const entries = 2 ** entryBits;
/** Longer ids are not kept; a UUID has 36. */
const mostBytes = 64;

/**
 * The sessions of recent frames by the bytes of their ids, so that no string is made and hashed for
 * a frame of the few sessions that are busy at a time. Ids from 4 to 64 bytes; one entry for each
 * hash, so that its memory is fixed.
 */
export class SessionCache {
  readonly #sessions: (Session | undefined)[] = new Array(entries).fill(undefined);
  readonly #lengths = new Uint8Array(entries);
  readonly #ids = new DataView(new ArrayBuffer(entries * mostBytes));
  #isEmpty = true;

  /** The session whose id is the bytes at [start, end), where it is at hand. */
  find(bytes: DataView, start: number, end: number): Session | undefined {
    if (!isKept(start, end)) return undefined;
    const entry = entryOf(bytes, start, end);
    const lastWord = end - start - 4;
    if (this.#lengths[entry] !== lastWord + 4) return undefined;
    const idStart = entry * mostBytes;
    for (let at = 0; at < lastWord; at += 4) {
      if (bytes.getInt32(start + at) !== this.#ids.getInt32(idStart + at)) return undefined;
    }
    if (bytes.getInt32(end - 4) !== this.#ids.getInt32(idStart + lastWord)) return undefined;
    return this.#sessions[entry];
  }

  /** Keeps a session, in place of another one. */
  keep(session: Session, bytes: DataView, start: number, end: number): void {
    if (!isKept(start, end)) return;
    const entry = entryOf(bytes, start, end);
    const idStart = entry * mostBytes;
    const lastWord = end - start - 4;
    for (let at = 0; at < lastWord; at += 4) {
      this.#ids.setInt32(idStart + at, bytes.getInt32(start + at));
    }
    this.#ids.setInt32(idStart + lastWord, bytes.getInt32(end - 4));
    this.#lengths[entry] = end - start;
    this.#sessions[entry] = session;
    this.#isEmpty = false;
  }

  clear(): void {
    if (this.#isEmpty) return;
    this.#sessions.fill(undefined);
    this.#isEmpty = true;
  }
}

function isKept(start: number, end: number): boolean {
  return end - start >= 4 && end - start <= mostBytes;
}

/** Ids that are counted up differ at their ends, random ones everywhere. */
function entryOf(bytes: DataView, start: number, end: number): number {
  const mixed = Math.imul(bytes.getInt32(start), 0x85ebca6b) ^ bytes.getInt32(end - 4);
  return Math.imul(mixed, 0x9e3779b1) >>> (32 - entryBits);
}
