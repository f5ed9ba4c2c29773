import type { ScenarioResult } from '../schemas/generated/conformance-report.ts';
import type { SceneTransport } from './scenario.ts';

/** What a run tells while it runs, for progress. */
export interface ConformEvents {
  /** The number of scenario runs that are ahead, each on one transport. */
  onPlan(total: number): void;
  onStart(scenario: { readonly id: string; readonly transport: SceneTransport }): void;
  onResult(result: ScenarioResult): void;
}
