import type { Command } from '../../command.ts';
import type { BusParts } from '../../reference/bus/bus-parts.ts';
import type { DaemonParts } from '../../reference/daemon/daemon-parts.ts';
import type { BusCapability, Transport } from '../../schemas/generated/bus-subject.ts';
import type { PlainWorker } from './worker/plain-worker.ts';

/** What is known of a mutant, whatever it is. */
export interface MutantFacts {
  /** In kebab-case; stable. */
  readonly id: string;
  /** A sentence: what is wrong with it. */
  readonly title: string;
  /** The requirement that it breaks. */
  readonly requirement: string;
  /** Requirements that evidently break with it: what the same fault does to others. */
  readonly consequences?: readonly string[];
  /**
   * The scenarios that show it: ids, or patterns of ids or of requirements. Absent: those that are
   * for its requirement.
   */
  readonly scenarios?: readonly string[];
}

/** A broken bus: the reference with one part replaced, and in that part one fault. */
export interface Mutant extends MutantFacts {
  /** Where it shows; `tcp` by default. */
  readonly transport?: Transport;
  /** What it declares beyond what the reference does. */
  readonly capabilities?: readonly BusCapability[];
  /** The part that is replaced; of the bus itself, of its daemon, or its command line. */
  readonly bus?: Partial<BusParts>;
  readonly daemon?: Partial<Omit<DaemonParts, 'bus'>>;
  readonly command?: (reference: Command) => Command;
}

/** A broken worker: a plain one in which one thing goes another way. */
export interface WorkerMutant extends MutantFacts {
  readonly worker: typeof PlainWorker;
}

/** Whether it is a worker. */
export function isWorkerMutant(mutant: MutantFacts): mutant is WorkerMutant {
  return 'worker' in mutant;
}
