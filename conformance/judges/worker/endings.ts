import { type Finding, failed, passed } from '../../finding.ts';
import type { Story } from '../../history/story.ts';
import { howEnded } from '../endings.ts';
import { type WorkerMoments, workerMomentsOf } from './worker-moments.ts';

/**
 * The worker ends when it is asked to and not before (WRK-4), with exit code 0, and leaves nothing
 * running (WRK-7, WRK-8).
 */
export function judgeWorkerEnd(story: Story): Finding[] {
  const moments = workerMomentsOf(story);
  const hasServed = story.workerSent.length > 0;
  return [
    ...(hasServed ? judgeLife(story, moments) : []),
    ...judgeExit(story, moments, hasServed),
    ...judgeLeftovers(story, moments),
  ];
}

function judgeLife(story: Story, { isCrash, stopUs, worker }: WorkerMoments): Finding[] {
  if (!isCrash || worker === undefined) return stopUs < Infinity ? [passed('WRK-4')] : [];
  return [
    failed('WRK-4', {
      reason: 'the worker ended though nobody had asked for it',
      expected: 'it goes on',
      seen: howEnded(worker),
      records: exitRecords(story),
    }),
  ];
}

function judgeExit(
  story: Story,
  { isCrash, abandonedUs, exitUs, ending, worker }: WorkerMoments,
  hasServed: boolean,
): Finding[] {
  if (worker === undefined || exitUs === Infinity || isCrash || !hasServed) return [];
  // Told twice, it may end in any way; and one that was killed is told so by the deadline.
  if (abandonedUs < exitUs) return [];
  if (worker.exitCode === 0) return [passed(ending)];
  return [
    failed(ending, {
      reason: 'it did not end with exit code 0',
      expected: 'exit code 0',
      seen: howEnded(worker),
      records: exitRecords(story),
    }),
  ];
}

function judgeLeftovers({ leftovers }: Story, { ending }: WorkerMoments): Finding[] {
  return leftovers.slice(0, 1).map(({ name, seq }) =>
    failed(ending, {
      reason: 'a process that the worker had started was still running after its end',
      expected: 'nothing',
      seen: name,
      records: [seq],
    }),
  );
}

function exitRecords({ records }: Story): number[] {
  return records
    .filter((each) => each.kind === 'process' && each.event !== 'start')
    .map(({ seq }) => seq);
}
