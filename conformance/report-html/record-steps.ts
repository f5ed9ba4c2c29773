import type { SequenceStep } from '../../report-page/sequence-diagram.ts';
import type { HistoryRecord } from '../../schemas/generated/history.ts';
import { recordedBytes } from '../history/history.ts';
import { type FrameWords, frameWords } from './frame-words.ts';
import type { HistoryLanes } from './history-lanes.ts';
import type { KeptRecord } from './kept-records.ts';
import { seenBytes } from './seen-bytes.ts';

type Of<K extends HistoryRecord['kind']> = Extract<HistoryRecord, { readonly kind: K }>;

/** A step as it is drawn, and what its frame says. */
export interface RecordStep {
  readonly step: Omit<SequenceStep, 'atMs'>;
  readonly words?: FrameWords;
}

export interface StepContext {
  readonly lanes: HistoryLanes;
  readonly sessionIdField: string;
  /** Of the bytes of a step, at most so many are shown. */
  readonly longestBytes: number;
}

/** What a record of a history looks like in its diagram. */
export function stepFromRecord(
  { record, byteCount }: Pick<KeptRecord, 'record' | 'byteCount'>,
  context: StepContext,
): RecordStep {
  switch (record.kind) {
    case 'client-bytes':
    case 'worker-bytes':
      return bytesStep(record, byteCount, context);
    case 'connection':
      return { step: connectionStep(record, context) };
    case 'process':
      return { step: processStep(record, context) };
    case 'fault':
      return { step: faultStep(record, context) };
    case 'deadline': {
      const label = `did not come: ${record.waitedFor}`;
      const sentence = `${record.waitedFor} did not come within ${seconds(record.limitUs)}`;
      const because = record.requirement === undefined ? '' : `, as ${record.requirement} asks`;
      const shape = { kind: 'across' } as const;
      return { step: { shape, label, sentence: `${sentence}${because}`, tone: 'bad' } };
    }
    default:
      return { step: noteStep(record, context) };
  }
}

function bytesStep(
  record: Of<'client-bytes'> | Of<'worker-bytes'>,
  byteCount: number | undefined,
  { lanes, sessionIdField, longestBytes }: StepContext,
): RecordStep {
  const isClient = record.kind === 'client-bytes';
  const isSent = record.direction === 'sent';
  const name = isClient ? record.connection : record.process;
  const own = lanes.at(name);
  const other = isClient ? lanes.subject : lanes.otherSideOf(name);
  const [from, to] = isSent ? [own, other] : [other, own];
  const bytes = recordedBytes(record);
  const writer = isSent === isClient ? 'client' : 'worker';
  const words = frameWords(bytes, { sessionIdField, writer, byteCount });
  const sentence = `${name} ${isSent ? 'writes' : 'reads'}: ${words.sentence}`;
  return {
    words,
    step: {
      shape: { kind: 'arrow', from, to },
      label: words.label,
      sentence,
      bytes: seenBytes(bytes, longestBytes, byteCount),
      ...(words.tone && { tone: words.tone }),
    },
  };
}

type Step = RecordStep['step'];

/** What is said of a connection, and whether it is the subject's doing. */
const connectionWords: Readonly<Record<Of<'connection'>['event'], readonly [string, boolean]>> = {
  open: ['connects', false],
  refused: ['is refused', true],
  end: ['ends its sending side', false],
  close: ['leaves', false],
  'peer-end': ['its connection is ended', true],
  reset: ['its connection is cut', true],
};

function connectionStep(
  { connection, event, error }: Of<'connection'>,
  { lanes }: StepContext,
): Step {
  const [words, isSubjects] = connectionWords[event];
  const label = error === undefined ? words : `${words} (${error})`;
  const client = lanes.at(connection);
  const ends = isSubjects
    ? { from: lanes.subject, to: client }
    : { from: client, to: lanes.subject };
  const isBad = event === 'refused' || event === 'reset';
  return {
    shape: { kind: 'arrow', ...ends, dashed: true },
    label,
    sentence: `${connection}: ${label}`,
    tone: isBad ? 'warn' : 'quiet',
  };
}

function processStep(record: Of<'process'>, { lanes }: StepContext): Step {
  const { process, event, pid, exitCode, signal } = record;
  const lane = lanes.at(process);
  if (event === 'start') {
    const label = pid === undefined ? 'starts' : `starts, pid ${pid}`;
    return {
      shape: { kind: 'mark', lane, sign: 'start' },
      label,
      sentence: `${process} ${label}`,
    };
  }
  if (event === 'signal') {
    const label = `is sent ${signal ?? 'a signal'}`;
    const shape = { kind: 'mark', lane, sign: 'fault' } as const;
    return { shape, label, sentence: `${process} ${label}`, tone: 'warn' };
  }
  const how = signal ?? (exitCode === undefined ? '' : `code ${exitCode}`);
  const label = how === '' ? 'ends' : `ends: ${how}`;
  const isBad = signal !== null && signal !== undefined;
  return {
    shape: { kind: 'mark', lane, sign: 'end' },
    label,
    sentence: `${process} ${label}`,
    ...(isBad && { tone: 'warn' }),
  };
}

function faultStep(record: Of<'fault'>, { lanes }: StepContext): Step {
  const { fault, target, signal, durationUs } = record;
  const how = [
    ...(signal === undefined ? [] : [signal]),
    ...(durationUs === undefined ? [] : [`for ${seconds(durationUs)}`]),
  ];
  const label = ['fault:', fault, ...how].join(' ');
  const shape = { kind: 'mark', lane: lanes.at(target), sign: 'fault' } as const;
  return { shape, label, sentence: `the suite does to ${target}: ${[fault, ...how].join(' ')}` };
}

function noteStep(
  record: Of<'output' | 'resource' | 'leftover' | 'note' | 'observation' | 'scenario'>,
  { lanes }: StepContext,
): Step {
  const note = (lane: number, label: string, sentence: string): Step => ({
    shape: { kind: 'mark', lane, sign: 'note' },
    label,
    sentence,
    tone: 'quiet',
  });
  switch (record.kind) {
    case 'output': {
      const { process, stream, line } = record;
      return note(lanes.at(process), `${stream}: ${line}`, `${process} on ${stream}: ${line}`);
    }
    case 'resource': {
      const { process, rssBytes = 0, openFiles = 0 } = record;
      const uses = `uses ${Math.round(rssBytes / 1e6)} MB, ${openFiles} descriptors`;
      return note(lanes.at(process), uses, `${process} ${uses}`);
    }
    case 'leftover': {
      const what = `left over: ${record.what} ${record.name}`;
      return { ...note(lanes.subject, what, what), tone: 'bad' };
    }
    case 'observation': {
      const { process = 'bus', name, value } = record;
      const what = `${name.replaceAll('-', ' ')}: ${value === '' ? 'nothing' : String(value)}`;
      return note(lanes.at(process), what, `${process}, ${what}`);
    }
    case 'note':
      return { shape: { kind: 'across' }, label: record.text, sentence: record.text };
    case 'scenario':
      return { shape: { kind: 'across' }, label: 'it begins', sentence: 'it begins' };
  }
}

function seconds(us: number): string {
  return us < 1e6 ? `${Math.round(us / 1000)} ms` : `${Number((us / 1e6).toFixed(1))} s`;
}
