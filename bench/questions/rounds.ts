import type { LoadPoint, LoadQuestion, LoadSample } from '../../schemas/generated/load-report.ts';
import { workText } from '../report/work-text.ts';
import type { RunningSubject, StartOptions, Subject } from '../subjects/subject.ts';
import { closeLanes, failureOf, keepFailure, openLane, spotOf } from './lane.ts';
import type { Bench } from './question.ts';

export type Figures = Pick<LoadSample, 'counts'> & Partial<LoadSample>;

export interface RoundsOptions {
  readonly question: LoadQuestion;
  readonly point: LoadPoint;
  readonly start: StartOptions;
  readonly subjects: readonly Subject[];
  /** May reject; the reason is then the sample's. */
  measure(running: RunningSubject): Promise<Figures>;
}

/** Rounds in which each subject is started anew, measured once and stopped, in turn. */
export async function startedRounds(bench: Bench, options: RoundsOptions): Promise<void> {
  const { question, point, start, subjects, measure } = options;
  const isOut = new Set<Subject>();
  for (let round = 1; round <= bench.effort.rounds; round++) {
    for (const subject of subjects) {
      if (isOut.has(subject)) continue;
      const spot = { question, point, round };
      const lane = await openLane(bench, subject, start);
      bench.progress(`${workText(question, point)} · round ${round} · ${subject.name}`);
      try {
        if (lane.running === undefined) throw new Error(lane.failure);
        bench.keep({ ...spotOf(lane, spot), ...(await measure(lane.running)) });
      } catch (error) {
        lane.failure ??= await failureOf(lane, (error as Error).message);
        keepFailure(bench, lane, spot);
        isOut.add(subject);
      } finally {
        await closeLanes([lane]);
      }
    }
  }
}
