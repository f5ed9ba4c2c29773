import type {
  Check,
  CheckVerdict,
  ConformanceReport,
  ScenarioResult,
} from '../../schemas/generated/conformance-report.ts';
import { failedChecks } from './failure.ts';
import { startFailureText } from './start-failure-text.ts';

/** One line of a test report: a scenario on one transport, or something that failed beside them. */
export interface ReportCase {
  /** Profile and transport; what failed beside the scenarios is of `run`. */
  readonly group: string;
  readonly name: string;
  readonly title: string;
  readonly verdict: CheckVerdict;
  readonly durationMs: number;
  /** The checks that say why it did not pass. */
  readonly checks: readonly Check[];
  /** Why it did not pass, where no check says so. */
  readonly reason?: string;
  readonly scenario?: ScenarioResult;
}

/**
 * The cases of a report, for formats that know no more than cases. Beside the scenarios: a subject
 * that did not start, each entry of the baseline that did not come, and a run in which nothing ran,
 * so that no reader takes an empty list for success.
 */
export function reportCasesFrom(report: ConformanceReport): ReportCase[] {
  const cases = [...runCases(report), ...report.scenarios.map(caseFromScenario)];
  if (cases.length > 0) return cases;
  return [runCase('run', 'something was run', 'inconclusive', 'nothing was run')];
}

function caseFromScenario(scenario: ScenarioResult): ReportCase {
  const { id, title, profile, transport, verdict, durationMs } = scenario;
  const checks = verdict === 'fail' ? failedChecks(scenario) : checksOf(scenario, verdict);
  const reason = scenario.error ?? checks[0]?.reason ?? reasons[verdict];
  return {
    group: `${profile}.${transport}`,
    name: `${id} on ${transport}`,
    title,
    verdict,
    durationMs,
    checks,
    ...(reason === undefined ? {} : { reason }),
    scenario,
  };
}

const reasons: Readonly<Partial<Record<CheckVerdict, string>>> = {
  inconclusive: 'could not be judged',
  'not-applicable': 'does not apply to this subject',
  'harness-error': 'the harness failed',
};

function checksOf({ checks }: ScenarioResult, verdict: CheckVerdict): Check[] {
  return verdict === 'pass' ? [] : checks.filter((check) => check.verdict === verdict);
}

function runCases({ startFailure, baseline, verdict }: ConformanceReport): ReportCase[] {
  const cases: ReportCase[] = [];
  if (startFailure !== undefined) {
    const worst = verdict === 'harness-error' ? 'harness-error' : 'fail';
    cases.push(runCase('start', 'the subject starts', worst, startFailureText(startFailure)));
  }
  const { nowPassing = [], otherReason = [], unmatched = [] } = baseline ?? {};
  const title = 'a known failure comes as the baseline says';
  for (const [entries, reason] of [
    [nowPassing, 'it passes now: take it out of the baseline'],
    [otherReason, 'it fails for another reason'],
    [unmatched, 'it matches nothing'],
  ] as const) {
    for (const entry of entries) cases.push(runCase(`baseline: ${entry}`, title, 'fail', reason));
  }
  return cases;
}

function runCase(name: string, title: string, verdict: CheckVerdict, reason: string): ReportCase {
  return { group: 'run', name, title, verdict, durationMs: 0, checks: [], reason };
}
