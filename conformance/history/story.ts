import type {
  ConnectionRecord,
  DeadlineRecord,
  FaultRecord,
  HistoryRecord,
  LeftoverRecord,
  ObservationRecord,
  OutputRecord,
  ProcessRecord,
  ResourceRecord,
  ScenarioRecord,
} from '../../schemas/generated/history.ts';
import { type Frame, frameFromLine } from './frame.ts';
import { recordedBytes } from './history.ts';
import { LineSplitter } from './line-splitter.ts';
import { matchFrames } from './match-frames.ts';

/** A line of one of the four hops. */
export interface Line extends Frame {
  /** Its place among the lines of its hop. */
  readonly index: number;
  /** The record that it begins with. */
  readonly seq: number;
  /** When it was written, or when the last byte of it was read. */
  readonly atUs: number;
  /** The connection or the process tag. */
  readonly place: string;
  /** Its bytes, LF excluded. */
  readonly bytes: Buffer;
  /** Whether it is certain that the sender's system took all of it. */
  readonly isWritten: boolean;
}

/** A connection of a client. */
export interface ConnectionFacts {
  readonly id: string;
  readonly openedUs: number;
  /** When the client closed its sending side only. */
  readonly halfClosedUs: number | undefined;
  /** When the client left. */
  readonly leftUs: number | undefined;
  /** When the subject ended or cut it. */
  readonly endedUs: number | undefined;
}

/** A process: the subject, or one incarnation of a worker. */
export interface ProcessFacts {
  readonly tag: string;
  readonly pid: number | undefined;
  readonly startedUs: number;
  readonly exitedUs: number | undefined;
  readonly exitCode: number | null | undefined;
  readonly signal: string | null | undefined;
  /** When the suite did to it what ends it, or its end was seen; its bus may know from then on. */
  readonly doomedUs: number | undefined;
}

/** A history as judges read it: lines, who got which, connections, processes. */
export interface Story {
  readonly header: ScenarioRecord;
  readonly records: readonly HistoryRecord[];
  /** Lines that clients wrote, in the order of time. */
  readonly clientSent: readonly Line[];
  readonly clientReceived: readonly Line[];
  readonly workerReceived: readonly Line[];
  readonly workerSent: readonly Line[];
  /** Bytes that came without an LF at the end of a connection or a worker's input. */
  readonly unterminated: readonly { readonly place: string; readonly bytes: Buffer }[];
  /** What reached a worker of a client's line: once, in a good bus. */
  readonly deliveries: ReadonlyMap<Line, readonly Line[]>;
  /** What reached a client of a worker's line. */
  readonly receipts: ReadonlyMap<Line, readonly Line[]>;
  /** The client's line that a worker has read; none where it read what nobody sent. */
  readonly sourceOf: ReadonlyMap<Line, Line>;
  /** The worker's line that a client has read; none for what the bus said itself. */
  readonly originOf: ReadonlyMap<Line, Line>;
  /** The request that a worker had read, of the responses that it wrote. */
  readonly questionOf: ReadonlyMap<Line, Line>;
  /** The responses that a worker wrote, of the requests that it had read. */
  readonly answersOf: ReadonlyMap<Line, readonly Line[]>;
  readonly connections: ReadonlyMap<string, ConnectionFacts>;
  readonly processes: ReadonlyMap<string, ProcessFacts>;
  readonly deadlines: readonly DeadlineRecord[];
  readonly faults: readonly FaultRecord[];
  readonly leftovers: readonly LeftoverRecord[];
  readonly observations: readonly ObservationRecord[];
  readonly outputs: readonly OutputRecord[];
  readonly resources: readonly ResourceRecord[];
  /** Signals that the subject was sent, in order. */
  readonly signals: readonly ProcessRecord[];
}

/** Reads a history. Throws a RangeError where it does not begin with what was run. */
export function storyFromRecords(records: readonly HistoryRecord[]): Story {
  const [header] = records;
  if (header?.kind !== 'scenario') throw new RangeError('a history begins with its scenario');
  const ofKind = <K extends HistoryRecord['kind']>(kind: K) =>
    records.filter((each): each is Extract<HistoryRecord, { kind: K }> => each.kind === kind);
  const observations = ofKind('observation');
  const lines = readLines(records, header.sessionIdField, observations);
  const graceUs = header.deadlinesUs.grace ?? 0;
  const processes = processesFrom(ofKind('process'), ofKind('fault'), graceUs);
  return {
    header,
    records,
    ...lines,
    ...matchFrames(lines, header.capabilities.includes('trace')),
    connections: connectionsFrom(ofKind('connection')),
    processes,
    deadlines: ofKind('deadline'),
    faults: ofKind('fault'),
    leftovers: ofKind('leftover'),
    observations,
    outputs: ofKind('output'),
    resources: ofKind('resource'),
    signals: ofKind('process').filter(
      ({ process, event }) => (process === 'bus' || process === 'worker') && event === 'signal',
    ),
  };
}

export type Lines = Pick<
  Story,
  'clientSent' | 'clientReceived' | 'workerReceived' | 'workerSent' | 'unterminated'
