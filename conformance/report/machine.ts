import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import type { Machine } from '../../schemas/generated/run.ts';

/** The machine that this process runs on. */
export function machineFromSystem(): Machine {
  const model = cpus()[0]?.model.trim();
  return {
    os: platform(),
    release: release(),
    arch: arch(),
    cpu: model === undefined || model === '' ? 'unknown' : model,
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    node: process.version,
  };
}
