import { expectedFailures } from './sources/baseline.ts';
import { busConfig } from './sources/bus-config.ts';
import { busMethods } from './sources/bus-methods.ts';
import { busRouting } from './sources/bus-routing.ts';
import { classification } from './sources/classification.ts';
import { codex } from './sources/codex.ts';
import { conformanceReport } from './sources/conformance-report.ts';
import { errors } from './sources/errors.ts';
import { extMember } from './sources/ext.ts';
import { failures } from './sources/failures.ts';
import { frames } from './sources/frames.ts';
import { framing } from './sources/framing.ts';
import { history } from './sources/history.ts';
import { hops } from './sources/hops.ts';
import { httpReport } from './sources/http-report.ts';
import { ids } from './sources/ids.ts';
import { jsonText } from './sources/json-text.ts';
import { latencyReport } from './sources/latency-report.ts';
import { limits } from './sources/limits.ts';
import { lines } from './sources/lines.ts';
import { loadReport } from './sources/load-report.ts';
import { nesting } from './sources/nesting.ts';
import { otherMembers } from './sources/other-members.ts';
import { ownMethods } from './sources/own-methods.ts';
import { pools } from './sources/pools.ts';
import { precedence } from './sources/precedence.ts';
import { processCalls } from './sources/process-calls.ts';
import { processEvents } from './sources/process-events.ts';
import { requirements } from './sources/requirements.ts';
import { responses } from './sources/responses.ts';
import { routingMembers } from './sources/routing-members.ts';
import { runs } from './sources/runs.ts';
import { scenarioRecords } from './sources/scenario-records.ts';
import { sessionField } from './sources/session-field.ts';
import { sessionIds } from './sources/session-ids.ts';
import { shortLimits } from './sources/short-limits.ts';
import { subjects } from './sources/subjects.ts';
import type { Topic } from './sources/topic.ts';
import { utf8 } from './sources/utf8.ts';
import { vectors } from './sources/vectors.ts';
import { checkTopics } from './topic-check.ts';

const topics: ReadonlyMap<string, Topic> = new Map([
  ['framing.json', framing],
  ['lines.json', lines],
  ['json-text.json', jsonText],
  ['utf8.json', utf8],
  ['nesting.json', nesting],
  ['classification.json', classification],
  ['ids.json', ids],
  ['routing-members.json', routingMembers],
  ['other-members.json', otherMembers],
  ['session-ids.json', sessionIds],
  ['session-field.json', sessionField],
  ['pools.json', pools],
  ['responses.json', responses],
  ['own-methods.json', ownMethods],
  ['precedence.json', precedence],
  ['limits.json', limits],
  ['short-limits.json', shortLimits],
  ['frames.json', frames],
  ['hops.json', hops],
  ['errors.json', errors],
  ['ext.json', extMember],
  ['bus-methods.json', busMethods],
  ['codex.json', codex],
  ['process-calls.json', processCalls],
  ['process-events.json', processEvents],
  ['bus-config.json', busConfig],
  ['bus-routing.json', busRouting],
  ['subjects.json', subjects],
  ['requirements.json', requirements],
  ['baseline.json', expectedFailures],
  ['runs.json', runs],
  ['history.json', history],
  ['scenario-records.json', scenarioRecords],
  ['conformance-report.json', conformanceReport],
  ['failures.json', failures],
  ['latency-report.json', latencyReport],
  ['load-report.json', loadReport],
  ['http-report.json', httpReport],
  ['vectors.json', vectors],
]);

/**
 * The vector files as `npm run generate` writes them: file name (such as `framing.json`) to its
 * text. Deterministic. Throws where `checkTopics` does.
 */
export function buildVectorFiles(): ReadonlyMap<string, string> {
  checkTopics(topics);
  return new Map(Array.from(topics, ([name, topic]) => [name, textOf(topic)]));
}

function textOf({ title, vectors }: Topic): string {
  return `${JSON.stringify({ $schema: '../vector.schema.json', title, vectors }, null, 2)}\n`;
}
