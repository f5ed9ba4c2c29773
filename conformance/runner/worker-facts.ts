import type { ConformanceReport } from '../../schemas/generated/conformance-report.ts';
import type { HistoryRecord } from '../../schemas/generated/history.ts';

type Facts = NonNullable<ConformanceReport['facts']>;

const measured = {
  'start-ms': 'start time, p50 in ms',
  'response-ms': 'response time, p50 in ms',
  'drain-ms': 'drain time, p50 in ms',
  'memory-requests': 'requests over which its memory was measured',
} as const;

/** What is measured or found of a worker by the way, in all its scenarios. */
export class WorkerFacts {
  readonly #values = new Map<string, number[]>();
  #isMultiplexing: boolean | undefined;

  /** Takes what a history says into account. */
  note(records: readonly HistoryRecord[]): void {
    for (const record of records) {
      if (record.kind !== 'observation') continue;
      const { name, value } = record;
      if (name === 'multiplexes') this.#isMultiplexing = value === true;
      if (!(name in measured) || typeof value !== 'number') continue;
      this.#values.set(name, [...(this.#values.get(name) ?? []), value]);
    }
  }

  /** By the names that reports show. */
  values(): Facts {
    const facts: Record<string, string | number | boolean> = {};
    if (this.#isMultiplexing !== undefined) {
      facts.sessions = this.#isMultiplexing ? 'multiplexed' : 'one at a time';
    }
    for (const [name, title] of Object.entries(measured)) {
      const values = this.#values.get(name)?.toSorted((a, b) => a - b);
      if (values !== undefined) facts[title] = values[Math.floor(values.length / 2)] as number;
    }
    return facts;
  }
}
