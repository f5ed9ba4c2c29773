import { type Judge, passed, unclear } from '../finding.ts';

/**
 * A floor for a scenario whose answers the general judges look at: so many requests at least had an
 * answer, of whatever kind.
 */
export function everyRequestIsAnswered(requirement: string, atLeast: number): Judge {
  return (story) => {
    const answered = story.clientReceived.filter(({ method }) => method === undefined).length;
    if (answered >= atLeast) return [passed(requirement)];
    return [unclear(requirement, { reason: `fewer than ${atLeast} answers came` })];
  };
}
