import type {
  ConformanceReport,
  ScenarioResult,
} from '../../schemas/generated/conformance-report.ts';
import { suiteFromPackage } from '../../suite.ts';
import type { BaselineFile } from '../baseline/baseline-file.ts';
import { fitBaseline, isBaselineKept, isKnownFailure } from '../baseline/baseline-fit.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { failuresFromResults } from './failure.ts';
import { requirementResultsFrom } from './requirement-results.ts';
import { countsFromResults, mustFailures, verdictFromOutcome } from './verdict.ts';

/** A run that has ended. */
export interface FinishedRun
  extends Pick<
    ConformanceReport,
    | 'kind'
    | 'subject'
    | 'capabilities'
    | 'machine'
    | 'seed'
    | 'durationMs'
    | 'timeScale'
    | 'selection'
    | 'startFailure'
    | 'facts'
    | 'via'
  > {
  readonly results: readonly ScenarioResult[];
  readonly catalogue: Catalogue;
  readonly startedAt: Date;
  readonly baseline?: BaselineFile;
}

/**
 * The report of a run: what each requirement came to, the counts, how the baseline fits, and the
 * verdict. Throws where a scenario judges a requirement that the catalogue does not have.
 */
export function reportFromResults(run: FinishedRun): ConformanceReport {
  const { results, catalogue, baseline, startFailure, facts, via } = run;
  checkRequirements(results, catalogue);
  const { kind, subject, capabilities, machine, seed, durationMs, timeScale, selection } = run;
  const requirements = requirementResultsFrom(results, run);
  const failures = failuresFromResults(results);
  const fit = baseline && fitBaseline(baseline, { results, selection, catalogue });
  const newFailures = mustFailures(failures, requirements).filter(
    (failure) => baseline === undefined || !isKnownFailure(baseline.failures, failure),
  );
  const verdict = verdictFromOutcome({
    scenarios: results,
    requirements,
    newMustFailures: newFailures.length,
    isBaselineKept: fit === undefined || isBaselineKept(fit),
    ...(startFailure && { startFailure }),
  });
  return {
    version: 1,
    suite: suiteFromPackage(),
    catalogue: { version: catalogue.version, sha256: catalogue.sha256 },
    kind,
    subject,
    ...(via && { via }),
    ...(startFailure && { startFailure }),
    capabilities,
    machine,
    seed,
    startedAt: run.startedAt.toISOString(),
    durationMs,
    timeScale,
    selection,
    ...(facts && { facts }),
    verdict,
    counts: countsFromResults(results),
    ...(fit && { baseline: fit }),
    requirements,
    scenarios: [...results],
  };
}

function checkRequirements(results: readonly ScenarioResult[], catalogue: Catalogue): void {
  for (const { id, checks, requirements } of results) {
    const named = [...requirements, ...checks.map(({ requirement }) => requirement)];
    const unknown = named.find((requirement) => catalogue.find(requirement) === undefined);
    if (unknown === undefined) continue;
    throw new Error(`the scenario ${id} judges ${unknown}, which the catalogue does not have`);
  }
}
