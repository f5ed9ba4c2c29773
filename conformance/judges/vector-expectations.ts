import type { ByteVector, ExpectedError, ExpectedFrame } from '../../schemas/generated/vector.ts';
import { type Failure, type Finding, failed, type Judge, passed } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { errorCodeOf } from './answers.ts';
import { closingLinesOf, isOwnMethod, maxFrameBytesOf, quoted } from './moments.ts';

/** The observation that says where a vector begins; its value is the vector's id. */
export const vectorOn = (connection: string) => `vector on ${connection}`;

/** A vector as it was played, and the lines of it that were written. */
interface Played {
  readonly vector: ByteVector;
  readonly connection: string;
  /** The lines that were ended by an LF. */
  readonly lines: readonly Line[];
}

/** What a bus that takes the latitude of the vectors' README may do otherwise. */
export function latitudeOf({
  id,
}: ByteVector): 'absent-session' | 'either-member' | 'limit' | undefined {
  if (/^(AFF-6\/(no|bad)-session-|CFG-4\/bad-)/.test(id)) return 'absent-session';
  if (/^(FRM-8|CFG-4)\/twice-/.test(id)) return 'either-member';
  return /^FRM-6\/(over|blank-over|exact)-/.test(id) ? 'limit' : undefined;
}

/**
 * Judges by what the vectors themselves say: the lines that they accept reach a worker, those that
 * they refuse reach nobody and get their error. One finding for each requirement that they name.
 */
export function vectorsAreKept(vectors: readonly ByteVector[]): Judge {
  const byId = new Map(vectors.map((vector) => [vector.id, vector]));
  return (story) => {
    const played = playedOf(story, byId);
    const failures = [
      ...played.flatMap((each) => judgeFrames(story, each)),
      ...byConnection(played).flatMap((each) => judgeErrors(story, each)),
    ];
    const broken = new Set(failures.map(({ requirement }) => requirement));
    const kept = new Set(played.map(({ vector }) => vector.requirement));
    return [...failures, ...[...kept].filter((id) => !broken.has(id)).map(passed)];
  };
}

function playedOf(story: Story, vectors: ReadonlyMap<string, ByteVector>): Played[] {
  const linesOn = new Map<string, Line[]>();
  for (const line of story.clientSent) {
    const lines = linesOn.get(line.place) ?? [];
    linesOn.set(line.place, lines);
    lines.push(line);
  }
  const beginnings = story.observations.filter(({ name }) => name.startsWith(vectorOn('')));
  return beginnings.flatMap(({ name, value, seq }, index) => {
    const connection = name.slice(vectorOn('').length);
    const vector = vectors.get(String(value));
    const next = beginnings.find((each, later) => later > index && each.name === name);
    const lines = (linesOn.get(connection) ?? []).filter(
      (line) => line.seq > seq && line.seq < (next?.seq ?? Infinity),
    );
    return vector === undefined ? [] : [{ vector, connection, lines }];
  });
}

function byConnection(played: readonly Played[]): Played[][] {
  const groups = new Map<string, Played[]>();
  for (const each of played) {
    const group = groups.get(each.connection);
    if (group === undefined) groups.set(each.connection, [each]);
    else group.push(each);
  }
  return [...groups.values()];
}

/** The lines of a vector that nothing is asked of: they came after one over the limit (FRM-6). */
function isVoid(story: Story, { connection, lines }: Played, number: number): boolean {
  const closingLine = closingLinesOf(story).get(connection);
  return closingLine !== undefined && lines.slice(0, number - 1).includes(closingLine);
}

function judgeFrames(story: Story, played: Played): Finding[] {
  const { vector, lines } = played;
  return vector.frames.flatMap((frame) => {
    const line = lines[frame.line - 1];
    if (line === undefined || isVoid(story, played, frame.line)) return [];
    if (!mustReachWorker(frame) || isFree(story, vector, line)) return [];
    if (story.deliveries.has(line)) return [];
    return [
      brokenVector(vector, {
        reason: `a ${frame.kind} of the vector ${vector.id} did not reach a worker as it was sent`,
        expected: `${quoted(line)} at a worker`,
        seen: 'nowhere',
        records: [line.seq],
      }),
    ];
  });
}

