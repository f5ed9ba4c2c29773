import type { BusConfig } from '../schemas/generated/bus-config.ts';
import type { Transport } from '../schemas/generated/bus-subject.ts';
import type { Scenario } from './scenario.ts';
import type { Scene } from './scene/scene.ts';

export type Limits = NonNullable<BusConfig['limits']>;
export type Routing = NonNullable<BusConfig['routing']>;

/** A pool of probe workers. */
export interface ProbePool {
  readonly id: string;
  readonly instances?: number;
  /** How its workers behave from their start on. */
  readonly traits?: ProbeTraits;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** What a probe worker does by itself, since nobody can tell it in time. */
export interface ProbeTraits {
  /** Exits at its start with this code, after it has reported. */
  readonly exitAtStart?: number;
  /** On SIGTERM: `finish` what is pending and exit 0 (default), `ignore` it, or `exit` at once. */
  readonly onSigterm?: 'finish' | 'ignore' | 'exit';
  /** On the end of stdin: as for SIGTERM. */
  readonly onStdinEnd?: 'finish' | 'ignore' | 'exit';
  /** The exit code of `finish` and `exit`, 0 by default. */
  readonly exitCode?: number;
  /** Written on stdout at the start. */
  readonly greeting?: string;
  /** Whether it stops reading its stdin at once. */
  readonly isDeaf?: boolean;
}

/** What a scenario's bus is given. */
export interface SceneConfig {
  /** Default: one pool `main` with one worker. */
  readonly pools?: readonly ProbePool[];
  readonly limits?: Limits;
  readonly routing?: Routing;
}

/**
 * One thing that is done with a bus, and what is asked of the history that comes of it. `drive`
 * acts and waits; it judges nothing. Judges see the history only. The general judges run on every
 * scenario besides its own.
 */
export interface BusScenario extends Scenario {
  readonly transports?: readonly Transport[];
  readonly config?: SceneConfig;
  /** Why it cannot be judged where clients reach the bus through an adapter; absent: it can. */
  readonly onlyDirectly?: string;
  /** Whether `drive` launches the bus itself; else it runs and has answered when `drive` begins. */
  readonly isLaunchedByDrive?: boolean;
  drive(scene: Scene): Promise<void>;
}

/** For a scenario that needs more than one connection: stdio has only one. */
export const sockets: readonly Transport[] = ['tcp', 'unix'];
