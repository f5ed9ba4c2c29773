import type { HistoryRecord } from '../../schemas/generated/history.ts';
import { bytesMember, recordedBytes } from '../history/history.ts';

/** Records that are shown, and how many were left out before each: none, mostly. */
export interface KeptRecord {
  readonly record: HistoryRecord;
  readonly leftOut: number;
  /** How many bytes there were, where the record has only the first of them now. */
  readonly byteCount?: number;
}

/** Of the bytes of a record, so many are kept: enough to read a frame of usual size. */
const longestBytes = 16 * 1024;

/** How many events of a history a page shows: more where something is wrong. */
export const longestPictures = { passed: 240, other: 400 } as const;

/**
 * The records of a history that are worth drawing. Its header and the waits that were met are not;
 * of what is longer than the limit, those that the verdict names with what came before them, the
 * beginning, and the end.
 */
export function keptRecords(
  records: readonly HistoryRecord[],
  { named, limit }: { readonly named: readonly number[]; readonly limit: number },
): KeptRecord[] {
  const worth = records.filter(
    (each) => each.kind !== 'scenario' && !(each.kind === 'deadline' && each.met),
  );
  const kept = worth.length <= limit ? worth.keys() : keptIndexes(worth, named, limit);
  let before = -1;
  return [...kept].map((index) => {
    const leftOut = index - before - 1;
    before = index;
    return { ...shortened(worth[index] as HistoryRecord), leftOut };
  });
}

function keptIndexes(
  worth: readonly HistoryRecord[],
  named: readonly number[],
  limit: number,
): number[] {
  const kept = new Set<number>();
  const places = named.map((seq) => worth.findLastIndex((each) => each.seq <= seq));
  for (const place of places.slice(0, 20)) {
    for (let at = place - 12; at <= place + 3 && kept.size < limit / 2; at++) {
      if (at >= 0 && at < worth.length) kept.add(at);
    }
  }
  const head = Math.floor((limit - kept.size) / 3);
  for (let at = 0; at < head; at++) kept.add(at);
  for (let at = worth.length - 1; kept.size < limit; at--) kept.add(at);
  return [...kept].sort((a, b) => a - b);
}

function shortened(record: HistoryRecord): Pick<KeptRecord, 'record' | 'byteCount'> {
  if (record.kind !== 'client-bytes' && record.kind !== 'worker-bytes') return { record };
  const { text, base64, ...others } = record;
  if ((text ?? base64 ?? '').length <= longestBytes) return { record };
  const byteCount =
    text === undefined ? Buffer.byteLength(base64 ?? '', 'base64') : Buffer.byteLength(text);
  // Bytes of its own: a slice of a string keeps the whole of it in memory.
  const head = recordedBytes(
    text === undefined
      ? { base64: (base64 ?? '').slice(0, longestBytes * 2) }
      : { text: text.slice(0, longestBytes) },
  ).subarray(0, longestBytes);
  return { record: { ...others, ...bytesMember(Buffer.from(head)) } as HistoryRecord, byteCount };
}