/** A frame may name any pool, a configuration not: for these there can be none (AFF-7). */
export const longestPoolName = 256;

/** Whether the frame is for a worker, whatever came before it. */
export function mustReachWorker(frame: ExpectedFrame): boolean {
  if (frame.kind === 'response' || isOwnMethod(frame as never)) return false;
  if ((frame.pool?.length ?? 0) > longestPoolName) return false;
  // A later frame of a session that names another pool may be refused (AFF-7).
  return frame.pool === undefined || frame.sessionId === undefined;
}

function isFree(story: Story, vector: ByteVector, { bytes }: Line): boolean {
  return latitudeOf(vector) === 'limit' && bytes.length >= maxFrameBytesOf(story);
}

function judgeErrors(story: Story, played: readonly Played[]): Finding[] {
  const [{ connection }] = played as [Played];
  const seen = story.clientReceived
    .filter(({ place, isError }) => place === connection && isError)
    .map((line) => ({ line, code: errorCodeOf(line), idJson: line.idJson ?? 'null' }));
  const findings: Finding[] = [];
  const errors = played.flatMap((each) => each.vector.errors.map((error) => ({ each, error })));
  const isDue = ({ each, error }: (typeof errors)[number]) => isOwed(story, each, error);
  // Those that may be missing do not take the errors of the others.
  for (const { each, error } of [...errors.filter(isDue), ...errors.filter((e) => !isDue(e))]) {
    const { vector, lines } = each;
    const line = lines[error.line - 1];
    const forwarded = line && story.deliveries.get(line)?.[0];
    if (line !== undefined && forwarded !== undefined && !mayPass(vector, line.kind)) {
      findings.push(
        brokenVector(vector, {
          reason: `a line of the vector ${vector.id} was forwarded that has to be refused`,
          expected: 'not at any worker',
          seen: `${quoted(forwarded)} at ${forwarded.place}`,
          records: [forwarded.seq],
        }),
      );
    }
    const index = seen.findIndex(({ code, idJson }) => fits(vector, error, { code, idJson }));
    if (index >= 0) seen.splice(index, 1);
    else if (isDue({ each, error })) findings.push(unanswered(each, error));
  }
  return findings;
}

function mayPass(vector: ByteVector, kind: Line['kind']): boolean {
  const latitude = latitudeOf(vector);
  return kind === 'refused' && (latitude === 'absent-session' || latitude === 'either-member');
}

function fits(
  vector: ByteVector,
  { code, idJson }: ExpectedError,
  seen: { readonly code: number | undefined; readonly idJson: string },
): boolean {
  const isAnyCode = code === -32055 || latitudeOf(vector) === 'limit';
  return seen.idJson === idJson && (isAnyCode || seen.code === code);
}

/** Whether the error had to come, whichever latitude the bus takes. */
function isOwed(story: Story, played: Played, { line: number, code }: ExpectedError): boolean {
  const { vector, lines } = played;
  if (isVoid(story, played, number)) return false;
  if (code === -32600 && mayPass(vector, 'refused')) return false;
  const isBlank = lines[number - 1]?.kind === 'blank';
  return !(isBlank && latitudeOf(vector) === 'limit');
}

function unanswered({ vector, lines }: Played, { line, code, idJson }: ExpectedError): Finding {
  const sent = lines[line - 1];
  return brokenVector(vector, {
    reason: `a line of the vector ${vector.id} was not refused as it has to be`,
    expected: `error ${code} with the id ${idJson}`,
    seen: 'no such error',
    records: sent === undefined ? [] : [sent.seq],
  });
}

function brokenVector({ requirement }: ByteVector, failure: Failure): Finding {
  return failed(requirement, failure);
}
