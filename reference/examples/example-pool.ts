import { fileURLToPath } from 'node:url';
import type { Pool } from '../../schemas/generated/bus-config.ts';

/** A pool of one of the workers beside this file. */
export function examplePool(worker: string, instances: number): Pool {
  const script = new URL(`./workers/${worker}.js`, import.meta.url);
  return {
    id: worker,
    command: process.execPath,
    args: [fileURLToPath(script)],
    instances,
  };
}
