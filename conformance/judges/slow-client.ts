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

/** What it got is the beginning of what its worker said, without a gap. FLW-1. */
export const slowClientSeesNoGap: Judge = judgeOf('FLW-1', {
  floor: tooLittle,
  fault: (story) => {
    const slow = slowClientOf(story);
    return slow === undefined ? undefined : gapIn(story, slow);
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
