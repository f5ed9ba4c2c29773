import type { Judge } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { judgeOf } from './facts.ts';
import { quoted } from './moments.ts';

export interface ArrivalOptions {
  /** The least number of such frames that shows anything. */
  readonly atLeast: number;
  readonly which: (line: Line, story: Story) => boolean;
}

/** A judge: the frames of clients that fit reached a worker, as they were sent. */
export function framesReachWorkers(requirement: string, options: ArrivalOptions): Judge {
  return arrivals(requirement, options, {
    sent: (story) => story.clientSent,
    arrived: (story) => story.deliveries,
    where: 'a worker',
  });
}

/** A judge: the frames of workers that fit reached a client, as they were written. */
export function framesReachClients(requirement: string, options: ArrivalOptions): Judge {
  return arrivals(requirement, options, {
    sent: (story) => story.workerSent,
    arrived: (story) => story.receipts,
    where: 'a client',
  });
}

function arrivals(
  requirement: string,
  { atLeast, which }: ArrivalOptions,
  hop: {
    readonly sent: (story: Story) => readonly Line[];
    readonly arrived: (story: Story) => ReadonlyMap<Line, readonly Line[]>;
    readonly where: string;
  },
): Judge {
  const fitting = (story: Story) => hop.sent(story).filter((line) => which(line, story));
  return judgeOf(requirement, {
    floor: (story) =>
      fitting(story).length < atLeast ? `fewer than ${atLeast} such frames were sent` : undefined,
    fault: (story) => {
      const lost = fitting(story).find((line) => !hop.arrived(story).has(line));
      return (
        lost && {
          reason: `a ${lost.kind} did not reach ${hop.where} as it was sent`,
          expected: `${quoted(lost)} at ${hop.where}`,
          seen: 'nowhere',
          records: [lost.seq],
        }
      );
    },
  });
}
