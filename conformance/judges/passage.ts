import { type Finding, failed, passed } from '../finding.ts';
import { frameFromLine } from '../history/frame.ts';
import type { Line, Story } from '../history/story.ts';
import { isOwnMethod, maxFrameBytesOf, momentsOf, quoted } from './moments.ts';

/**
 * What workers and clients read is what somebody wrote to them, byte for byte and once; what is no
 * frame or too long goes nowhere. FRM-2, FRM-4, FRM-5, FRM-6, FRM-7, FRM-8, COR-1, RST-7.
 */
export function judgePassage(story: Story): Finding[] {
  return [
    ...story.workerReceived.flatMap((line) => judgeAtWorker(story, line)),
    ...story.clientReceived.flatMap((line) => judgeAtClient(story, line)),
    ...judgeOnce(story),
    ...judgeNotifications(story),
  ];
}

function judgeAtWorker(story: Story, line: Line): Finding[] {
  const source = story.sourceOf.get(line);
  if (source === undefined) return judgeUnknown(story, line);
  if (source.bytes.length > maxFrameBytesOf(story)) {
    return [
      failed('FRM-6', {
        reason: 'a line over the limit was forwarded',
        expected: `no line of more than ${maxFrameBytesOf(story)} bytes`,
        seen: `${source.bytes.length} bytes at ${line.place}`,
        records: [source.seq, line.seq],
      }),
    ];
  }
  if (source.kind !== 'refused') return [passed('FRM-7')];
  const isSame = source.latitude === 'FRM-8' || source.latitude === 'AFF-6';
  if (isSame) return [];
  return [
    failed(source.code === -32700 ? 'FRM-4' : 'FRM-5', {
      reason: `a line was forwarded that has to be refused: ${source.fault}`,
      expected: 'not at any worker',
      seen: `${quoted(line)} at ${line.place}`,
      records: [source.seq, line.seq],
    }),
  ];
}

/** A worker read what no client wrote: fine only as the bus's answer to what that worker asked. */
function judgeUnknown(story: Story, line: Line): Finding[] {
  if (line.kind === 'blank') return judgeBlank(story, line);
  const isAnswer =
    line.isError &&
    line.method === undefined &&
    story.workerSent.some(
      ({ place, idJson, method, kind, latitude }) =>
        place === line.place &&
        (method !== undefined || kind === 'refused') &&
        (idJson === line.idJson || latitude === 'FRM-8'),
    );
  if (isAnswer || mayBeDoubled(story, line)) return [];
  if (isUnterminated(story, line)) {
    return [
      failed('FRM-4', {
        reason: 'bytes without an LF at the end of a stream were forwarded as a frame',
        expected: 'not at any worker',
        seen: `${quoted(line)} at ${line.place}`,
        records: [line.seq],
      }),
    ];
  }
  const mark = markOf(line);
  const source = story.clientSent.find((each) => mark !== undefined && markOf(each) === mark);
  const isHalf = line.kind === 'refused' && line.code === -32700;
  return [
    failed('FRM-7', {
      reason:
        source === undefined
          ? `a worker read ${isHalf ? 'a line that is no frame' : 'a frame that no client sent'}`
          : 'a frame was changed on its way to the worker',
      expected: source === undefined ? 'only what clients sent' : quoted(source),
      seen: `${quoted(line)} at ${line.place}`,
      records: source === undefined ? [line.seq] : [source.seq, line.seq],
    }),
  ];
}

/** A line with its id twice may be forwarded (FRM-8), with another id in one of the places. */
function mayBeDoubled(story: Story, line: Line): boolean {
  const isDoubled = story.clientSent.some(({ latitude }) => latitude === 'FRM-8');
  return isDoubled && line.latitude === 'FRM-8';
}

/** Blank lines are not forwarded. Where no client wrote one, the bus's own do no harm. */
function judgeBlank(story: Story, line: Line): Finding[] {
  if (story.clientSent.every(({ kind }) => kind !== 'blank')) return [];
  return [
    failed('FRM-2', {
      reason: 'a blank line was forwarded',
      expected: 'not at any worker',
      seen: `a blank line at ${line.place}`,
      records: [line.seq],
    }),
  ];
}

function isUnterminated(story: Story, line: Line): boolean {
  const { sessionIdField } = story.header;
  return story.unterminated.some(
    ({ place, bytes }) =>
      story.connections.has(place) && frameFromLine(bytes, sessionIdField).rest === line.rest,
  );
}

function markOf({ bytes }: Line): string | undefined {
  return /"mark":"(m\d+)"/.exec(bytes.toString('latin1'))?.[1];
}

