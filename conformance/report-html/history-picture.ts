import type {
  SequenceDiagram,
  SequenceSpan,
  SequenceStep,
} from '../../report-page/sequence-diagram.ts';
import type { HistoryRecord, ScenarioRecord } from '../../schemas/generated/history.ts';
import type { FrameWords } from './frame-words.ts';
import { HistoryLanes } from './history-lanes.ts';
import { type KeptRecord, keptRecords, longestPictures } from './kept-records.ts';
import { type RecordStep, type StepContext, stepFromRecord } from './record-steps.ts';

const longestBytes = { passed: 1000, other: 8000 } as const;

interface DrawnStep extends RecordStep {
  /** Undefined where it says how many were left out. */
  readonly record: HistoryRecord | undefined;
  readonly atUs: number;
}

/** What is kept of a history to be drawn later. */
export interface HistorySketch {
  readonly header: ScenarioRecord;
  readonly kept: readonly KeptRecord[];
  readonly named: readonly number[];
  readonly size: 'passed' | 'other';
}

/**
 * Keeps of a history what is drawn of it: little, and in no time. `named` are the records that the
 * verdict names, by seq. Undefined where there is nothing to draw.
 */
export function historySketch(
  records: readonly HistoryRecord[],
  { named, isPassed }: { readonly named: readonly number[]; readonly isPassed: boolean },
): HistorySketch | undefined {
  const [header] = records;
  if (header?.kind !== 'scenario') return undefined;
  const size = isPassed ? 'passed' : 'other';
  const kept = keptRecords(records, { named, limit: longestPictures[size] });
  return kept.length === 0 ? undefined : { header, kept, named, size };
}

/** A history as a sequence diagram: clients, the bus and each incarnation of a worker. */
export function historyPicture({ header, kept, named, size }: HistorySketch): SequenceDiagram {
  const lanes = new HistoryLanes(
    header,
    kept.map(({ record }) => record),
  );
  const context: StepContext = {
    lanes,
    sessionIdField: header.sessionIdField,
    longestBytes: longestBytes[size],
  };
  const drawn = kept.flatMap(({ record, leftOut, byteCount }): DrawnStep[] => [
    ...(leftOut === 0 ? [] : [leftOutStep(leftOut, record.atUs)]),
    {
      record,
      atUs: record.atUs,
      ...stepFromRecord({ record, ...(byteCount && { byteCount }) }, context),
    },
  ]);
  const sessions = new Map<string, number>();
  const steps = drawn.map(({ step, words, record, atUs }): SequenceStep => {
    const series = step.tone === undefined ? seriesOf(words, sessions) : undefined;
    const isNamed = record !== undefined && named.includes(record.seq);
    return {
      ...step,
      atMs: atUs / 1000,
      ...(series !== undefined && { series }),
      ...(isNamed && { isNamed }),
    };
  });
  const leftOut = kept.reduce((sum, each) => sum + each.leftOut, 0);
  return {
    caption: captionOf(header, { sessions: sessions.size, leftOut }),
    lanes: lanes.lanes(drawn),
    steps,
    spans: spansOf(drawn, lanes),
  };
}

function leftOutStep(count: number, atUs: number): DrawnStep {
  const label = `${count} event${count === 1 ? '' : 's'} left out here`;
  const step = { shape: { kind: 'across' }, label: `⋯ ${label}`, sentence: label } as const;
  return { record: undefined, atUs, step: { ...step, tone: 'quiet' } };
}

function seriesOf(words: FrameWords | undefined, sessions: Map<string, number>) {
  if (words?.sessionId === undefined) return undefined;
  const known = sessions.get(words.sessionId);
  if (known !== undefined) return known;
  sessions.set(words.sessionId, sessions.size);
  return sessions.size - 1;
}

function captionOf(
  { transport, pools, limits, via }: ScenarioRecord,
  { sessions, leftOut }: { readonly sessions: number; readonly leftOut: number },
): string {
  const set = Object.entries(limits).map(([name, value]) => `${name} ${value}`);
  return [
    transport === 'pipe' ? 'A worker by its pipes' : `Clients on ${transport}`,
    ...(via === undefined ? [] : [`through the ${via} adapter`]),
    ...(pools.length === 0
      ? []
      : [`pools ${pools.map(({ id, instances }) => `${id} × ${instances}`).join(', ')}`]),
    ...(set.length === 0 ? [] : [`limits ${set.join(', ')}`]),
    ...(sessions > 1 ? ['a colour for each session'] : []),
    ...(transport === 'pipe' ? [] : ['a bar on a worker while a request is with it']),
    'waits that were met are not drawn',
    ...(leftOut === 0 ? [] : [`${leftOut.toLocaleString('en')} events are left out`]),
  ].join('; ');
}

/** From the request that a worker reads to the response that it writes, held or at once. */
function spansOf(drawn: readonly DrawnStep[], lanes: HistoryLanes): SequenceSpan[] {
  const open = new Map<string, { readonly first: number; readonly depth: number }>();
  const spans: SequenceSpan[] = [];
  const close = (key: string, last: number, process: string) => {
    const span = open.get(key);
    open.delete(key);
    if (span !== undefined) spans.push({ lane: lanes.at(process), last, ...span });
  };
  for (const [at, { record, words }] of drawn.entries()) {
    if (record?.kind === 'process' && record.event === 'exit') {
      for (const key of [...open.keys()]) {
        if (key.startsWith(`${record.process} `)) close(key, at, record.process);
      }
    }
    if (record?.kind !== 'worker-bytes' || words?.idJson === undefined) continue;
    const key = `${record.process} ${words.idJson}`;
    if (record.direction === 'received' && words.kind === 'request') {
      const taken = [...open]
        .filter(([other]) => other.startsWith(`${record.process} `))
        .map(([, { depth }]) => depth);
      let depth = 0;
      while (taken.includes(depth)) depth++;
      open.set(key, { first: at, depth: Math.min(depth, 4) });
    } else if (record.direction === 'sent' && words.kind === 'response') {
      close(key, at, record.process);
    }
  }
  for (const key of [...open.keys()]) close(key, drawn.length - 1, key.slice(0, key.indexOf(' ')));
  return spans;
}
