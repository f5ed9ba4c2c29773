import type { GeneratorCommand, LoadResult } from '../load/load-command.ts';
import type { Row, Sample } from '../report/row.ts';
import type { Subject, SubjectPlace } from '../subjects/subject.ts';

/** How much is measured. */
export interface Effort {
  readonly mode: 'quick' | 'default';
  readonly rounds: number;
  readonly sampleMs: number;
  readonly warmUpMs: number;
  readonly sessions: number;
  readonly pending: number;
  readonly idleConnections: number;
  readonly idleMs: number;
}

/** What a scenario works with. */
export interface Bench {
  readonly subjects: readonly Subject[];
  readonly baselines: { readonly relay: Subject; readonly worker: Subject };
  readonly place: SubjectPlace;
  readonly effort: Effort;
  /** Has the load generator do it. Rejects where the generator itself fails. */
  generate(command: GeneratorCommand): Promise<LoadResult>;
  /** Says what goes on, to whoever watches. */
  progress(text: string): void;
  /** Keeps a measurement for the report. */
  keep(sample: Sample): void;
}

/** One question to all subjects. A subject that fails is a row that says so; nothing is thrown. */
export interface Scenario {
  /** For `--only` and the report. */
  readonly name: string;
  /** In a few words. */
  readonly summary: string;
  run(bench: Bench): Promise<Row[]>;
}
