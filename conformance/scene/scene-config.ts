import { fileURLToPath } from 'node:url';
import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import type { ProbePool, SceneConfig } from '../bus-scenario.ts';

const probeWorker = fileURLToPath(new URL('../probe/probe-worker.cjs', import.meta.url));

/** A drain that hangs should not hold up a whole run. */
const defaultLimits = { drain_timeout_sec: 5 };

/** The pools of a scene; one with one worker where it names none. */
export function poolsOf(config: SceneConfig): readonly ProbePool[] {
  return config.pools ?? [{ id: 'main' }];
}

/** The configuration that the subject gets: its workers are probes that report to the suite. */
export function busConfigFrom(config: SceneConfig, controlPath: string): BusConfig {
  const { limits = {}, routing } = config;
  const sessionIdField = routing?.session_id_field ?? 'sessionId';
  return {
    pools: poolsOf(config).map(({ id, instances = 1, traits = {}, env, cwd }) => ({
      id,
      command: process.execPath,
      args: [probeWorker, controlPath, id, JSON.stringify({ ...traits, sessionIdField })],
      instances,
      ...(env === undefined ? {} : { env: { ...env } }),
      ...(cwd === undefined ? {} : { cwd }),
    })),
    limits: { ...defaultLimits, ...limits },
    ...(routing === undefined ? {} : { routing }),
  } as BusConfig;
}

/** The command of a probe worker, for a configuration that a scenario writes itself. */
export function probeCommand(
  controlPath: string,
  pool: string,
): { command: string; args: string[] } {
  return { command: process.execPath, args: [probeWorker, controlPath, pool, '{}'] };
}
