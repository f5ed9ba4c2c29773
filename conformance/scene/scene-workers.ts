import type { ProbePool } from '../bus-scenario.ts';
import type { Probe, ProbeFrame } from '../probe/probe.ts';
import type { ProbeHub } from '../probe/probe-hub.ts';
import type { UntilOptions, Waiter } from './waiter.ts';

/** A request that a probe worker holds. */
export interface Held {
  readonly probe: Probe;
  readonly frame: ProbeFrame;
}

/** A worker's place: by default the first incarnation in the first slot of the first pool. */
export interface WorkerPlace {
  readonly pool?: string;
  readonly slot?: number;
  readonly incarnation?: number;
}

export interface SceneWorkersOptions {
  readonly hub: ProbeHub;
  readonly waiter: Waiter;
  readonly pools: readonly ProbePool[];
  /** How long a start may take. */
  readonly startMs: number;
}

/** The probe workers of a scene, as one waits for them. */
export class SceneWorkers {
  readonly #options: SceneWorkersOptions;

  constructor(options: SceneWorkersOptions) {
    this.#options = options;
  }

  get #probes(): readonly Probe[] {
    return this.#options.hub.probes;
  }

  /** Waits for the worker at a place, of this incarnation or a later one. */
  worker(place: WorkerPlace, options: UntilOptions): Promise<Probe> {
    const { waiter, startMs } = this.#options;
    const { pool = this.#firstPool(), slot = 0, incarnation = 1 } = place;
    const find = () =>
      this.#probes.find(
        (probe) =>
          probe.pool === pool &&
          probe.slot === slot &&
          probe.incarnation >= incarnation &&
          !probe.hasExited,
      );
    const what = `the worker ${pool}/${slot}/${incarnation}`;
    return waiter.until(what, find, { limitMs: startMs, ...options });
  }

  /** Waits until a pool has so many live workers; all of its slots by default. */
  live(pool: string = this.#firstPool(), count?: number): Promise<Probe[]> {
    const { waiter, pools, startMs } = this.#options;
    const wanted = count ?? pools.find(({ id }) => id === pool)?.instances ?? 1;
    const live = () => this.#probes.filter((probe) => probe.pool === pool && !probe.hasExited);
    const find = () => (live().length >= wanted ? live() : undefined);
    const options = { limitMs: startMs, requirement: 'CFG-1' };
    return waiter.until(`${wanted} live workers of ${pool}`, find, options);
  }

  #firstPool(): string {
    return this.#options.pools[0]?.id ?? 'main';
  }

  /** Waits until a worker has read the frame with this mark. */
  arrival(mark: string, options: UntilOptions): Promise<Held> {
    const needle = JSON.stringify(mark);
    const find = () => {
      for (const probe of this.#probes) {
        const frame = probe.received.findLast(({ bytes }) => bytes.includes(needle));
        if (frame !== undefined) return { probe, frame };
      }
      return undefined;
    };
    return this.#options.waiter.until(`the arrival of ${mark} at a worker`, find, {
      requirement: 'COR-1',
      ...options,
    });
  }

  /** Waits for the end of a worker's process. */
  async exitOf(probe: Probe, options: UntilOptions): Promise<void> {
    await this.#options.waiter.until(`the end of ${probe.tag}`, () => probe.hasExited, options);
  }
}
