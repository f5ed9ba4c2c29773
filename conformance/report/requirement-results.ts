import type {
  CheckVerdict,
  ConformanceReport,
  RequirementResult,
  ScenarioResult,
} from '../../schemas/generated/conformance-report.ts';
import type { Requirement } from '../../schemas/generated/requirements.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { failedChecks } from './failure.ts';
import { worstVerdict } from './worst-verdict.ts';

/** How the reason begins of a requirement that no scenario can check from outside. */
export const excludedReason = 'cannot be checked from outside: ';

interface Judgement {
  readonly scenario: string;
  readonly verdict: CheckVerdict;
  /** Whether the scenario names the requirement: a general judge speaks of others too. */
  readonly isNamed: boolean;
}

/**
 * What the scenarios say together about every requirement that applies, in the catalogue's order.
 * A requirement passes only by a scenario that names it: that some other scenario saw it kept by
 * the way is not enough. One that is broken by the way is broken.
 */
export function requirementResultsFrom(
  results: readonly ScenarioResult[],
  {
    catalogue,
    kind,
    capabilities,
  }: Pick<ConformanceReport, 'kind' | 'capabilities'> & { readonly catalogue: Catalogue },
): RequirementResult[] {
  const judgements = judgementsFrom(results);
  const named = new Set(results.flatMap(({ requirements }) => requirements));
  return catalogue.of(kind).map((requirement) => {
    const { id, level, capability, profile } = requirement;
    if (kind === 'worker' && !capabilities.includes(profile)) {
      const reason = `the profile ${profile} is not claimed`;
      return { id, level, verdict: 'not-applicable', scenarios: [], reason };
    }
    if (capability !== undefined && !capabilities.includes(capability)) {
      const reason = `the capability ${capability} is not declared`;
      return { id, level, verdict: 'not-applicable', scenarios: [], reason };
    }
    return resultOf(requirement, judgements.get(id) ?? [], named.has(id));
  });
}

function resultOf(
  { id, level, excluded }: Requirement,
  judgements: readonly Judgement[],
  isNamed: boolean,
): RequirementResult {
  const counted = judgements.filter(
    (judgement) => judgement.isNamed || !['pass', 'not-applicable'].includes(judgement.verdict),
  );
  const scenarios = [...new Set(counted.map(({ scenario }) => scenario))];
  const verdict = worstVerdict(counted.map((judgement) => judgement.verdict));
  if (verdict !== undefined) return { id, level, verdict, scenarios };
  if (isNamed) {
    return { id, level, verdict: 'inconclusive', scenarios, reason: 'no check of it was made' };
  }
  const reason =
    excluded === undefined ? 'no scenario for it was run' : `${excludedReason}${excluded}`;
  return { id, level, verdict: 'not-run', scenarios, reason };
}

function judgementsFrom(results: readonly ScenarioResult[]): Map<string, Judgement[]> {
  const judgements = new Map<string, Judgement[]>();
  const add = (requirement: string, scenario: ScenarioResult, verdict: CheckVerdict) => {
    const list = judgements.get(requirement) ?? [];
    const isNamed = scenario.requirements.includes(requirement);
    list.push({ scenario: scenario.id, verdict, isNamed });
    judgements.set(requirement, list);
  };
  for (const scenario of results) {
    for (const { requirement, verdict } of scenario.checks) add(requirement, scenario, verdict);
    if (scenario.verdict === 'harness-error' || scenario.verdict === 'not-applicable') {
      for (const requirement of scenario.requirements) add(requirement, scenario, scenario.verdict);
    } else if (scenario.checks.every(({ verdict }) => verdict !== 'fail')) {
      for (const { requirement } of failedChecks(scenario)) add(requirement, scenario, 'fail');
    }
  }
  return judgements;
}
