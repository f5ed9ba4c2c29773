import type { Subject } from '../subjects/subject.ts';
import type { Bench } from './question.ts';

/** The buses and both baselines, for questions of one connection and one worker. */
export function allSubjects({ subjects, baselines }: Bench): Subject[] {
  return [...subjects, baselines.relay, baselines.worker];
}
