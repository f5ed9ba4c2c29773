import { createHash } from 'node:crypto';

/** The longest line that a vector spells out; a longer one is given by its length and digest. */
const longestTextBytes = 4096;

/** Bytes: text stands for its UTF-8. */
export type Bytes = string | Buffer;

/** Bytes that are repeated, so that long lines keep the files small. */
export interface Repeated {
  readonly base64: string;
  readonly times: number;
}

/** What one read returns. */
export type Chunk = Bytes | Repeated;

/** What a bus has to make of an accepted line, by hand. Absent members are absent in the frame. */
export interface Envelope {
  readonly kind: 'request' | 'notification' | 'response';
  readonly idJson?: string;
  readonly method?: string;
  readonly sessionId?: string;
  readonly pool?: string;
}

/** A frame of `vector.schema.json#/$defs/ExpectedFrame`. */
export interface ExpectedFrame extends Envelope {
  readonly line: number;
  readonly text?: string;
  readonly length?: number;
  readonly sha256?: string;
}

/** A refused line of `vector.schema.json#/$defs/ExpectedError`. */
export interface ExpectedError {
  readonly line: number;
  readonly code: -32700 | -32600 | -32055;
  readonly idJson: string;
}

interface ByteVectorSource {
  /** Requirement and a short name; the requirement of the vector is the part before the slash. */
  readonly id: string;
  readonly description: string;
  readonly chunks: readonly Chunk[];
  readonly maxFrameBytes?: number;
  readonly sessionIdField?: string;
  readonly frames: readonly ExpectedFrame[];
  readonly errors: readonly ExpectedError[];
}

/** A vector of `vector.schema.json#/$defs/ByteVector`. */
export interface ByteVector extends Omit<ByteVectorSource, 'chunks'> {
  readonly requirement: string;
  readonly chunks: readonly (string | Repeated)[];
}

type LineSource = Pick<
  ByteVectorSource,
  'id' | 'description' | 'maxFrameBytes' | 'sessionIdField'
> & {
  /** The line without its LF, in pieces where parts of it repeat; each piece is then one read. */
  readonly line: Bytes | readonly Chunk[];
};

/** Bytes by number, such as `raw(0xc3, 0x28)`. */
export function raw(...bytes: readonly number[]): Buffer {
  return Buffer.from(bytes);
}

/** Bytes one after the other, as one read. */
export function joined(...parts: readonly Bytes[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part)));
}

/** The same bytes many times, as one read. */
export function repeated(bytes: Bytes, times: number): Repeated {
  return { base64: Buffer.from(bytes).toString('base64'), times };
}

/** Bytes cut into reads before each of these offsets. */
export function cutAt(bytes: Bytes, ...offsets: readonly number[]): Buffer[] {
  const whole = Buffer.from(bytes);
  const bounds = [0, ...offsets, whole.length];
  return bounds.slice(1).map((end, index) => whole.subarray(bounds[index], end));
}

/** Bytes in reads of one byte. */
export function byteByByte(bytes: Bytes): Buffer[] {
  return Array.from(Buffer.from(bytes), (byte) => raw(byte));
}

/** Any vector of bytes: everything is stated by the caller. */
export function bytes(source: ByteVectorSource): ByteVector {
  const { id, description, chunks, ...rest } = source;
  const requirement = id.slice(0, id.indexOf('/'));
  return { id, description, requirement, chunks: chunks.map(chunkJson), ...rest };
}

/** One line that is accepted. Its text is the line itself, byte for byte (FRM-7). */
export function accepted(source: LineSource & { readonly is: Envelope }): ByteVector {
  const { line, is, ...rest } = source;
  const pieces = piecesOf(line);
  return bytes({ ...rest, ...spoken([...pieces, '\n'], [{ line: 1, ...is, ...asText(pieces) }]) });
}

/** One line that is refused, and a good one after it, which shows that the stream goes on. */
export function refused(
  source: LineSource & { readonly code: ExpectedError['code']; readonly idJson: string },
): ByteVector {
  const { line, code, idJson, ...rest } = source;
  const next: ExpectedFrame = { line: 2, ...nextEnvelope, text: nextLine };
  const errors: ExpectedError[] = [{ line: 1, code, idJson }];
  return bytes({ ...rest, ...spoken([...piecesOf(line), `\n${nextLine}\n`], [next]), errors });
}

/** A refused line that is not JSON in UTF-8. */
export function notJson(id: string, description: string, line: LineSource['line']): ByteVector {
  return refused({ id, description, line, code: -32700, idJson: 'null' });
}

/** Length and digest of a line that is too long to be spelled out. */
export function digestOf(pieces: readonly Chunk[]): { length: number; sha256: string } {
  const whole = Buffer.concat(pieces.map(bytesOfChunk));
  return { length: whole.length, sha256: createHash('sha256').update(whole).digest('hex') };
}

const nextLine = '{"id":"next","method":"ok"}';
const nextEnvelope: Envelope = { kind: 'request', idJson: '"next"', method: 'ok' };

function spoken(chunks: readonly Chunk[], frames: readonly ExpectedFrame[]) {
  const plain = chunks.every((chunk) => !isRepeated(chunk));
  const errors: readonly ExpectedError[] = [];
  return { chunks: plain ? [Buffer.concat(chunks.map(bytesOfChunk))] : chunks, frames, errors };
}

function piecesOf(line: LineSource['line']): readonly Chunk[] {
  return Array.isArray(line) ? line : [line as Bytes];
}

function asText(pieces: readonly Chunk[]): { text: string } | { length: number; sha256: string } {
  const digest = digestOf(pieces);
  if (digest.length > longestTextBytes) return digest;
  return { text: Buffer.concat(pieces.map(bytesOfChunk)).toString('utf8') };
}

function isRepeated(chunk: Chunk): chunk is Repeated {
  return typeof chunk === 'object' && 'times' in chunk;
}

function bytesOfChunk(chunk: Chunk): Buffer {
  if (!isRepeated(chunk)) return Buffer.from(chunk);
  const once = Buffer.from(chunk.base64, 'base64');
  return Buffer.alloc(once.length * chunk.times, once);
}

function chunkJson(chunk: Chunk): string | Repeated {
  return isRepeated(chunk) ? chunk : Buffer.from(chunk).toString('base64');
}
