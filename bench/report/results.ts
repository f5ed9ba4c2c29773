import type {
  LoadCounts,
  LoadPoint,
  LoadQuestion,
  LoadReport,
  LoadSample,
} from '../../schemas/generated/load-report.ts';
import { addCounts, emptyCounts } from '../load/load-command.ts';
import { type Measure, measures } from './measure.ts';
import { medianOf } from './statistics.ts';

/** All rounds of one subject at one piece of work. */
export interface Result {
  readonly subject: string;
  readonly question: LoadQuestion;
  readonly point: LoadPoint;
  readonly samples: readonly LoadSample[];
  readonly counts: LoadCounts;
  /** Why it failed, and in how many of them where not in all. */
  readonly error: string | undefined;
}

/** The results, pieces of work in the order in which they were first done, subjects in theirs. */
export function resultsOf({ samples, subjects }: Pick<LoadReport, 'samples' | 'subjects'>) {
  const works = new Map<string, Map<string, LoadSample[]>>();
  for (const sample of samples) {
    const key = JSON.stringify([sample.question, sample.point]);
    const work = works.get(key) ?? new Map<string, LoadSample[]>();
    works.set(key, work);
    work.set(sample.subject, [...(work.get(sample.subject) ?? []), sample]);
  }
  const order = subjects.map(({ identity }) => identity.name);
  return [...works.values()].flatMap((work) =>
    order.flatMap((name) => {
      const own = work.get(name);
      return own === undefined ? [] : [resultFrom(own)];
    }),
  );
}

/** The figure of each round that has one, by round. */
export function valuesOf(result: Result, measure: Measure): Map<number, number> {
  const values = new Map<number, number>();
  for (const sample of result.samples) {
    const value = sample.error === undefined ? measures[measure].of(sample) : undefined;
    if (value !== undefined) values.set(sample.round, value);
  }
  return values;
}

/** The median over the rounds; undefined where there is no figure. */
export function figureOf(result: Result, measure: Measure): number | undefined {
  const values = [...valuesOf(result, measure).values()];
  return values.length === 0 ? undefined : medianOf(values);
}

/** Whether two results are about the same piece of work. */
export function isSameWork(one: Result, other: Result): boolean {
  return (
    one.question === other.question && JSON.stringify(one.point) === JSON.stringify(other.point)
  );
}

function resultFrom(samples: readonly LoadSample[]): Result {
  const [first] = samples as [LoadSample];
  const counts = emptyCounts();
  for (const sample of samples) addCounts(counts, sample.counts);
  const { subject, question, point } = first;
  const errors = samples.flatMap(({ error }) => error ?? []);
  const rounds =
    errors.length === samples.length ? '' : ` (in ${errors.length} of ${samples.length} rounds)`;
  const error = errors[0] === undefined ? undefined : errors[0] + rounds;
  return { subject, question, point, samples, counts, error };
}
