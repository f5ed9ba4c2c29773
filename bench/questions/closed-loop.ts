import type { LoadPoint, LoadQuestion } from '../../schemas/generated/load-report.ts';
import { workText } from '../report/work-text.ts';
import { canStart, type StartOptions, type Subject } from '../subjects/subject.ts';
import { closeLanes, type Lane, type Load, measureLane, openLane } from './lane.ts';
import type { Bench } from './question.ts';

/** One setting of what a question varies. */
export interface Setting {
  readonly point: LoadPoint;
  readonly load: Load & { readonly durationMs?: number };
  readonly start: StartOptions;
}

export interface TurnsOptions {
  readonly question: LoadQuestion;
  readonly settings: readonly Setting[];
  readonly subjects: readonly Subject[];
  /** Once for each subject and setting, before the rounds. */
  prepare?(lane: Lane, setting: Setting): Promise<void>;
}

interface Seat extends Setting {
  readonly lane: Lane;
}

/**
 * All subjects at all settings in turn, A B A B, so that a slow moment of the machine hits them
 * all. A subject is started once for each way of starting it.
 */
export async function takeTurns(bench: Bench, options: TurnsOptions): Promise<void> {
  const { question, settings, subjects } = options;
  const lanes = new Map<string, Lane>();
  try {
    const seats: Seat[] = [];
    for (const setting of settings) {
      for (const subject of subjects) {
        if (!canStart(subject, setting.start)) continue;
        const key = JSON.stringify([subject.name, setting.start, options.prepare && setting.point]);
        const lane = lanes.get(key) ?? (await openLane(bench, subject, setting.start));
        lanes.set(key, lane);
        seats.push({ ...setting, lane });
        await options.prepare?.(lane, setting);
      }
    }
    for (let round = 1; round <= bench.effort.rounds; round++) {
      for (const { lane, point, load } of seats) {
        bench.progress(`${workText(question, point)} · round ${round} · ${lane.subject.name}`);
        await measureLane(bench, lane, load, { question, point, round });
      }
    }
  } finally {
    await closeLanes([...lanes.values()]);
  }
}
