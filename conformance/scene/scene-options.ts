import type { BusSubject, Transport } from '../../schemas/generated/bus-subject.ts';
import type { BusScenario } from '../bus-scenario.ts';
import { History } from '../history/history.ts';
import { poolsOf } from './scene-config.ts';
import type { Timings } from './timings.ts';

export interface SceneOptions {
  readonly scenario: BusScenario;
  readonly subject: BusSubject;
  readonly transport: Transport;
  readonly timings: Timings;
  readonly timeScale: number;
  readonly seed: string;
  /** The steps of the scenario's schedule that are carried out; absent: all. */
  readonly steps?: ReadonlySet<number>;
}

/** The history of a scene that begins: its first record says what judges need to know of the scene. */
export function historyFor(options: SceneOptions, sessionIdField: string): History {
  const { scenario, subject, transport, timings, timeScale, seed } = options;
  const { config = {} } = scenario;
  return new History({
    kind: 'scenario',
    scenario: scenario.id,
    transport,
    sessionIdField,
    limits: config.limits ?? {},
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
