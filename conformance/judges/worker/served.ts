import type { Judge } from '../../finding.ts';
import type { Line } from '../../history/story.ts';
import { judgeOf } from '../facts.ts';
import { quoted } from '../moments.ts';
import { exchangesOf } from './exchanges.ts';
import { workerMomentsOf } from './worker-moments.ts';

export interface ServedOptions {
  /** Fewer requests than that show nothing. */
  readonly atLeast?: number;
  /** Which requests are meant; default: all. */
  readonly which?: (request: Line) => boolean;
}

/** Every request that was made before the worker was asked to end has its response. */
export function everyRequestIsAnswered(
  requirement: string,
  { atLeast = 2, which = () => true }: ServedOptions = {},
): Judge {
  return judgeOf(requirement, {
    floor(story) {
      const answered = exchangesOf(story).exchanges.filter(
        ({ request, responses }) => which(request) && responses.length > 0,
      );
      if (answered.length >= atLeast) return undefined;
      return `only ${answered.length} of ${atLeast} requests were made and answered`;
    },
    fault(story) {
      const { stopUs, isCrash, worker } = workerMomentsOf(story);
      const missing = exchangesOf(story).exchanges.find(
        ({ request, responses }) =>
          which(request) && responses.length === 0 && request.atUs < stopUs,
      );
      if (missing === undefined) return undefined;
      return {
        reason: isCrash ? 'the worker ended on it' : 'a request was not answered',
        expected: `a response to ${quoted(missing.request)}`,
        seen: isCrash ? `exit code ${worker?.exitCode ?? worker?.signal}` : 'none',
        records: [missing.request.seq],
      };
    },
  });
}
