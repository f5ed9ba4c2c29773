import type { ByteVector } from './byte-vector.ts';
import type { ValueVector } from './value-vector.ts';

/** What one file of vectors is about, and its vectors in order. */
export interface Topic {
  readonly title: string;
  readonly vectors: readonly (ByteVector | ValueVector)[];
}
