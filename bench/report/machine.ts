import type { Machine } from '../../schemas/generated/run.ts';

/** The machine in words. */
export function machineText({ os, arch, cpu, cores, memoryBytes, node }: Machine): string {
  const memory = `${Math.round(memoryBytes / 2 ** 30)} GiB`;
  return `${cores} cores of ${cpu}, ${memory}, ${os} ${arch}, Node ${node}`;
}
