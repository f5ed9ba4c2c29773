import type { BusSubject, Transport } from '../../schemas/generated/bus-subject.ts';
import { AdapterFront, type AdapterName } from '../adapter/adapter-front.ts';
import type { BusScenario } from '../bus-scenario.ts';
import { History } from '../history/history.ts';
import { poolsOf } from './scene-config.ts';
import type { Timings } from './timings.ts';

export interface SceneOptions {
  readonly scenario: BusScenario;
  readonly subject: BusSubject;
  readonly transport: Transport;
  /** The adapter through which clients reach it; absent: none. */
  readonly via?: AdapterName | undefined;
  readonly timings: Timings;
  readonly timeScale: number;
  readonly seed: string;
  /** The steps of the scenario's schedule that are carried out; absent: all. */
  readonly steps?: ReadonlySet<number>;
}

/** The history of a scene that begins: its first record says what judges need to know of the scene. */
export function historyFor(options: SceneOptions, sessionIdField: string): History {
  const { scenario, subject, transport, via, timings, timeScale, seed } = options;
  const { config = {} } = scenario;
  return new History({
    kind: 'scenario',
    scenario: scenario.id,
    transport,
    sessionIdField,
    limits: config.limits ?? {},
    ...(via && { via }),
    pools: poolsOf(config).map(({ id, instances = 1 }) => ({ id, instances })),
    capabilities: [...(subject.capabilities ?? [])],
    timeScale,
    seed,
    deadlinesUs: {
      response: timings.responseMs * 1000,
      start: timings.startMs * 1000,
      grace: timings.graceMs * 1000,
    },
  });
}

/** The adapter of a scene, where there is one; nothing is started yet. */
export function frontFor(
  { via, scenario, timings }: SceneOptions,
  sessionIdField: string,
): AdapterFront | undefined {
  if (via === undefined) return undefined;
  const { max_input_buffer, backpressure_timeout_sec } = scenario.config?.limits ?? {};
  return new AdapterFront({
    adapter: via,
    sessionIdField,
    maxFrameBytes: max_input_buffer ?? 1_048_576,
    backpressureTimeoutSec: backpressure_timeout_sec ?? 60,
    startMs: timings.startMs * 2,
  });
}
