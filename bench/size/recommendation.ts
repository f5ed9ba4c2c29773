import type { Curve, Level } from './curve.ts';
import { type Prediction, predict } from './prediction.ts';

export interface Wish {
  /** Of all workers together. */
  readonly sessions: number;
  readonly thinkMs: number;
  readonly p99Ms: number;
}

/** What so many workers would do. */
export interface Option extends Prediction {
  readonly instances: number;
  /** On the fullest worker: a bus spreads new sessions evenly. */
  readonly sessionsPerWorker: number;
}

export interface Recommendation {
  /** The fewest that keep the bound; undefined where no number does. */
  readonly best: Option | undefined;
  /** Fewer and more, to see what a worker more or less would change. */
  readonly options: readonly Option[];
}

/** The fewest workers whose 99th percentile stays within the bound. */
export function recommend(levels: readonly Level[], curve: Curve, wish: Wish): Recommendation {
  const optionOf = (instances: number): Option => {
    const sessionsPerWorker = Math.ceil(wish.sessions / instances);
    const demand = { sessions: sessionsPerWorker, thinkMs: wish.thinkMs };
    return { instances, sessionsPerWorker, ...predict(levels, curve, demand) };
  };
  let tooFew = 0;
  let enough = wish.sessions;
  const isEnough = (instances: number) => optionOf(instances).p99Ms <= wish.p99Ms;
  if (!isEnough(enough)) return { best: undefined, options: optionsAround(enough, optionOf) };
  while (enough - tooFew > 1) {
    const middle = (tooFew + enough) >> 1;
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return { best: optionOf(enough), options: optionsAround(enough, optionOf, wish.sessions) };
}

function optionsAround(
  instances: number,
  optionOf: (instances: number) => Option,
  most = instances,
): Option[] {
  const wanted = [instances >> 1, instances - 1, instances, instances + 1, instances * 2];
  const counts = [...new Set(wanted)].filter((count) => count >= 1 && count <= most);
  return counts.map(optionOf);
}
