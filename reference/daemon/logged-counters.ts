import { Counters, type DropReason } from '../bus/counters.ts';
import { type Log, rateLimited } from '../bus/log.ts';

/** Told by the bus with more detail. */
const toldElsewhere: ReadonlySet<DropReason> = new Set(['not-a-frame']);

/** Counters that also tell of frames that were dropped. Implements COR-5 (dropped, counted, logged). */
export class LoggedCounters extends Counters {
  readonly #log: Log;

  constructor(log: Log, nowMs: () => number) {
    super();
    this.#log = rateLimited(log, nowMs);
  }

  override drop(reason: DropReason): void {
    super.drop(reason);
    if (!toldElsewhere.has(reason)) this.#log.warn({ reason }, `frame dropped: ${reason}`);
  }
}