function judgeAtClient(story: Story, line: Line): Finding[] {
  if (line.kind === 'blank') return [];
  const origin = story.originOf.get(line);
  if (origin === undefined) return judgeMade(story, line);
  if (isNoFrame(origin)) {
    return [
      failed('RST-7', {
        reason: 'output of a worker that is no frame reached a client',
        seen: quoted(line),
        records: [origin.seq, line.seq],
      }),
    ];
  }
  if (origin.bytes.length > maxFrameBytesOf(story)) {
    return [
      failed('RST-7', {
        reason: 'a line over the limit from a worker reached a client',
        expected: `no line of more than ${maxFrameBytesOf(story)} bytes`,
        seen: `${origin.bytes.length} bytes on ${line.place}`,
        records: [origin.seq, line.seq],
      }),
    ];
  }
  const findings = [passed('FRM-7')];
  const source = sourceOfResponse(story, origin);
  const isForeign = source !== undefined && source.place !== line.place;
  // With an id that this connection uses as well, nothing but the bytes shows whose it is.
  if (isForeign) {
    findings.push(
      failed('AFF-8', {
        reason: "a client got the response to another client's request",
        expected: `the response on ${source.place} only`,
        seen: `${quoted(line)} on ${line.place}`,
        records: [source.seq, line.seq],
      }),
    );
  }
  const isOther = source !== undefined && !isForeign && source.idJson !== line.idJson;
  if (isOther) {
    findings.push(
      failed('COR-1', {
        reason: 'a response came with the id of another request',
        expected: `the id ${source.idJson}`,
        seen: quoted(line),
        records: [source.seq, line.seq],
      }),
    );
  }
  return findings;
}

/** Whether the bus has to keep it from clients. In a worker's responses the pool may be anything. */
function isNoFrame({ kind, latitude, fault, method }: Line): boolean {
  if (kind !== 'refused' || latitude !== undefined) return false;
  return !(method === undefined && fault?.includes('pool'));
}

function sourceOfResponse(story: Story, origin: Line): Line | undefined {
  const question = story.questionOf.get(origin);
  return question && story.sourceOf.get(question);
}

/** No worker wrote this line: the bus may say errors, and what its extensions define. */
function judgeMade(story: Story, line: Line): Finding[] {
  if (line.kind === 'response' && line.isError) return [];
  const isOwnAnswer =
    line.method === undefined &&
    story.clientSent.some(
      (asked) => asked.place === line.place && asked.idJson === line.idJson && isOwnMethod(asked),
    );
  if (isOwnAnswer) return [];
  if (isOwnMethod(line) && line.kind === 'notification') return [];
  const isFrame = line.kind !== 'refused';
  return [
    failed(isFrame ? 'FRM-7' : 'RST-7', {
      reason: isFrame
        ? 'a client got a frame that no worker wrote so'
        : 'a client got a line that is no frame',
      expected: 'what a worker wrote, or an error of the bus',
      seen: quoted(line),
      records: [line.seq],
    }),
  ];
}

function judgeOnce(story: Story): Finding[] {
  const twice = (groups: ReadonlyMap<Line, readonly Line[]>, to: string) =>
    [...groups]
      .filter(([, copies]) => copies.length > 1)
      .map(([line, copies]) =>
        failed(line.kind === 'notification' ? 'FRM-7' : 'COR-1', {
          reason: `a ${line.kind} reached ${to} twice`,
          expected: 'once',
          seen: `${quoted(line)} at ${copies.map(({ place }) => place).join(' and ')}`,
          records: [line.seq, ...copies.map(({ seq }) => seq)],
        }),
      );
  return [...twice(story.deliveries, 'workers'), ...twice(story.receipts, 'clients')];
}

/** A notification that a later, answered request of its session followed must have arrived. */
function judgeNotifications(story: Story): Finding[] {
  const { stopUs } = momentsOf(story);
  // Where workers are lost or do not read, notifications may be dropped.
  const isCalm = story.faults.length === 0 && noneLost(story, stopUs);
  if (!isCalm) return [];
  const lastDelivered = new Map<string, number>();
  const keyOf = ({ place, sessionId }: Line) => `${place} ${sessionId}`;
  for (const line of story.clientSent) {
    const isDelivered = line.kind === 'request' && story.deliveries.has(line);
    if (isDelivered) lastDelivered.set(keyOf(line), line.index);
  }
  const mayQueue = queuedSessions(story);
  return story.clientSent
    .filter(
      ({ kind, atUs, sessionId, pool }) =>
        kind === 'notification' && atUs < stopUs && sessionId !== undefined && pool === undefined,
    )
    .filter((line) => !isOwnMethod(line))
    .filter((line) => (lastDelivered.get(keyOf(line)) ?? -1) > line.index)
    .filter(({ sessionId = '' }) => !mayQueue.has(sessionId))
    .map((line) =>
      story.deliveries.has(line)
        ? passed('FRM-7')
        : failed('FRM-7', {
            reason: 'a notification of a client was lost',
            expected: 'at the worker of its session',
            seen: `${quoted(line)} nowhere`,
            records: [line.seq],
          }),
    );
}

/** Sessions of which so much was sent that a queue of the bus may have been full (FLW-2). */
function queuedSessions(story: Story): Set<string> {
  const bytes = new Map<string, number>();
  const placeOf = new Map<string, string>();
  for (const line of story.workerReceived) {
    bytes.set(line.place, (bytes.get(line.place) ?? 0) + line.bytes.length);
    if (line.sessionId !== undefined) placeOf.set(line.sessionId, line.place);
  }
  const isBusy = (place: string) => (bytes.get(place) ?? 0) > pipeBytes;
  return new Set([...placeOf].filter(([, place]) => isBusy(place)).map(([session]) => session));
}

/** What the system takes for a worker that does not read, so that nothing queues in the bus. */
const pipeBytes = 32_768;

function noneLost(story: Story, stopUs: number): boolean {
  return [...story.processes.values()].every(
    ({ tag, exitedUs = Infinity }) => tag === 'bus' || exitedUs >= stopUs,
  );
}
