import type { LoadQuestion, LoadRatio, LoadSample } from '../../schemas/generated/load-report.ts';
import { grouped } from './work-text.ts';

export type Measure = LoadRatio['measure'];

interface MeasureFacts {
  /** For a heading. */
  readonly title: string;
  readonly isLessBetter: boolean;
  of(sample: LoadSample): number | undefined;
  text(value: number): string;
}

/** What can be read off a sample. */
export const measures: Readonly<Record<Measure, MeasureFacts>> = {
  framesPerSec: {
    title: 'requests/s',
    isLessBetter: false,
    of: ({ framesPerSec }) => framesPerSec,
    text: (value) => `${grouped(value)}/s`,
  },
  bytesPerSec: {
    title: 'bytes/s',
    isLessBetter: false,
    of: ({ bytesPerSec }) => bytesPerSec,
    text: (value) => `${grouped(value / 1e6, value < 1e7 ? 1 : 0)} MB/s`,
  },
  p50: {
    title: 'p50',
    isLessBetter: true,
    of: ({ latencyUs }) => latencyUs?.p50,
    text: timeText,
  },
  p99: {
    title: 'p99',
    isLessBetter: true,
    of: ({ latencyUs }) => latencyUs?.p99,
    text: timeText,
  },
  rssBytes: {
    title: 'memory',
    isLessBetter: true,
    of: ({ rssBytes }) => rssBytes,
    text: memoryText,
  },
  rssGrowthBytes: {
    title: 'growth of memory',
    isLessBetter: true,
    of: ({ rssGrowthBytes }) => rssGrowthBytes,
    text: (value) => `${value < 0 ? '−' : '+'}${memoryText(Math.abs(value))}`,
  },
  cpuUsPerFrame: {
    title: 'CPU per request',
    isLessBetter: true,
    of: ({ cpuUsPerFrame }) => cpuUsPerFrame,
    text: timeText,
  },
  cpuShare: {
    title: 'CPU',
    isLessBetter: true,
    of: ({ cpuShare }) => cpuShare,
    text: (value) => `${(value * 100).toFixed(2)} % of a core`,
  },
  durationUs: {
    title: 'time',
    isLessBetter: true,
    of: ({ durationUs }) => durationUs,
    text: timeText,
  },
};

/** What a question is about first, and what else is worth a look. */
export const measuresOf: Readonly<Record<LoadQuestion, readonly Measure[]>> = {
  'round-trip': ['p50', 'p99', 'cpuUsPerFrame'],
  throughput: ['framesPerSec', 'bytesPerSec', 'p99', 'cpuUsPerFrame'],
  connections: ['framesPerSec', 'p99', 'cpuUsPerFrame'],
  workers: ['framesPerSec', 'p99', 'cpuUsPerFrame'],
  'open-loop': ['p99', 'p50', 'framesPerSec'],
  'highest-rate': ['framesPerSec', 'p99'],
  sessions: ['framesPerSec', 'rssGrowthBytes', 'rssBytes'],
  pending: ['framesPerSec', 'rssBytes'],
  'idle-connections': ['rssGrowthBytes', 'rssBytes'],
  start: ['durationUs'],
  recovery: ['durationUs'],
  drain: ['durationUs'],
  'slow-reader': ['rssGrowthBytes', 'rssBytes'],
  cpu: ['cpuUsPerFrame', 'cpuShare', 'p99', 'rssBytes'],
};

/** Microseconds in the unit that people say them in. */
export function timeText(us: number): string {
  if (us < 1000) return `${us.toFixed(us < 10 ? 2 : 1)} µs`;
  if (us < 1e6) return `${(us / 1000).toFixed(us < 1e4 ? 2 : 1)} ms`;
  return `${(us / 1e6).toFixed(2)} s`;
}

/** Bytes in the unit that people say memory in. */
export function memoryText(bytes: number): string {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
