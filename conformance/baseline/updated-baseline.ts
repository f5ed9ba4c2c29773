import { UsageError } from '../../command.ts';
import type { BaselineEntry } from '../../schemas/generated/baseline.ts';
import type { Transport } from '../../schemas/generated/bus-subject.ts';
import type { ConformanceReport } from '../../schemas/generated/conformance-report.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { type Failure, failuresFromResults, reasonOf } from '../report/failure.ts';
import { baselineEntryLabel } from './baseline-file.ts';
import { entryState, isKnownFailure } from './baseline-fit.ts';

/** Why a part of the suite makes no baseline. */
export const fullRunNeeded =
  '--update-baseline needs a full run, in which every scenario ran: all profiles and transports, without --only, --skip and --fail-fast';

/**
 * The baseline that expects just what failed in a run. Entries that still hold stay as they are,
 * with their links; so do those that could not be judged. The order is the catalogue's, whatever
 * the order of the run. Throws UsageError where the run was not complete: what did not run would be
 * forgotten.
 */
export function updatedBaseline(
  report: ConformanceReport,
  { catalogue, before = [] }: { catalogue: Catalogue; before?: readonly BaselineEntry[] },
): BaselineEntry[] {
  const { selection, scenarios: results } = report;
  if (!selection.complete || results.length === 0) {
    throw new UsageError(fullRunNeeded);
  }
  const kept = before.filter((entry) =>
    ['known', 'open'].includes(entryState(entry, { results, selection, catalogue })),
  );
  const failures = failuresFromResults(results).filter((each) => !isKnownFailure(kept, each));
  const order = new Map(catalogue.requirements.map(({ id }, index) => [id, index]));
  const place = ({ id }: BaselineEntry) => order.get(id) ?? order.size;
  return [...kept, ...entriesFrom(failures, report)].sort(
    (a, b) => place(a) - place(b) || compareText(baselineEntryLabel(a), baselineEntryLabel(b)),
  );
}

interface FailureOfRun {
  readonly id: string;
  readonly reason: string;
  readonly transports: Set<string>;
  readonly scenarios: Set<string>;
}

/** One entry for each requirement and reason; with a transport where it failed on some only. */
function entriesFrom(
  failures: readonly Failure[],
  { scenarios }: ConformanceReport,
): BaselineEntry[] {
  const groups = new Map<string, FailureOfRun>();
  for (const { scenario, check } of failures) {
    const id = check.requirement;
    const reason = reasonOf(check);
    const key = JSON.stringify([id, reason]);
    const group = groups.get(key) ?? { id, reason, transports: new Set(), scenarios: new Set() };
    group.transports.add(scenario.transport);
    group.scenarios.add(scenario.id);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ id, reason, transports, ...group }): BaselineEntry[] => {
    // A scenario that runs once, whatever the transport, may run on another one next time.
    const judgedOn = scenarios
      .filter((scenario) => group.scenarios.has(scenario.id))
      .map(({ transport }) => transport);
    const isEverywhere = judgedOn.every((transport) => transports.has(transport));
    if (isEverywhere) return [{ id, reason }];
    return [...transports].map((transport) => ({ id, transport: transport as Transport, reason }));
  });
}

/** By code units: the same on every machine. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
