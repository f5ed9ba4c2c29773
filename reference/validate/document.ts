import type { Place } from '../pointer-tree.ts';

export type DocumentFormat = 'json' | 'yaml';

/** A document in memory, and where the parts of it are. */
export interface ReadDocument {
  readonly value: unknown;
  /** Offsets in bytes for JSON pointers. */
  readonly placesOf: (pointers: readonly string[]) => ReadonlyMap<string, Place>;
}

/** What stands in the way of reading a document, and the byte where it does. */
export interface UnreadableDocument {
  readonly offset: number;
  readonly problem: string;
}
