import type { Check, CheckVerdict } from '../../schemas/generated/conformance-report.ts';
import type { HistoryRecord } from '../../schemas/generated/history.ts';
import type { Finding } from '../finding.ts';
import { storyFromRecords } from '../history/story.ts';
import { timelineOf } from '../history/timeline.ts';
import { generalJudges } from '../judges/general-judges.ts';
import { generalWorkerJudges } from '../judges/worker/general-judges.ts';
import type { Scenario } from '../scenario.ts';

/** What the judges say of a history, one check for each requirement. */
export interface Judgement {
  readonly verdict: Exclude<CheckVerdict, 'harness-error'>;
  readonly checks: Check[];
}

const severity: readonly Finding['verdict'][] = ['not-applicable', 'pass', 'inconclusive', 'fail'];

/**
 * Judges a history: by the general judges and the scenario's own. A requirement that the scenario is
 * for and that nobody could say anything about is inconclusive: an empty pass is none.
 */
export function judgementOf(
  scenario: Pick<Scenario, 'requirements' | 'judges'>,
  records: readonly HistoryRecord[],
): Judgement {
  const story = storyFromRecords(records);
  const general = story.header.transport === 'pipe' ? generalWorkerJudges : generalJudges;
  const judges = [...general, ...(scenario.judges ?? [])];
  const findings = judges.flatMap((judge) => judge(story));
  const byRequirement = new Map<string, Finding[]>();
  for (const requirement of scenario.requirements) byRequirement.set(requirement, []);
  for (const finding of findings) {
    const known = byRequirement.get(finding.requirement);
    // Passes of others are by the way: they are not what this scenario is for.
    if (known !== undefined) known.push(finding);
    else if (finding.verdict === 'fail') byRequirement.set(finding.requirement, [finding]);
  }
  const unmet = story.deadlines.find(({ met, requirement }) => !met && requirement === undefined);
  const checks = [...byRequirement].map(([requirement, own]) =>
    checkFrom(requirement, own, records, unmet?.waitedFor),
  );
  const verdicts = checks.map(({ verdict }) => verdict as Finding['verdict']);
  return { verdict: worst(verdicts), checks };
}

function worst(verdicts: readonly Finding['verdict'][]): Finding['verdict'] {
  return severity[Math.max(...verdicts.map((each) => severity.indexOf(each)))] ?? 'inconclusive';
}

function checkFrom(
  requirement: string,
  findings: readonly Finding[],
  records: readonly HistoryRecord[],
  waitedFor: string | undefined,
): Check {
  const verdict = findings.length === 0 ? 'inconclusive' : worst(findings.map((f) => f.verdict));
  if (verdict === 'pass' || verdict === 'not-applicable') return { requirement, verdict };
  const shown = findings.find((finding) => finding.verdict === verdict);
  if (shown === undefined) {
    const why =
      waitedFor === undefined ? 'nothing in the history shows it' : `${waitedFor} did not come`;
    return {
      requirement,
      verdict,
      reason: `could not be judged: ${why}`,
      timeline: timelineOf(records, []),
    };
  }
  return { ...shown, timeline: timelineOf(records, shown.records ?? []) };
}
