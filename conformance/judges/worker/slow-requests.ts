import type { Judge } from '../../finding.ts';
import { judgeOf } from '../facts.ts';
import { exchangesOf } from './exchanges.ts';

/** What is answered sooner is not slow, in milliseconds: a manifest is asked for a second or more. */
export const slowMs = 250;

/** The id of a request `probes.slow`, by which its judge finds it. */
export const slowIdJson = '"slow-1"';

/** Inconclusive where `probes.slow` of the manifest is answered at once: nothing was pending then. */
export function slowIsSlow(requirement: string): Judge {
  return judgeOf(requirement, {
    floor(story) {
      const { request, responses = [] } =
        exchangesOf(story).exchanges.find((each) => each.request.idJson === slowIdJson) ?? {};
      const [response] = responses;
      if (request === undefined || response === undefined) return undefined;
      const tookMs = Math.round((response.atUs - request.atUs) / 1000);
      if (tookMs >= slowMs) return undefined;
      return `the slow request of the manifest was answered in ${tookMs} ms: name one that takes a second or more`;
    },
    fault: () => undefined,
  });
}
