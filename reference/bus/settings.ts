import type { BusConfig, Limits } from '../../schemas/generated/bus-config.ts';
import { type MethodPattern, methodPattern } from './method-pattern.ts';

/** A configuration with every default filled in; times are milliseconds. Implements CFG-1. */
export interface BusSettings {
  readonly pools: readonly PoolSettings[];
  readonly maxFrameBytes: number;
  readonly maxQueueBytes: number;
  readonly maxRestarts: number;
  readonly restartWindowMs: number;
  readonly drainTimeoutMs: number;
  readonly backpressureTimeoutMs: number;
  /** 0: sessions are never forgotten. */
  readonly sessionIdleMs: number;
  /** 0: requests have no deadline. */
  readonly requestTimeoutMs: number;
  readonly sessionIdField: string;
  /** Index in `pools` of the pool for frames that neither name one nor match a rule. */
  readonly defaultPool: number;
  readonly rules: readonly RoutingRuleSettings[];
}

export interface PoolSettings {
  readonly id: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly instances: number;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string | undefined;
}

export interface RoutingRuleSettings {
  readonly matches: MethodPattern;
  /** Index in `pools`. */
  readonly pool: number;
}

/** The settings of a configuration that was found valid (see `configProblems`). */
export function settingsFromConfig(config: BusConfig): BusSettings {
  const limits: Limits = config.limits ?? {};
  const routing = config.routing ?? {};
  const poolIndex = (id: string) => config.pools.findIndex((pool) => pool.id === id);
  return {
    pools: config.pools.map(({ id, command, args = [], instances = 1, env = {}, cwd }) => ({
      id,
      command,
      args,
      instances,
      env,
      cwd,
    })),
    maxFrameBytes: limits.max_input_buffer ?? 1_048_576,
    maxQueueBytes: limits.max_output_queue ?? 4_194_304,
    maxRestarts: limits.max_restarts ?? 5,
    restartWindowMs: (limits.restart_window_sec ?? 60) * 1000,
    drainTimeoutMs: (limits.drain_timeout_sec ?? 30) * 1000,
    backpressureTimeoutMs: (limits.backpressure_timeout_sec ?? 60) * 1000,
    sessionIdleMs: (limits.session_idle_sec ?? 0) * 1000,
    requestTimeoutMs: (limits.request_timeout_sec ?? 0) * 1000,
    sessionIdField: routing.session_id_field ?? 'sessionId',
    defaultPool: routing.default_pool === undefined ? 0 : poolIndex(routing.default_pool),
    rules: (routing.rules ?? []).map(({ method, pool }) => ({
      matches: methodPattern(method),
      pool: poolIndex(pool),
    })),
  };
}
