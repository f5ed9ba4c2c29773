import { type Finding, failed, passed } from '../finding.ts';
import type { ProcessFacts, Story } from '../history/story.ts';
import { momentsOf } from './moments.ts';

/**
 * The subject ends when it is told to and not before, cleanly, and leaves nothing behind. SEC-4,
 * DRN-2, DRN-5, DRN-8.
 */
export function judgeEndings(story: Story): Finding[] {
  const bus = story.processes.get('bus');
  if (bus?.exitedUs === undefined) return [];
  return [...judgeUnasked(story, bus), ...judgeExit(story, bus), ...judgeLeftovers(story)];
}

function judgeUnasked(story: Story, bus: ProcessFacts): Finding[] {
  const hasServed = story.clientReceived.length > 0;
  if (!hasServed) return [];
  if ((bus.exitedUs ?? 0) >= momentsOf(story).stopUs) return [passed('SEC-4')];
  return [
    failed('SEC-4', {
      reason: 'the bus ended though nobody had asked for it',
      expected: 'it goes on',
      seen: howEnded(bus),
      records: exitRecords(story),
    }),
  ];
}

/** How a process ended, in words. */
export function howEnded({ exitCode, signal }: Pick<ProcessFacts, 'exitCode' | 'signal'>): string {
  return signal ? `ended by ${signal}` : `ended with exit code ${exitCode}`;
}

function judgeExit(story: Story, bus: ProcessFacts): Finding[] {
  const { stopUs, abandonedUs, exitUs } = momentsOf(story);
  const hasServed = story.clientReceived.length > 0;
  const drainUs = (story.header.limits.drain_timeout_sec ?? 5) * 1_000_000;
  // After a drain that ran into its timeout, the exit code is free.
  const isClean = stopUs < exitUs && exitUs - stopUs < drainUs && abandonedUs >= exitUs;
  const isKilled = bus.signal === 'SIGKILL';
  if (!hasServed || isKilled || (!isClean && bus.signal === null)) return [];
  if (bus.exitCode === 0) return [passed('DRN-2')];
  if (stopUs >= exitUs || abandonedUs < exitUs) return [];
  return [
    failed('DRN-2', {
      reason: 'a drain did not end with exit code 0',
      expected: 'exit code 0',
      seen: howEnded(bus),
      records: exitRecords(story),
    }),
  ];
}

function judgeLeftovers(story: Story): Finding[] {
  const hadWorkers = [...story.processes.keys()].some((tag) => tag !== 'bus');
  const findings = story.leftovers.map(({ what, name, seq }) =>
    failed(what === 'descendant' ? 'DRN-8' : 'DRN-5', {
      reason: `after the end of the bus there was still ${leftoverWords[what]}`,
      expected: 'nothing',
      seen: name,
      records: [seq],
    }),
  );
  if (findings.length > 0 || !hadWorkers) return findings;
  return [passed('DRN-5')];
}

const leftoverWords = {
  process: 'a worker',
  descendant: 'a process that a worker had started',
  zombie: 'a zombie',
  socket: 'a socket file',
} as const;

function exitRecords(story: Story): number[] {
  return story.records
    .filter((each) => each.kind === 'process' && each.process === 'bus' && each.event !== 'start')
    .map(({ seq }) => seq);
}
