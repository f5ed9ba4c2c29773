/**
 * Why a run has no orderly end. OUTPUT_LOST: events were missed, and the worker retains them no more.
 * PROCESS_LOST: the worker that ran it is gone, or has forgotten it. LEFT: the iteration was left.
 */
export type ProcessRunErrorName = 'OUTPUT_LOST' | 'PROCESS_LOST' | 'LEFT';

/** What a run of a process fails with, besides the BusRequestErrors of its requests. Serves PRC-6. */
export class ProcessRunError extends Error {
  override readonly name: ProcessRunErrorName;
  readonly processId: string;
  /** The number of the last event that was given. */
  readonly lastSeq: number;
  /** The lowest number that can still be read, where the worker has said so. */
  readonly oldestSeq: number | undefined;

  constructor(facts: {
    readonly name: ProcessRunErrorName;
    readonly processId: string;
    readonly message: string;
    readonly lastSeq: number;
    readonly oldestSeq?: number | undefined;
    readonly cause?: unknown;
  }) {
    super(facts.message, facts.cause === undefined ? {} : { cause: facts.cause });
    this.name = facts.name;
    this.processId = facts.processId;
    this.lastSeq = facts.lastSeq;
    this.oldestSeq = facts.oldestSeq;
  }
}
