import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';

/** What a run was made on. */
export interface Machine {
  readonly os: string;
  readonly release: string;
  readonly arch: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly node: string;
}

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
