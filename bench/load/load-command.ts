/** Where the frames go. `command` is started by the generator and spoken to over its pipes. */
export type Target =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'command'; readonly argv: readonly string[] };

/**
 * A closed loop: as many requests in flight as asked, for a time or for a number of frames. With
 * `ratePerSec` an open loop: requests go out on schedule, however long the answers take.
 */
export interface LoadCommand {
  readonly kind: 'load';
  readonly target: Target;
  readonly connections: number;
  /** Per connection; of an open loop, the most that may wait for an answer. */
  readonly inFlight: number;
  /** Of all connections together. Latency then counts from the intended time. */
  readonly ratePerSec?: number;
  /** Of a request, LF included. */
  readonly frameBytes: number;
  /** How many session ids take turns; at least 1. Each connection has its share of them. */
  readonly sessions: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
  /** Exactly so many requests instead of a time. */
  readonly frames?: number;
  /**
   * `hold`: the worker keeps its answers until all frames were sent, and a `release` after them.
   * `tell`: the worker says who it is, and a session that another one answers is misrouted.
   */
  readonly method: 'echo' | 'hold' | 'tell';
  /** A request without an answer is lost when nothing has arrived for so long. */
  readonly quietMs: number;
}

/** Opens connections, makes one round trip on each, and keeps them until `close`. */
export interface IdleCommand {
  readonly kind: 'idle';
  readonly target: Target;
  readonly connections: number;
  readonly quietMs: number;
}

/** Makes one more round trip on each idle connection, then closes them. */
export interface CloseCommand {
  readonly kind: 'close';
}

/** A line on the generator's stdin. */
export type GeneratorCommand = LoadCommand | IdleCommand | CloseCommand;

/**
 * What happened to the requests. `misrouted`: an answer to nothing that its connection asked, or, of
 * a load of `tell`, of another worker than the one that has the session and lives.
 */
export interface LoadCounts {
  sent: number;
  answered: number;
  lost: number;
  duplicated: number;
  misrouted: number;
  errors: number;
}

/** Percentiles by nearest rank, in microseconds. */
export interface LatencyUs {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** A line on the generator's stdout. The rates are of the measured time, the counts of all. */
export interface LoadResult {
  readonly counts: LoadCounts;
  readonly framesPerSec: number;
  /** Both ways. */
  readonly bytesPerSec: number;
  readonly latencyUs?: LatencyUs;
  /** HdrHistogram V2 of whole microseconds, compressed, in base64. */
  readonly histogram?: string;
  /** Of an open loop: how late requests left, 99th percentile. */
  readonly generatorLatenessUs?: number;
  readonly durationMs: number;
  /** Of one core. */
  readonly generatorCpuShare: number;
  /** Why the run could not go on. */
  readonly error?: string;
}

export function emptyCounts(): LoadCounts {
  return { sent: 0, answered: 0, lost: 0, duplicated: 0, misrouted: 0, errors: 0 };
}

/** Adds the second to the first. */
export function addCounts(sum: LoadCounts, more: LoadCounts): void {
  for (const key of Object.keys(sum) as (keyof LoadCounts)[]) sum[key] += more[key];
}

/** Requests that did not get exactly one answer of their own. */
export function faultsIn(counts: LoadCounts): number {
  return counts.lost + counts.duplicated + counts.misrouted + counts.errors;
}
