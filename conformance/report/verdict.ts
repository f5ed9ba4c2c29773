import type {
  ConformanceReport,
  RequirementResult,
  ScenarioResult,
  VerdictCounts,
} from '../../schemas/generated/conformance-report.ts';
import type { Failure } from './failure.ts';

/** What the verdict of a run follows from. */
export interface RunOutcome extends Pick<ConformanceReport, 'startFailure'> {
  readonly scenarios: readonly ScenarioResult[];
  readonly requirements: readonly RequirementResult[];
  /** Failures of a MUST that no baseline knows. */
  readonly newMustFailures: number;
  /** Whether every entry of the baseline, if there is one, came as it says. */
  readonly isBaselineKept: boolean;
}

/**
 * The verdict of a run. not-conformant: a MUST failed that no baseline knows, an entry of the
 * baseline did not come, or the subject was executed and did not start. harness-error: the suite or
 * the set-up failed, so also where the subject's command cannot be executed. inconclusive:
 * something that was selected could not be judged, or nothing was. Else conformant: a SHOULD that
 * failed is reported and does not decide.
 */
export function verdictFromOutcome(outcome: RunOutcome): ConformanceReport['verdict'] {
  const { startFailure, scenarios, requirements } = outcome;
  if (startFailure !== undefined) {
    return startFailure.error === undefined ? 'not-conformant' : 'harness-error';
  }
  if (outcome.newMustFailures > 0 || !outcome.isBaselineKept) return 'not-conformant';
  const verdicts = [...scenarios, ...requirements].map(({ verdict }) => verdict);
  if (verdicts.includes('harness-error')) return 'harness-error';
  if (verdicts.includes('inconclusive')) return 'inconclusive';
  const isJudged = requirements.some(({ verdict }) => verdict === 'pass' || verdict === 'fail');
  return isJudged ? 'conformant' : 'inconclusive';
}

/** The failures that break a MUST which applies to the subject. */
export function mustFailures(
  failures: readonly Failure[],
  requirements: readonly RequirementResult[],
): Failure[] {
  const broken = requirements.filter(
    ({ level, verdict }) => level === 'MUST' && verdict === 'fail',
  );
  const ids = new Set(broken.map(({ id }) => id));
  return failures.filter(({ check }) => ids.has(check.requirement));
}

/** How many scenarios ended how. */
export function countsFromResults(results: readonly ScenarioResult[]): VerdictCounts {
  const counts: VerdictCounts = {
    pass: 0,
    fail: 0,
    inconclusive: 0,
    'not-applicable': 0,
    'harness-error': 0,
  };
  for (const { verdict } of results) counts[verdict]++;
  return counts;
}
