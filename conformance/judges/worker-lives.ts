import type { Judge } from '../finding.ts';
import { judgeOf } from './facts.ts';
import { momentsOf } from './moments.ts';

/** A judge that passes where no worker has ended before the subject was told to end. */
export function workersGoOn(requirement: string): Judge {
  return judgeOf(requirement, {
    floor: (story) => (story.workerSent.length === 0 ? 'no worker wrote anything' : undefined),
    fault: (story) => {
      const { stopUs } = momentsOf(story);
      const lost = [...story.processes.values()].find(
        ({ tag, exitedUs = Infinity }) => tag !== 'bus' && exitedUs < stopUs,
      );
      if (lost === undefined) return undefined;
      const records = story.records.filter(
        (each) => each.kind === 'process' && each.process === lost.tag,
      );
      return {
        reason: 'a worker was ended though nobody had asked for it',
        expected: 'it goes on',
        seen: `the end of ${lost.tag}`,
        records: records.map(({ seq }) => seq),
      };
    },
  });
}
