import type { Row } from '../report/row.ts';
import { medianOf } from '../report/statistics.ts';
import type { StartOptions, Subject } from '../subjects/subject.ts';
import type { Bench } from './bench.ts';
import { closeLanes, faultOf, interleave, type Lane, type Load, noteOf, openLane } from './lane.ts';

/** One setting of what is varied. */
export interface Point {
  readonly work: string;
  readonly load: Load;
  readonly start: StartOptions;
}

export interface AmongPointsOptions {
  readonly scenario: string;
  readonly points: readonly Point[];
  /** At least this share of the throughput of what each point is held against. */
  readonly goal: number;
  /** The best point, or the first. */
  readonly against: 'best' | 'first';
  /** Before the rounds; may add rows. */
  prepare?(bench: Bench, lane: Lane): Promise<Row[]>;
}

/** Throughput of one subject at several points, which take turns; the relay has no part in it. */
export async function amongPoints(
  bench: Bench,
  subject: Subject,
  options: AmongPointsOptions,
): Promise<Row[]> {
  const lanes: Lane[] = [];
  const more: Row[] = [];
  try {
    for (const point of options.points) {
      const lane = await openLane(bench, { subject, ...point });
      lanes.push(lane);
      more.push(...((await options.prepare?.(bench, lane)) ?? []));
    }
    await interleave(bench, lanes, options.scenario);
  } finally {
    await closeLanes(lanes);
  }
  const base = options.against === 'first' ? (lanes[0] as Lane) : bestOf(lanes);
  return [...lanes.map((lane) => rowOf(lane, base, options)), ...more];
}

function bestOf(lanes: readonly Lane[]): Lane {
  const throughput = (lane: Lane) => medianOf(ratesOf(lane)) || 0;
  return lanes.reduce((best, lane) => (throughput(lane) > throughput(best) ? lane : best));
}

function rowOf(lane: Lane, base: Lane, { scenario, goal, against }: AmongPointsOptions): Row {
  const rates = ratesOf(lane);
  const fault = faultOf(lane);
  const note = noteOf(lane);
  const row: Row = {
    scenario,
    work: lane.work,
    subject: lane.subject.name,
    goal: `≥ ${goal} × ${against}`,
    ...(fault !== undefined && { fault }),
    ...(note !== undefined && { note }),
  };
  if (rates.length === 0 || base.samples.length === 0) return row;
  const ratio = medianOf(rates) / medianOf(ratesOf(base));
  return {
    ...row,
    value: medianOf(rates),
    unit: 'frames/s',
    compared: lane === base ? `the ${against}` : `${ratio.toFixed(2)} × ${against}`,
    ratio,
    isMet: ratio >= goal && fault === undefined,
  };
}

function ratesOf({ samples }: Lane): number[] {
  return samples.map(({ framesPerSec }) => framesPerSec);
}
