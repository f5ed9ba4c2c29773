import type { SequenceLane } from '../../report-page/sequence-diagram.ts';
import type { HistoryRecord, ScenarioRecord } from '../../schemas/generated/history.ts';

/** Who takes part in the kept records of a history, in their order from left to right. */
export class HistoryLanes {
  readonly #at: ReadonlyMap<string, number>;
  readonly #names: readonly string[];
  readonly #subject: string;

  constructor(header: ScenarioRecord, records: readonly HistoryRecord[]) {
    const names = new Set(records.flatMap(namesIn));
    this.#subject = header.transport === 'pipe' ? 'worker' : 'bus';
    const clients = [...names].filter((name) => /^c\d+$/.test(name));
    const workers = [...names].filter((name) => name.includes('/'));
    clients.sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
    workers.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    this.#names =
      header.transport === 'pipe'
        ? ['suite', 'worker', ...workers]
        : [...clients, 'bus', ...workers];
    this.#at = new Map(this.#names.map((name, at) => [name, at]));
  }

  /** The lane of the subject. */
  get subject(): number {
    return this.at(this.#subject);
  }

  /** The lane of a connection or a process; what is none of them is told at the subject's. */
  at(name: string): number {
    return this.#at.get(name) ?? this.#at.get(this.#subject) ?? 0;
  }

  /** Whom a worker's bytes come from and go to. */
  otherSideOf(process: string): number {
    return process === 'worker' ? this.at('suite') : this.subject;
  }

  /** The lanes, each from the step in which it first takes part. */
  lanes(steps: readonly { readonly record: HistoryRecord | undefined }[]): SequenceLane[] {
    return this.#names.map((name) => {
      const taking = [...steps.keys()].filter((at) => {
        const { record } = steps[at] as (typeof steps)[number];
        return record !== undefined && namesIn(record).includes(name);
      });
      const end = steps.findLastIndex(
        ({ record }) => record !== undefined && endsLane(record, name),
      );
      const isAlways = name === this.#subject || name === 'suite';
      return {
        name,
        detail: detailOf(name),
        first: isAlways ? 0 : (taking[0] ?? 0),
        last: end === -1 ? steps.length - 1 : end,
        isEnded: end !== -1,
      };
    });
  }
}

function endsLane(record: HistoryRecord, name: string): boolean {
  if (record.kind === 'process') return record.process === name && record.event === 'exit';
  if (record.kind !== 'connection' || record.connection !== name) return false;
  return ['close', 'reset', 'refused', 'peer-end'].includes(record.event);
}

function namesIn(record: HistoryRecord): string[] {
  switch (record.kind) {
    case 'client-bytes':
    case 'connection':
      return [record.connection];
    case 'worker-bytes':
    case 'process':
    case 'output':
    case 'resource':
      return [record.process];
    case 'observation':
      return record.process === undefined ? [] : [record.process];
    case 'fault':
      return /^c\d+$|\//.test(record.target) ? [record.target] : [];
    default:
      return [];
  }
}

function detailOf(name: string): string {
  if (name === 'suite') return 'plays the bus';
  if (name === 'bus' || name === 'worker') return 'the subject';
  const incarnation = /\/(\d+)$/.exec(name)?.[1];
  return incarnation === undefined ? 'client' : `incarnation ${incarnation}`;
}
