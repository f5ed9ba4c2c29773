import type { LoadResult } from './load-command.ts';

const nsPerMs = 1e6;

interface Mark {
  readonly atNs: number;
  readonly answered: number;
  readonly cpu: NodeJS.CpuUsage;
}

export interface WindowOptions {
  readonly warmUpMs: number;
  /** Infinity: until it is closed. */
  readonly durationMs: number;
  /** Answers until now, of the whole run. */
  answered(): number;
}

/** The part of a run that is measured. */
export interface MeasuredWindow {
  /** When it opens; Infinity until it has begun. */
  readonly openAtNs: number;
  /** Warm-up and measured time follow. */
  begin(atNs: number): void;
  /** Latencies count. */
  readonly isOpen: boolean;
  readonly isOver: boolean;
  /** Called at each read: opens and closes the window when it is time. */
  tick(atNs: number): void;
  close(atNs: number): void;
  rates(bytesPerFrame: number): Omit<LoadResult, 'counts'>;
}

export function createMeasuredWindow(options: WindowOptions): MeasuredWindow {
  let openAtNs = Number.POSITIVE_INFINITY;
  let closeAtNs = Number.POSITIVE_INFINITY;
  let opened: Mark | undefined;
  let closed: Mark | undefined;

  function markAt(atNs: number): Mark {
    return { atNs, answered: options.answered(), cpu: process.cpuUsage() };
  }

  function close(atNs: number): void {
    closed ??= markAt(atNs);
    opened ??= closed;
  }

  return {
    get openAtNs() {
      return openAtNs;
    },
    begin(atNs) {
      openAtNs = atNs + options.warmUpMs * nsPerMs;
      closeAtNs = openAtNs + options.durationMs * nsPerMs;
      if (options.warmUpMs === 0) opened = markAt(atNs);
    },
    get isOpen() {
      return opened !== undefined && closed === undefined;
    },
    get isOver() {
      return closed !== undefined;
    },
    tick(atNs) {
      if (opened === undefined && atNs >= openAtNs) {
        opened = markAt(atNs);
        // Whoever was kept from reading measures as long from then on: a rest of a window would
        // count what had piled up before it.
        closeAtNs = atNs + options.durationMs * nsPerMs;
      }
      if (closed === undefined && atNs >= closeAtNs) close(atNs);
    },
    close,
    rates(bytesPerFrame) {
      if (opened === undefined || closed === undefined) return noRates;
      const ns = closed.atNs - opened.atNs;
      if (ns === 0) return noRates;
      const framesPerSec = ((closed.answered - opened.answered) * 1e9) / ns;
      const cpuUs = closed.cpu.user + closed.cpu.system - opened.cpu.user - opened.cpu.system;
      return {
        framesPerSec,
        bytesPerSec: framesPerSec * bytesPerFrame,
        durationMs: ns / nsPerMs,
        generatorCpuShare: (cpuUs * 1000) / ns,
      };
    },
  };
}

const noRates = { framesPerSec: 0, bytesPerSec: 0, durationMs: 0, generatorCpuShare: 0 };
