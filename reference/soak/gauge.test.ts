import t from 'tap';
import { trendOf } from './gauge.ts';

const megabyte = 2 ** 20;

/** Samples of a bus whose memory goes evenly from one size to another, in megabytes. */
function samplesFrom(
  first: number,
  last: number,
  descriptors: readonly [number, number] = [70, 70],
) {
  return Array.from({ length: 31 }, (_, n) => ({
    atMs: n * 1000,
    residentBytes: (first + ((last - first) * n) / 30) * megabyte,
    descriptors: n < 15 ? descriptors[0] : descriptors[1],
  }));
}

t.test('a bus that keeps its size is flat, and one that goes on growing is not', async (t) => {
  t.ok(trendOf(samplesFrom(100, 104), 0).isFlat);
  t.notOk(trendOf(samplesFrom(80, 125), 0).isFlat);
  t.ok(trendOf(samplesFrom(130, 140), 0).isFlat);
  t.notOk(trendOf(samplesFrom(80, 150), 0).isFlat);
  t.notOk(trendOf(samplesFrom(130, 190), 0).isFlat);
});

t.test('descriptors that stay behind are growth', async (t) => {
  t.notOk(trendOf(samplesFrom(100, 100, [70, 90]), 0).isFlat);
});
