import type { Check, ScenarioResult } from '../../schemas/generated/conformance-report.ts';

/** One requirement that one scenario saw broken on one transport. */
export interface Failure {
  readonly scenario: ScenarioResult;
  readonly check: Check;
}

/** All failures of some scenarios, in their order. */
export function failuresFromResults(results: readonly ScenarioResult[]): Failure[] {
  return results.flatMap((scenario) =>
    failedChecks(scenario).map((check) => ({ scenario, check })),
  );
}

/**
 * The checks that failed. A scenario that failed without saying which check did, breaks every
 * requirement that it names: a failure is never lost.
 */
export function failedChecks(scenario: ScenarioResult): Check[] {
  const failed = scenario.checks.filter(({ verdict }) => verdict === 'fail');
  if (failed.length > 0 || scenario.verdict !== 'fail') return failed;
  const reason = scenario.subjectExit ?? scenario.error ?? 'the scenario failed';
  return scenario.requirements.map((requirement) => ({ requirement, verdict: 'fail', reason }));
}

/** Why something failed, as a baseline compares it. */
export function reasonOf({ reason, seen }: Check): string {
  return reason ?? seen ?? 'no reason was given';
}
