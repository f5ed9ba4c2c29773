import { readFileSync } from 'node:fs';
import type { ByteChunk, ByteVector, VectorFile } from '../../schemas/generated/vector.ts';

/** The folder of the test vectors, in a checkout and in an installed package. */
const vectorFolder = new URL('../../../schemas/vectors/', import.meta.url);

/** The files whose vectors are bytes that a bus can be given: its limits allow all of them. */
export const busVectorFiles = [
  'framing',
  'lines',
  'json-text',
  'utf8',
  'nesting',
  'classification',
  'ids',
  'routing-members',
  'other-members',
  'session-ids',
  'session-field',
  'pools',
  'responses',
  'own-methods',
  'precedence',
  'limits',
] as const;

export type BusVectorFile = (typeof busVectorFiles)[number];

export interface ByteVectorFile {
  readonly title: string;
  readonly vectors: readonly ByteVector[];
}

/** The vectors of bytes of a file, in order. */
export function readByteVectors(name: BusVectorFile | 'short-limits'): ByteVectorFile {
  const text = readFileSync(new URL(`${name}.json`, vectorFolder), 'utf8');
  const { title, vectors } = JSON.parse(text) as VectorFile;
  return {
    title,
    vectors: vectors.filter((vector): vector is ByteVector => 'chunks' in vector),
  };
}

/** The bytes of a chunk. */
export function bytesFromChunk(chunk: ByteChunk): Buffer {
  if (typeof chunk === 'string') return Buffer.from(chunk, 'base64');
  const unit = Buffer.from(chunk.base64, 'base64');
  return Buffer.alloc(unit.length * chunk.times, unit);
}

/** The lines of a vector, LFs excluded; `rest` is what stands after the last LF. */
export function linesOf({ chunks }: ByteVector): { lines: Buffer[]; rest: Buffer } {
  const bytes = Buffer.concat(chunks.map(bytesFromChunk));
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return { lines, rest: bytes.subarray(start) };
}
