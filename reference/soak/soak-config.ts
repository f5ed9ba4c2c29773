import { fileURLToPath } from 'node:url';

/** In the sources, two folders up from the build: the worker needs no build. */
const worker = fileURLToPath(
  new URL('../../../reference/soak/fixtures/soak-worker.mjs', import.meta.url),
);

export const poolIds = ['a', 'b', 'c', 'd'] as const;

/** Four pools of four, three, two and one worker, with limits that a soak of a minute reaches. */
export function soakConfig(): object {
  return {
    pools: poolIds.map((id, n) => ({
      id,
      command: process.execPath,
      args: [worker],
      instances: poolIds.length - n,
    })),
    limits: {
      max_input_buffer: 262_144,
      max_output_queue: 1_048_576,
      // Most restarts are then the first in their window, and wait not at all.
      max_restarts: 1000,
      restart_window_sec: 5,
      drain_timeout_sec: 10,
      backpressure_timeout_sec: 3,
    },
  };
}
