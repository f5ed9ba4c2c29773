import type { Failure, Judge } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { judgeOf } from './facts.ts';
import { momentsOf, quoted } from './moments.ts';

/** The client that stopped reading was disconnected for it. FLW-1. */
export const slowClientIsCutOff: Judge = judgeOf('FLW-1', {
  floor: tooLittle,
  fault: (story) => {
    const slow = slowClientOf(story);
    return slow === undefined ? undefined : staying(story, slow);
  },
});

const mebibyte = 1024 * 1024;
/** With its own queue for each client, and what is on its way between its processes. */
const whatAdaptersHold = 12 * mebibyte;

/**
 * In bytes: more than systems take for a socket whose other side does not read; for TCP that is some
 * MiB.
 */
export function moreThanSocketsHold({
  transport,
  via,
}: {
  readonly transport: string;
  readonly via?: string | undefined;
}): number {
  return (transport === 'tcp' ? 12 : 4) * mebibyte + (via === undefined ? 0 : whatAdaptersHold);
}

/**
 * What it got is the beginning of what its worker said, without a gap; not all of it where that was
 * more than sockets hold, and the bus had read it before the client read on. FLW-1.
 */
export const slowClientSeesNoGap: Judge = judgeOf('FLW-1', {
  floor: tooLittle,
  fault: (story) => {
    const slow = slowClientOf(story);
    return slow === undefined ? undefined : (gapIn(story, slow) ?? hoardFor(story, slow));
  },
});

function tooLittle(story: Story): string | undefined {
  const slow = slowClientOf(story);
  if (slow === undefined) return 'no client stopped reading';
  const isSilence = saidTo(story, slow).length === 0;
  return isSilence ? 'nothing was said to the client that did not read' : undefined;
}

/** The client that stopped reading first. */
export function slowClientOf({ faults }: Story): string | undefined {
  return faults.find(({ fault, target }) => fault === 'stall' && /^c\d+$/.test(target))?.target;
}

/** What workers said in the sessions of this client, in order. */
function saidTo(story: Story, client: string): Line[] {
  const sessions = new Set(
    story.clientSent.filter(({ place }) => place === client).map(({ sessionId }) => sessionId),
  );
  return story.workerSent.filter(
    ({ method, sessionId }) =>
      method !== undefined && sessionId !== undefined && sessions.has(sessionId),
  );
}

function gapIn(story: Story, client: string): Failure | undefined {
  const said = saidTo(story, client);
  const last = said.findLastIndex((line) => story.receipts.has(line));
  const lost = said.slice(0, Math.max(0, last)).find((line) => !story.receipts.has(line));
  if (lost === undefined) return undefined;
  return {
    reason: 'a frame was dropped from the middle of what a slow client got',
    expected: `${start(lost)} before ${start(said[last] as Line)}`,
    seen: 'only the later one',
    records: [lost.seq],
  };
}

/** Everything that was said was kept for it, as what others got meanwhile shows. */
function hoardFor(story: Story, client: string): Failure | undefined {
  const { atUs: stalledUs = 0 } = story.faults.find(({ target }) => target === client) ?? {};
  const readAgain = story.clientReceived.find(
    ({ place, atUs }) => place === client && atUs > stalledUs,
  );
  if (readAgain === undefined) return undefined;
  // What others got before that shows what the bus had read by then.
  const readBefore = (line: Line) =>
    [...story.originOf].some(
      ([receipt, { place, index }]) =>
        receipt.place !== client &&
        receipt.seq < readAgain.seq &&
        place === line.place &&
        index > line.index,
    );
  const [last] = saidTo(story, client).filter(readBefore).slice(-1);
  const kept = saidTo(story, client).filter(
    ({ index }) => last !== undefined && index <= last.index,
  );
  const keptBytes = kept.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (
    keptBytes < moreThanSocketsHold(story.header) ||
    !kept.every((line) => story.receipts.has(line))
  )
    return undefined;
  return {
    reason: 'more was queued for a client that did not read than max_output_queue allows',
    expected: 'the end of the connection, or frames that were held back',
    seen: `it got all of ${keptBytes} bytes that the bus had read before it read on`,
    records: [readAgain.seq],
  };
}

function staying(story: Story, client: string): Failure | undefined {
  const { endedUs = Infinity } = story.connections.get(client) ?? {};
  if (endedUs < momentsOf(story).stopUs) return undefined;
  return {
    reason: 'a client that did not read was not disconnected',
    expected: `the end of ${client} after backpressure_timeout_sec`,
    seen: 'it got everything that was said, however much it was',
  };
}

function start(line: Line): string {
  return quoted(line).slice(0, 100);
}
