import type { Transport } from '../schemas/generated/bus-subject.ts';
import type { ScenarioResult } from '../schemas/generated/conformance-report.ts';

/** What a run tells while it runs, for progress. */
export interface ConformEvents {
  /** The number of scenario runs that are ahead, each on one transport. */
  onPlan(total: number): void;
  onStart(scenario: { readonly id: string; readonly transport: Transport | 'pipe' }): void;
  onResult(result: ScenarioResult): void;
}
