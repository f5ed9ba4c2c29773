import { type Finding, failed, passed } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { hasLeft, isOwnMethod, maxFrameBytesOf, momentsOf, quoted } from './moments.ts';

/** A frame of a session that a client sent, and when a worker had read it. */
interface Turn {
  readonly sent: Line;
  /** At the worker; absent where it never got there. */
  readonly delivery: Line | undefined;
}

/** All frames of a session that clients sent: those that workers read, in the order of reading, and the others. */
interface Turns {
  readonly read: readonly Turn[];
  readonly unread: readonly Turn[];
}

/**
 * What a worker says of a session goes to the session's owner, whole, and to nobody else; what it
 * says of no session goes to nobody. AFF-8, and COR-6 for its requests.
 */
export function judgeOwnership(story: Story): Finding[] {
  const said = story.workerSent.filter(({ kind }) => kind === 'notification' || kind === 'request');
  const sessions = turnsBySession(story);
  const lastHeard = lastHeardFrom(story);
  return said.flatMap((line) => {
    const turns = sessions.get(line.sessionId ?? '') ?? { read: [], unread: [] };
    return judgeSaid(story, line, { turns, lastHeard });
  });
}

function turnsBySession(story: Story): Map<string, Turns> {
  const sessions = new Map<string, { read: Turn[]; unread: Turn[] }>();
  const turnsOf = (sessionId: string) => {
    const turns = sessions.get(sessionId) ?? { read: [], unread: [] };
    sessions.set(sessionId, turns);
    return turns;
  };
  for (const delivery of story.workerReceived) {
    const sent = story.sourceOf.get(delivery);
    if (sent?.sessionId === undefined || sent.method === undefined) continue;
    turnsOf(sent.sessionId).read.push({ sent, delivery });
  }
  for (const sent of story.clientSent) {
    if (sent.sessionId === undefined || sent.method === undefined) continue;
    if (!story.deliveries.has(sent))
      turnsOf(sent.sessionId).unread.push({ sent, delivery: undefined });
  }
  return sessions;
}

/** The last line of each worker that a client got: the bus has read all that it wrote before. */
function lastHeardFrom(story: Story): Map<string, number> {
  const last = new Map<string, number>();
  for (const origin of story.originOf.values()) {
    last.set(origin.place, Math.max(last.get(origin.place) ?? -1, origin.index));
  }
  return last;
}

interface Circumstances {
  readonly turns: Turns;
  readonly lastHeard: ReadonlyMap<string, number>;
}

function judgeSaid(story: Story, line: Line, circumstances: Circumstances): Finding[] {
  const requirement = line.kind === 'request' ? 'COR-6' : 'AFF-8';
  const receipts = story.receipts.get(line) ?? [];
  const { turns } = circumstances;
  const turn = lastTurnBefore(turns, line);
  const owner = turn?.sent.place;
  const findings: Finding[] = [];
  for (const receipt of receipts) {
    const isOwner = owner === receipt.place || couldOwn(story, receipt, { turn, turns });
    if (isOwner && line.sessionId !== undefined) {
      findings.push(passed(requirement), passed('AFF-8'));
      continue;
    }
    findings.push(
      failed('AFF-8', {
        reason:
          line.sessionId === undefined
            ? `a worker's ${line.kind} without a session reached a client`
            : `a worker's ${line.kind} reached a client that does not own its session`,
        expected: owner === undefined ? 'at nobody' : `at ${owner}`,
        seen: `${quoted(line)} at ${receipt.place}`,
        records: [line.seq, receipt.seq],
      }),
    );
  }
  if (
    receipts.length === 0 &&
    turn !== undefined &&
    isDue(story, line, { turn, ...circumstances })
  ) {
    findings.push(
      failed(requirement, {
        reason: `a worker's ${line.kind} never reached the owner of its session`,
        expected: `${quoted(line)} at ${owner}`,
        seen: 'nowhere',
        records: [line.seq],
      }),
    );
  }
  return findings;
}

/** The frame of the session that a worker had read last when this line was written. */
function lastTurnBefore({ read }: Turns, { seq }: Line): Turn | undefined {
  let low = 0;
  let high = read.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (((read[middle] as Turn).delivery?.seq ?? 0) < seq) low = middle + 1;
    else high = middle;
  }
  return read[low - 1];
}

/**
 * Whether the receiver may have been the owner: a frame of it may have been the last that the bus had
 * accepted, since it was under way at the same time as the last one that the worker had read, or later.
 */
function couldOwn(
  story: Story,
  receipt: Line,
  { turn, turns }: { readonly turn: Turn | undefined; readonly turns: Turns },
): boolean {
  const ownedUs = turn?.sent.atUs ?? 0;
  const isCandidate = ({ sent, delivery }: Turn) =>
    sent.place === receipt.place &&
    sent.atUs <= receipt.atUs &&
    (delivery?.atUs ?? Infinity) >= ownedUs;
  if (turns.read.some(isCandidate)) return true;
  return turns.unread.some((each) => isCandidate(each) && !isRefused(story, each));
}

/**
 * Whether the bus has certainly not accepted a request: it has answered in place of a worker, while
 * no worker was lost and nothing ran out of time.
 */
function isRefused(story: Story, { sent }: Turn): boolean {
  const { stopUs } = momentsOf(story);
  const { request_timeout_sec: timeoutSec = 0 } = story.header.limits;
  const isCalm = [...story.processes.values()].every(
    ({ tag, doomedUs = Infinity }) => tag === 'bus' || doomedUs >= stopUs,
  );
  if (!isCalm || timeoutSec > 0) return false;
  const answers = story.clientReceived.filter(
    ({ place, idJson, method, atUs }) =>
      place === sent.place && idJson === sent.idJson && method === undefined && atUs < stopUs,
  );
  return answers.some(
    (answer) => (answer.isError || isOwnMethod(sent)) && !story.originOf.has(answer),
  );
}

/** Whether the frame has to arrive: its owner is there and reads, its worker has the session. */
function isDue(
  story: Story,
  line: Line,
  { turn, turns, lastHeard }: Circumstances & { readonly turn: Turn },
): boolean {
  const { place: owner } = turn.sent;
  if (isOwnMethod(line) || !line.isWritten || turn.delivery?.place !== line.place) return false;
  const { stopUs, abandonedUs, exitUs } = momentsOf(story);
  if (line.bytes.length >= maxFrameBytesOf(story) || abandonedUs < Infinity) return false;
  // That the bus had read it shows only in what the worker wrote after it.
  if ((lastHeard.get(line.place) ?? -1) <= line.index) return false;
  const { doomedUs = Infinity } = story.processes.get(line.place) ?? {};
  const { session_idle_sec: idleSec = 0 } = story.header.limits;
  if (doomedUs < stopUs || idleSec > 0) return false;
  const { halfClosedUs, endedUs = Infinity } = story.connections.get(owner) ?? {};
  if (halfClosedUs !== undefined && line.kind === 'request') return false;
  if (hasLeft(story, owner) || endedUs < Math.min(stopUs, exitUs)) return false;
  const isOther = ({ sent, delivery }: Turn) =>
    sent.place !== owner && (delivery?.atUs ?? Infinity) >= turn.sent.atUs;
  if (turns.read.some(isOther) || turns.unread.some(isOther)) return false;
  // A request that is asked again under an id that is taken gets an error instead (COR-6).
  return !(line.kind === 'request' && isAnsweredByBus(story, line));
}

function isAnsweredByBus(story: Story, { place, idJson }: Line): boolean {
  return story.workerReceived.some(
    (line) => line.place === place && line.isError && line.idJson === idJson,
  );
}
