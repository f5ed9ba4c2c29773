import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import type { Machine } from '../../schemas/generated/run.ts';

/** What a run was made on. */
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

/** The machine in words. */
export function machineText({ os, arch, cpu, cores, memoryBytes, node }: Machine): string {
  const memory = `${Math.round(memoryBytes / 2 ** 30)} GiB`;
  return `${cores} cores of ${cpu}, ${memory}, ${os} ${arch}, Node ${node}`;
}
