/** What was measured with so many requests at once. */
export interface Level {
  readonly atOnce: number;
  readonly perSec: number;
  /** Response times in milliseconds, sorted. */
  readonly timesMs: readonly number[];
}

/** Throughput by requests at once, fitted to the levels. */
export interface Curve {
  /** In words, with its figures. */
  readonly model: string;
  perSec(atOnce: number): number;
  /** The most that it reaches, in requests per second. */
  readonly mostPerSec: number;
  /** Mean distance from what was measured, as a share of it. */
  readonly error: number;
}

/**
 * The better of two curves: a number of servers (each takes one request at a time, the rest waits),
 * or the universal scalability law (a share of the work cannot be done at once, and what is done at
 * once gets in its own way).
 */
export function curveFrom(levels: readonly Level[]): Curve {
  const curves = [servers(levels), scalability(levels)];
  return curves.reduce((best, curve) => (curve.error < best.error ? curve : best));
}

function servers(levels: readonly Level[]): Curve {
  const onePerSec = (levels[0] as Level).perSec;
  const mostPerSec = Math.max(...levels.map(({ perSec }) => perSec));
  let best = curveOfServers(levels, onePerSec, 1);
  // Finely enough: the error of a measurement is larger.
  for (let count = 1; count <= (mostPerSec / onePerSec) * 1.1; count *= 1.02) {
    const curve = curveOfServers(levels, onePerSec, count);
    if (curve.error < best.error) best = curve;
  }
  return best;
}

function curveOfServers(levels: readonly Level[], onePerSec: number, count: number): Curve {
  const perSec = (atOnce: number) => onePerSec * Math.min(atOnce, count);
  return {
    model: `${count.toFixed(count < 10 ? 1 : 0)} requests are worked on at a time, the rest waits`,
    perSec,
    mostPerSec: onePerSec * count,
    error: errorOf(levels, perSec),
  };
}

function scalability(levels: readonly Level[]): Curve {
  const onePerSec = (levels[0] as Level).perSec;
  const fitted = leastSquares(levels, onePerSec);
  // More than all of the work cannot wait for its turn: that is noise.
  const contention = Math.min(1, fitted.contention);
  const { interference } = fitted;
  const perSec = (atOnce: number) =>
    (onePerSec * atOnce) / (1 + contention * (atOnce - 1) + interference * atOnce * (atOnce - 1));
  const peak = interference > 0 ? Math.sqrt(Math.max(0, 1 - contention) / interference) : Infinity;
  const mostPerSec = Number.isFinite(peak)
    ? perSec(Math.max(1, peak))
    : onePerSec / Math.max(contention, 1e-6);
  const percent = (contention * 100).toFixed(1);
  return {
    model: `${percent} % of the work waits for its turn, interference ${interference.toExponential(1)} (universal scalability law)`,
    perSec,
    mostPerSec,
    error: errorOf(levels, perSec),
  };
}

/** Of one/X·n − 1 = contention·(n−1) + interference·n(n−1), neither below zero. */
function leastSquares(levels: readonly Level[], onePerSec: number) {
  let [aa, ab, bb, ay, by] = [0, 0, 0, 0, 0];
  for (const { atOnce, perSec } of levels) {
    const measured = (onePerSec * atOnce) / perSec;
    // A share of the value counts, not the value: else the highest level is all.
    const weight = 1 / measured ** 2;
    const a = atOnce - 1;
    const b = atOnce * (atOnce - 1);
    const y = measured - 1;
    aa += weight * a * a;
    ab += weight * a * b;
    bb += weight * b * b;
    ay += weight * a * y;
    by += weight * b * y;
  }
  const determinant = aa * bb - ab * ab;
  const contention = determinant > 0 ? (ay * bb - by * ab) / determinant : ay / (aa || 1);
  const interference = determinant > 0 ? (by * aa - ay * ab) / determinant : 0;
  if (interference < 0) return { contention: Math.max(0, ay / (aa || 1)), interference: 0 };
  if (contention < 0) return { contention: 0, interference: Math.max(0, by / (bb || 1)) };
  return { contention, interference };
}

function errorOf(levels: readonly Level[], perSec: (atOnce: number) => number): number {
  const errors = levels.map((level) => Math.abs(perSec(level.atOnce) / level.perSec - 1));
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}
