import { isUtf8 } from 'node:buffer';
import type { HistoryRecord, ScenarioRecord } from '../../schemas/generated/history.ts';

type WithoutPlace<T> = T extends unknown ? Omit<T, 'seq' | 'atUs'> : never;

/** A record before it has its place in the history. */
export type Observed = WithoutPlace<Exclude<HistoryRecord, ScenarioRecord>>;

/**
 * What was observed in one scenario. Times come from the machine's monotonic clock, which the probe
 * workers read as well, so that records of several processes can be put in order.
 */
export class History {
  readonly #startedNs = process.hrtime.bigint();
  readonly #header: WithoutPlace<ScenarioRecord>;
  readonly #observed: { readonly atUs: number; readonly record: Observed }[] = [];

  constructor(header: WithoutPlace<ScenarioRecord>) {
    this.#header = header;
  }

  /** Microseconds since the start; of a moment of `process.hrtime.bigint()`, or of now. */
  nowUs(momentNs: bigint = process.hrtime.bigint()): number {
    return Math.max(0, Number(momentNs - this.#startedNs) / 1000);
  }

  add(record: Observed, atUs: number = this.nowUs()): void {
    this.#observed.push({ atUs, record });
  }

  /** All of it in the order of time, numbered. */
  records(): HistoryRecord[] {
    const inOrder = [...this.#observed].sort((a, b) => a.atUs - b.atUs);
    return [
      { seq: 0, atUs: 0, ...this.#header },
      ...inOrder.map(({ atUs, record }, index) => ({ seq: index + 1, atUs, ...record })),
    ] as HistoryRecord[];
  }
}

/** Bytes as a record has them: as text where they are UTF-8. */
export function bytesMember(bytes: Buffer): { text: string } | { base64: string } {
  return isUtf8(bytes) ? { text: bytes.toString() } : { base64: bytes.toString('base64') };
}

/** The bytes of a record. */
export function recordedBytes(record: { text?: string; base64?: string }): Buffer {
  return record.text === undefined
    ? Buffer.from(record.base64 ?? '', 'base64')
    : Buffer.from(record.text);
}
