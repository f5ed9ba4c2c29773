import fc from 'fast-check';
import t from 'tap';
import { createRandom } from '../../report/random.ts';
import { ratioInterval } from './bootstrap.ts';
import { medianPercentiles, nearestRank, percentilesOf } from './percentiles.ts';
import { PhaseClock, phasesOf } from './phase-clock.ts';
import { runPlan } from './run-plan.ts';

const samples = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1 });

t.test(
  'a percentile by nearest rank is the least sample with so many at or below it',
  async (t) => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const sorted = [...values].sort((a, b) => a - b);
        const needed = Math.ceil((percent / 100) * sorted.length);
        const least = sorted.find((one) => sorted.filter((other) => other <= one).length >= needed);
        return nearestRank(sorted, percent / 100) === least;
      }),
    );
    const cases: [number[], number, number][] = [
      [[1, 2, 3, 4], 0.5, 2],
      [[1, 2, 3, 4, 5], 0.5, 3],
      [[1], 0.99, 1],
      [Array.from({ length: 30 }, (_, at) => at + 1), 0.95, 29],
    ];
    for (const [values, share, expected] of cases) t.equal(nearestRank(values, share), expected);
    t.throws(() => nearestRank([], 0.5), RangeError);
  },
);

t.test('the figures of a distribution are in order, whatever the samples', async () => {
  fc.assert(
    fc.property(samples, (values) => {
      const { min, mean, p50, p90, p95, p99, max, count } = percentilesOf(values);
      const ordered = [min, p50, p90 as number, p95 as number, p99, max];
      return (
        count === values.length &&
        ordered.every((value, at) => at === 0 || value >= (ordered[at - 1] as number)) &&
        mean >= min &&
        mean <= max
      );
    }),
  );
});

t.test('runs count as one each, and a run without samples not at all', async (t) => {
  const slow = Array.from({ length: 1000 }, () => 900);
  t.equal(medianPercentiles([[1], [2], slow])?.p50, 2);
  t.equal(medianPercentiles([[1], [2], slow])?.count, 1002);
  t.equal(medianPercentiles([[], [5]])?.max, 5);
  t.equal(medianPercentiles([[], []]), undefined);
});

t.test('in every run each arm has one turn, and the seed decides the order', async () => {
  const arms = fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(arms, fc.integer({ min: 1, max: 5 }), fc.string(), (names, runs, seed) => {
      const plan = runPlan(names, runs, createRandom(seed));
      const again = runPlan(names, runs, createRandom(seed));
      const isOnceEach = Array.from({ length: runs }, (_, run) => {
        const turns = plan.slice(run * names.length, (run + 1) * names.length);
        return (
          turns.every((turn) => turn.run === run + 1) &&
          new Set(turns.map(({ arm }) => arm)).size === names.length
        );
      });
      return isOnceEach.every(Boolean) && JSON.stringify(plan) === JSON.stringify(again);
    }),
  );
});

t.test('an interval holds its ratio, and 1 where both are the same', async (t) => {
  const runs = fc.array(
    fc.array(fc.double({ min: 1, max: 100, noNaN: true }), { minLength: 1, maxLength: 12 }),
    {
      minLength: 1,
      maxLength: 3,
    },
  );
  fc.assert(
    fc.property(runs, runs, (ours, theirs) => {
      const options = { random: createRandom('seed'), resamples: 100 };
      const { ratio, low, high } = ratioInterval(ours, theirs, options);
      const same = ratioInterval(ours, ours, options);
      return low <= ratio && ratio <= high && same.low <= 1 && 1 <= same.high;
    }),
    { numRuns: 30 },
  );
  const slow = [Array.from({ length: 30 }, (_, at) => 200 + at)];
  const fast = [Array.from({ length: 30 }, (_, at) => 100 + at)];
  const shown = ratioInterval(fast, slow, { random: createRandom('1') });
  t.ok(shown.high < 1, 'twice as fast is told apart');
});

t.test('what lies in no span is unaccounted for, also where spans overlap', async (t) => {
  const span = (startMs: number, endMs: number) => ({ name: 'wait' as const, startMs, endMs });
  const cases: [ReturnType<typeof span>[], number][] = [
    [[], 10_000],
    [[span(0, 10)], 0],
    [[span(0, 4), span(6, 10)], 2000],
    [[span(0, 8), span(2, 4), span(6, 9)], 1000],
    [[span(-5, 2), span(9, 99)], 7000],
  ];
  for (const [spans, expected] of cases) {
    t.equal(phasesOf(spans, { startMs: 0, endMs: 10 }).unaccounted, expected);
  }
});

t.test('a clock gives one span after the other, and the pauses to nobody', async (t) => {
  const clock = new PhaseClock();
  clock.enter('register');
  clock.enter('register');
  clock.enter('wait');
  clock.leave();
  clock.enter('wait');
  clock.leave();
  const { spans } = clock;
  t.same(
    spans.map(({ name }) => name),
    ['register', 'wait', 'wait'],
  );
  t.equal(spans[0]?.endMs, spans[1]?.startMs);
  t.ok((spans[2]?.startMs ?? 0) > (spans[1]?.endMs ?? 0));
});
