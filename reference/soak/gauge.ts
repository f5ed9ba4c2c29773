import { descriptorsOf, isRunning, residentBytes } from '../faults/process-table.ts';

const megabyte = 2 ** 20;

/** What a process held at one moment. */
export interface Sample {
  readonly atMs: number;
  readonly residentBytes: number;
  readonly descriptors: number;
}

/** Takes a sample of a process; undefined where it has ended. */
export function sampleOf(pid: number): Sample | undefined {
  if (!isRunning(pid)) return undefined;
  try {
    const descriptors = descriptorsOf(pid).length;
    return { atMs: performance.now(), residentBytes: residentBytes(pid), descriptors };
  } catch {
    return undefined;
  }
}

/** The medians of the first and the last third of the samples from a moment on. */
export interface Trend {
  readonly residentMegabytes: readonly [first: number, last: number];
  readonly descriptors: readonly [first: number, last: number];
  /** Whether both stayed what they were, save what a garbage collector and clients that come and go make of them. */
  readonly isFlat: boolean;
}

/** Compares the medians of windows; a single sample says nothing. */
export function trendOf(samples: readonly Sample[], fromMs: number): Trend {
  const steady = samples.filter((sample) => sample.atMs >= fromMs);
  const third = Math.max(1, Math.floor(steady.length / 3));
  const windows = [steady.slice(0, third), steady.slice(-third)] as const;
  const [firstBytes, lastBytes] = windows.map((each) => median(each.map((s) => s.residentBytes)));
  const [first = 0, last = 0] = windows.map((each) => median(each.map((s) => s.descriptors)));
  const [before, after] = [(firstBytes ?? 0) / megabyte, (lastBytes ?? 0) / megabyte];
  return {
    residentMegabytes: [before, after],
    descriptors: [first, last],
    isFlat: after <= before * 1.1 + 8 && last <= first + 8,
  };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
