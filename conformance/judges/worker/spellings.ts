import { type Finding, failed, passed } from '../../finding.ts';
import type { Story } from '../../history/story.ts';
import { quoted } from '../moments.ts';
import { exchangesOf } from './exchanges.ts';

/** The id of a response is spelled as in its request. WRK-10. */
export function judgeSpellings(story: Story): Finding[] {
  return exchangesOf(story).exchanges.flatMap(({ request, responses: [response] }) => {
    if (response === undefined) return [];
    if (response.idJson === request.idJson) return [passed('WRK-10')];
    return [
      failed('WRK-10', {
        reason: 'the id of a response is spelled otherwise than in its request',
        expected: `the id ${request.idJson}`,
        seen: quoted(response),
        records: [request.seq, response.seq],
      }),
    ];
  });
}
