import type { Curve, Level } from './curve.ts';

/** Users who ask, read the answer, think, and ask again. */
export interface Demand {
  /** On one worker. */
  readonly sessions: number;
  /** From an answer to the session's next request, in milliseconds on average. */
  readonly thinkMs: number;
}

export interface Prediction {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly perSec: number;
  /** Of the most that the worker can do. */
  readonly loadShare: number;
}

/** Chances below this change nothing. */
const nothing = 1e-9;

/**
 * Response times of one worker under so many sessions. The number of requests at the worker is a
 * birth and death process: a session that thinks sends at 1/think, the worker answers as its curve
 * says. A new request meets what all the other sessions leave there (the arrival theorem), and
 * takes as long as requests took when so many were there at once.
 */
export function predict(levels: readonly Level[], curve: Curve, demand: Demand): Prediction {
  const { sessions, thinkMs } = demand;
  const met = chancesOf(curve, sessions - 1, thinkMs);
  const there = chancesOf(curve, sessions, thinkMs);
  const perSec = there.reduce(
    (sum, chance, count) => (count === 0 ? sum : sum + chance * curve.perSec(count)),
    0,
  );
  const parts = met.flatMap((chance, others) =>
    chance < nothing ? [] : [{ chance, times: timesAt(levels, curve, others + 1) }],
  );
  return {
    p50Ms: quantileOf(parts, 0.5),
    p99Ms: quantileOf(parts, 0.99),
    perSec,
    loadShare: perSec / curve.mostPerSec,
  };
}

/** How likely so many requests are at the worker, from none to all. */
function chancesOf(curve: Curve, sessions: number, thinkMs: number): number[] {
  // In logarithms: with thousands of sessions the products leave the range of numbers.
  const logs = [0];
  for (let count = 1; count <= sessions; count++) {
    const arrivalsPerSec = ((sessions - count + 1) * 1000) / Math.max(thinkMs, 1e-3);
    logs.push((logs[count - 1] as number) + Math.log(arrivalsPerSec / curve.perSec(count)));
  }
  const most = logs.reduce((a, b) => Math.max(a, b));
  const weights = logs.map((log) => Math.exp(log - most));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

interface Times {
  readonly sortedMs: readonly number[];
  /** Each of them times this. */
  readonly stretch: number;
}

/** The times that were measured nearest to it, stretched to what the curve says (Little's law). */
function timesAt(levels: readonly Level[], curve: Curve, atOnce: number): Times {
  const nearest = levels.reduce((best, level) => {
    const distance = ({ atOnce: one }: Level) => Math.abs(Math.log(one / atOnce));
    return distance(level) < distance(best) ? level : best;
  });
  const { timesMs } = nearest;
  const meanMs = timesMs.reduce((sum, ms) => sum + ms, 0) / timesMs.length;
  return { sortedMs: timesMs, stretch: ((atOnce / curve.perSec(atOnce)) * 1000) / meanMs };
}

function quantileOf(
  parts: readonly { readonly chance: number; readonly times: Times }[],
  share: number,
): number {
  let low = 0;
  let high = Math.max(...parts.map(({ times }) => (times.sortedMs.at(-1) ?? 0) * times.stretch));
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    const below = parts.reduce(
      (sum, { chance, times }) => sum + chance * shareBelow(times, middle),
      0,
    );
    if (below >= share) high = middle;
    else low = middle;
  }
  return high;
}

function shareBelow({ sortedMs, stretch }: Times, ms: number): number {
  const bound = ms / stretch;
  let low = 0;
  let high = sortedMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sortedMs[middle] as number) <= bound) low = middle + 1;
    else high = middle;
  }
  return low / sortedMs.length;
}
