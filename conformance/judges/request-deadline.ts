import type { Judge } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { judgeOf } from './facts.ts';
import { quoted } from './moments.ts';
import { answerTo } from './served-requests.ts';

/** A system's timers may be so much early, as its clocks are read. */
const toleranceUs = 10_000;

/**
 * Requests with this method, which no worker answered in time, got an error when the time was over:
 * not before and not much later. CFG-1.
 */
export function deadlineIsKept(method: string, seconds: number): Judge {
  return judgeOf('CFG-1', {
    floor: (story) => (asked(story, method).length === 0 ? 'nothing was asked' : undefined),
    fault: (story) => {
      const { timeScale, deadlinesUs } = story.header;
      const longestUs = seconds * 1e6 * timeScale + (deadlinesUs.grace ?? 0);
      const wrong = asked(story, method).find((line) => {
        const answer = answerTo(story, line);
        const tookUs = (answer?.atUs ?? Infinity) - line.atUs;
        const isEarly = tookUs < seconds * 1e6 - toleranceUs;
        return answer?.isError !== true || isEarly || tookUs > longestUs;
      });
      return wrong && off(story, wrong, seconds);
    },
  });
}

function asked(story: Story, method: string): Line[] {
  return story.clientSent.filter((line) => line.kind === 'request' && line.method === method);
}

function off(story: Story, line: Line, seconds: number) {
  const answer = answerTo(story, line);
  const after =
    answer && `after ${Math.round((answer.atUs - line.atUs) / 1000)} ms: ${quoted(answer)}`;
  return {
    reason: 'a request did not get its error when request_timeout_sec had passed',
    expected: `an error to ${quoted(line)} after ${seconds * 1000} ms`,
    seen: after ?? 'nothing',
    records: answer === undefined ? [line.seq] : [line.seq, answer.seq],
  };
}
