import type { LoadResult } from '../load/load-command.ts';

export type Unit = 'µs' | 'frames/s' | 'MB/s' | 'answers' | 'bytes' | 'KB' | 'ms' | '% CPU';

/** A line of the table: one subject at one piece of work. */
export interface Row {
  readonly scenario: string;
  readonly work: string;
  readonly subject: string;
  readonly value?: number;
  readonly unit?: Unit;
  /** What it was held against, in words: `0.61 × relay (0.58–0.64)`. */
  readonly compared?: string;
  /** The number behind it. */
  readonly ratio?: number;
  readonly goal?: string;
  readonly isMet?: boolean;
  /** Answers that were lost, doubled or wrong, or the end of the subject. */
  readonly fault?: string;
  /** What a reader should know. */
  readonly note?: string;
}

/** One measurement of one subject in one round. */
export interface Sample extends LoadResult {
  readonly scenario: string;
  readonly work: string;
  readonly subject: string;
  /** From 1; 0 is preparation. */
  readonly round: number;
  /** Processor time of the bus, without its workers. */
  readonly cpuUsPerFrame?: number;
  readonly rssBytes?: number;
}
