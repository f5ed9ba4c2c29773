import type { Judge } from '../finding.ts';
import type { Story } from '../history/story.ts';
import { judgeOf } from './facts.ts';

export interface DelayOptions {
  /** Requests with this method may be held up. */
  readonly method: string;
  /** Requests with this one cannot be, and show how fast the machine is at that time. */
  readonly control: string;
  /** How many of each there have to be. */
  readonly atLeast: number;
}

/** A pause of Nagle's algorithm and delayed acknowledgements takes 40 ms. */
const longestPauseUs = 20_000;

/**
 * Responses are on their way no longer than those of the control requests: by the medians of both, so
 * that a busy machine, which delays some of either kind, changes nothing. FLW-4.
 */
export function responsesAreNotHeldUp({ method, control, atLeast }: DelayOptions): Judge {
  return judgeOf('FLW-4', {
    floor: (story) => {
      const count = Math.min(delaysUs(story, method).length, delaysUs(story, control).length);
      return count < atLeast ? `fewer than ${atLeast} responses of each kind came` : undefined;
    },
    fault: (story) => {
      const pauseUs = median(delaysUs(story, method)) - median(delaysUs(story, control));
      if (!(pauseUs > longestPauseUs)) return undefined;
      return {
        reason: 'a frame waited for another on its way to the client',
        expected: 'TCP_NODELAY: no pause between two frames',
        seen: `${Math.round(pauseUs / 1000)} ms more than for a single frame (median of ${delaysUs(story, method).length})`,
      };
    },
  });
}

/** For how long the responses to requests of this method were on their way from worker to client. */
function delaysUs(story: Story, method: string): number[] {
  return story.clientReceived.flatMap((line) => {
    const origin = story.originOf.get(line);
    const question = origin && story.questionOf.get(origin);
    return question?.method === method && origin !== undefined ? [line.atUs - origin.atUs] : [];
  });
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
