import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import type { Machine } from './schemas/generated/run.ts';

/** What a run is made on, for its report. */
export function thisMachine(): Machine {
  return {
    os: platform(),
    release: release(),
    arch: arch(),
    cpu: cpus()[0]?.model.trim() || 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    node: process.version,
  };
}
