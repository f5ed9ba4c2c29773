import type { ScenarioResult } from '../../schemas/generated/conformance-report.ts';
import type { HistoryRecord } from '../../schemas/generated/history.ts';
import { shortTimings, type Timings } from '../scene/timings.ts';

const maxMissed = 6;

/**
 * How long a subject is waited for. One that has failed several scenarios by a deadline is waited for
 * a quarter of the time from then on: it is not conformant any more, and everybody wants to read why.
 */
export class Patience {
  readonly #full: Timings;
  #missed = 0;

  constructor(full: Timings) {
    this.#full = full;
  }

  get isSpent(): boolean {
    return this.#missed >= maxMissed;
  }

  get timings(): Timings {
    return this.isSpent ? shortTimings(this.#full) : this.#full;
  }

  /** Takes the end of a scenario into account. */
  note({ verdict }: Pick<ScenarioResult, 'verdict'>, records: readonly HistoryRecord[]): void {
    const limitUs = this.#full.responseMs * 1000;
    const isLate = (record: HistoryRecord) =>
      record.kind === 'deadline' && !record.met && record.limitUs >= limitUs;
    if (verdict === 'fail' && records.some(isLate)) this.#missed++;
  }
}
