import type { LoadPoint, LoadQuestion, LoadSample } from '../../schemas/generated/load-report.ts';
import type { GeneratorCommand, LoadResult } from '../load/load-command.ts';
import type { Subject, SubjectPlace } from '../subjects/subject.ts';
import type { Effort } from './effort.ts';

/** What a question works with. */
export interface Bench {
  readonly subjects: readonly Subject[];
  readonly baselines: { readonly relay: Subject; readonly worker: Subject };
  readonly place: SubjectPlace;
  readonly effort: Effort;
  /** The 99th percentile that the highest rate has to keep, in microseconds. */
  readonly p99BoundUs: number;
  /** Has the load generator do it. Rejects where the generator itself fails. */
  generate(command: GeneratorCommand): Promise<LoadResult>;
  /** Says what goes on, to whoever watches. */
  progress(text: string): void;
  /** Keeps a measurement for the report. */
  keep(sample: LoadSample): void;
}

/** One question to all subjects. A subject that fails is a sample that says so; nothing is thrown. */
export interface Question {
  /** For `--only` and the report. */
  readonly name: LoadQuestion;
  /** In a few words. */
  readonly summary: string;
  run(bench: Bench): Promise<void>;
}

/** Where a sample belongs. */
export interface Spot {
  readonly question: LoadQuestion;
  readonly point: LoadPoint;
  readonly round: number;
}
