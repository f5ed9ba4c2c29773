import type { BaselineEntry } from '../../schemas/generated/baseline.ts';
import type {
  BaselineResult,
  CheckVerdict,
  ScenarioResult,
  Selection,
} from '../../schemas/generated/conformance-report.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { type Failure, failuresFromResults, reasonOf } from '../report/failure.ts';
import { type BaselineFile, baselineEntryLabel } from './baseline-file.ts';

/** The run that a baseline is held against. */
export interface BaselineRun {
  readonly results: readonly ScenarioResult[];
  readonly selection: Selection;
  readonly catalogue: Catalogue;
}

/**
 * How one entry came out. open: this run did not judge it, since the selection left it out or it
 * was inconclusive, so that nothing can be said about it.
 */
export type EntryState = 'known' | 'now-passing' | 'other-reason' | 'unmatched' | 'open';

/** Holds every entry of a baseline against a run. */
export function fitBaseline({ sha256, failures }: BaselineFile, run: BaselineRun): BaselineResult {
  const states = failures.map((entry) => ({ entry, state: entryState(entry, run) }));
  const labels = (wanted: EntryState) =>
    states.filter(({ state }) => state === wanted).map(({ entry }) => baselineEntryLabel(entry));
  return {
    sha256,
    known: failuresFromResults(run.results).filter((each) => isKnownFailure(failures, each)).length,
    nowPassing: labels('now-passing'),
    otherReason: labels('other-reason'),
    unmatched: labels('unmatched'),
  };
}

/** Whether every entry came as it says; one that did not is a failure of the run. */
export function isBaselineKept({ nowPassing, otherReason, unmatched }: BaselineResult): boolean {
  return nowPassing.length + otherReason.length + unmatched.length === 0;
}

/** Whether an entry expects this failure: by requirement or scenario, transport and reason. */
export function isKnownFailure(entries: readonly BaselineEntry[], failure: Failure): boolean {
  return entries.some((entry) => isAbout(entry, failure) && hasReason(entry, failure));
}

/** How an entry came out in a run. */
export function entryState(entry: BaselineEntry, run: BaselineRun): EntryState {
  const failures = failuresFromResults(run.results).filter((failure) => isAbout(entry, failure));
  if (failures.some((failure) => hasReason(entry, failure))) return 'known';
  const verdicts = verdictsFor(entry, run.results);
  if (verdicts.includes('inconclusive') || verdicts.includes('harness-error')) return 'open';
  if (verdicts.length === 0 && !run.selection.complete) {
    return isKnownId(entry.id, run) ? 'open' : 'unmatched';
  }
  if (!isDecided(entry, run)) return 'open';
  if (failures.length > 0) return 'other-reason';
  return verdicts.includes('pass') ? 'now-passing' : 'unmatched';
}

/** Whether nothing was left out that could have shown the entry's failure. */
function isDecided({ id }: BaselineEntry, { results, selection, catalogue }: BaselineRun): boolean {
  const requirement = catalogue.find(id);
  if (selection.complete || requirement === undefined) return true;
  const ran = new Set(results.map((result) => result.id));
  const { scenarios = [] } = requirement;
  return scenarios.length > 0 && scenarios.every((scenario) => ran.has(scenario));
}

function isAbout({ id, transport }: BaselineEntry, { scenario, check }: Failure): boolean {
  if (transport !== undefined && transport !== scenario.transport) return false;
  return id === check.requirement || id === scenario.id;
}

function hasReason({ reason }: BaselineEntry, { check }: Failure): boolean {
  return reasonOf(check).startsWith(reason);
}

/** How the scenarios ended that could have shown the entry's failure. */
function verdictsFor(
  { id, transport }: BaselineEntry,
  results: readonly ScenarioResult[],
): CheckVerdict[] {
  return results
    .filter((result) => transport === undefined || transport === result.transport)
    .flatMap((result) => {
      if (result.id === id) return [result.verdict];
      const checks = result.checks.filter(({ requirement }) => requirement === id);
      if (checks.length > 0) return checks.map(({ verdict }) => verdict);
      return result.requirements.includes(id) ? [result.verdict] : [];
    });
}

function isKnownId(id: string, { catalogue }: BaselineRun): boolean {
  return catalogue.requirements.some(
    (requirement) => requirement.id === id || requirement.scenarios?.includes(id),
  );
}