>;

function readLines(
  records: readonly HistoryRecord[],
  sessionIdField: string,
  observations: readonly ObservationRecord[],
): Lines {
  const streams = new Map<string, { splitter: LineSplitter; startSeq: number; startUs: number }>();
  const lines: Record<string, Line[]> = {
    'client-bytes sent': [],
    'client-bytes received': [],
    'worker-bytes received': [],
    'worker-bytes sent': [],
  };
  const unterminated: { place: string; bytes: Buffer }[] = [];
  for (const record of records) {
    if (record.kind !== 'client-bytes' && record.kind !== 'worker-bytes') continue;
    const hop = `${record.kind} ${record.direction}`;
    const place = record.kind === 'client-bytes' ? record.connection : record.process;
    const key = `${hop} ${place}`;
    const stream = streams.get(key) ?? {
      splitter: new LineSplitter(),
      startSeq: record.seq,
      startUs: record.atUs,
    };
    streams.set(key, stream);
    const isSent = record.direction === 'sent';
    const writer = isSent === (record.kind === 'client-bytes') ? 'client' : 'worker';
    for (const bytes of stream.splitter.push(recordedBytes(record))) {
      const ofHop = lines[hop] as Line[];
      ofHop.push({
        ...frameFromLine(bytes, sessionIdField, writer),
        index: ofHop.length,
        seq: stream.startSeq,
        atUs: isSent ? stream.startUs : record.atUs,
        place,
        bytes,
        isWritten: true,
      });
      stream.startSeq = record.seq;
      stream.startUs = record.atUs;
    }
    if (stream.splitter.restLength === 0) streams.delete(key);
  }
  for (const [key, { splitter }] of streams) {
    const place = key.split(' ').slice(2).join(' ');
    if (splitter.restLength > 0) unterminated.push({ place, bytes: splitter.rest });
  }
  return {
    clientSent: lines['client-bytes sent'] as Line[],
    clientReceived: lines['client-bytes received'] as Line[],
    workerReceived: lines['worker-bytes received'] as Line[],
    workerSent: withUnwritten(lines['worker-bytes sent'] as Line[], observations),
    unterminated,
  };
}

/** Marks the last lines of workers whose system had not taken all their bytes. */
function withUnwritten(lines: Line[], observations: readonly ObservationRecord[]): Line[] {
  const unwritten = new Map<string, number>();
  for (const { name, process, value } of observations) {
    if (name === 'unwritten-bytes' && process !== undefined) unwritten.set(process, Number(value));
  }
  return lines
    .toReversed()
    .map((line) => {
      const left = unwritten.get(line.place) ?? 0;
      if (left <= 0) return line;
      unwritten.set(line.place, left - line.bytes.length - 1);
      return { ...line, isWritten: false };
    })
    .toReversed();
}

function connectionsFrom(records: readonly ConnectionRecord[]): Map<string, ConnectionFacts> {
  const connections = new Map<string, ConnectionFacts>();
  for (const { connection: id, event, atUs } of records) {
    if (event === 'refused') continue;
    const known = connections.get(id) ?? {
      id,
      openedUs: atUs,
      halfClosedUs: undefined,
      leftUs: undefined,
      endedUs: undefined,
    };
    const isOwn = known.leftUs !== undefined;
    connections.set(id, {
      ...known,
      ...(event === 'end' ? { halfClosedUs: atUs } : {}),
      ...(event === 'close' ? { leftUs: known.leftUs ?? atUs } : {}),
      ...(event === 'peer-end' && !isOwn ? { endedUs: known.endedUs ?? atUs } : {}),
      // A reset that the client did itself is its leaving.
      ...(event === 'reset' && !isOwn ? { endedUs: known.endedUs ?? atUs } : {}),
    });
  }
  return connections;
}

const deadlyFaults: ReadonlySet<string> = new Set(['kill', 'exit', 'close-stdout']);

function processesFrom(
  records: readonly ProcessRecord[],
  faults: readonly FaultRecord[],
  graceUs: number,
): Map<string, ProcessFacts> {
  const doomed = (tag: string) =>
    faults.find(({ target, fault }) => target === tag && deadlyFaults.has(fault))?.atUs;
  const processes = new Map<string, ProcessFacts>();
  for (const { process: tag, event, atUs, pid, exitCode, signal } of records) {
    if (event === 'start') {
      processes.set(tag, {
        tag,
        pid,
        startedUs: atUs,
        exitedUs: undefined,
        exitCode: undefined,
        signal: undefined,
        doomedUs: doomed(tag),
      });
    }
    const known = processes.get(tag);
    if (event === 'exit' && known !== undefined) {
      // An end that it did not tell itself is seen late: others may have seen it before.
      const seenUs =
        tag === 'bus' || tag === 'worker' || exitCode !== undefined
          ? atUs
          : Math.max(0, atUs - graceUs);
      const doomedUs = Math.min(known.doomedUs ?? seenUs, seenUs);
      processes.set(tag, { ...known, exitedUs: atUs, exitCode, signal, doomedUs });
    }
  }
  return processes;
}
