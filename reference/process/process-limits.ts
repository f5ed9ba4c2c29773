/** What a worker of the process profile allows itself. */
export interface ProcessLimits {
  /** Output that is retained of each process, in bytes; 1 MiB by default (PRC-2). */
  readonly retainedBytes: number;
  /** Milliseconds that a process is kept after it was closed; 30 000 by default (PRC-2). */
  readonly retentionMs: number;
  /** Processes that are not closed yet; 1000 by default, then -32001. */
  readonly maxProcesses: number;
  /** Output retained of all processes, in bytes; 512 MiB by default: from then on -32001 for a start. */
  readonly maxTotalRetainedBytes: number;
  /** The longest line that is written, in bytes: the bus's `max_input_buffer`; 1 MiB by default. */
  readonly maxWrittenFrameBytes: number;
  /** Bytes that may wait in a stdin before a write has to; 1 MiB by default. */
  readonly maxStdinBytes: number;
  /** Accepted writes that are remembered by their `writeId`; 1024 by default. */
  readonly rememberedWrites: number;
  /** Milliseconds between SIGTERM and SIGKILL; 5000 by default. */
  readonly killDelayMs: number;
}

export const defaultProcessLimits: ProcessLimits = {
  retainedBytes: 1_048_576,
  retentionMs: 30_000,
  maxProcesses: 1000,
  maxTotalRetainedBytes: 536_870_912,
  maxWrittenFrameBytes: 1_048_576,
  maxStdinBytes: 1_048_576,
  rememberedWrites: 1024,
  killDelayMs: 5000,
};

/** What a frame holds besides its chunks: both ids, escaped, and the other members. */
const envelopeBytes = 16_384;

/** Bytes of output that fit into a frame: 64 KiB, or less where frames are short. */
export function chunkBytesFrom({ maxWrittenFrameBytes }: ProcessLimits): number {
  return Math.min(65_536, Math.floor(((maxWrittenFrameBytes - envelopeBytes) / 4) * 3));
}

/** The length in JSON of all chunks of one response. */
export function chunksJsonBytesFrom({ maxWrittenFrameBytes }: ProcessLimits): number {
  return maxWrittenFrameBytes - envelopeBytes;
}

/** The limits with their defaults. Throws a RangeError where one cannot be a limit. */
export function processLimitsFrom(given: Partial<ProcessLimits>): ProcessLimits {
  const names = Object.keys(defaultProcessLimits) as (keyof ProcessLimits)[];
  const limits = Object.fromEntries(
    names.map((name) => [name, given[name] ?? defaultProcessLimits[name]]),
  ) as unknown as ProcessLimits;
  const least: Partial<ProcessLimits> = {
    retentionMs: 0,
    killDelayMs: 0,
    maxWrittenFrameBytes: 32_768,
  };
  for (const name of names) {
    const lowest = least[name] ?? 1;
    if (limits[name] >= lowest) continue;
    throw new RangeError(`${name} is ${limits[name]}, not a number of ${lowest} or more`);
  }
  return limits;
}
