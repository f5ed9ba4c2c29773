import { availableParallelism } from 'node:os';
import { printable } from '../../command.ts';
import { memoryText, timeText } from '../report/measure.ts';
import { medianOf, nearestRankOf } from '../report/statistics.ts';
import { grouped } from '../report/work-text.ts';
import type { Curve } from './curve.ts';
import type { Option, Recommendation, Wish } from './recommendation.ts';
import type { WorkerMeasurement } from './worker-measurement.ts';

/** All that `bench size` found out. */
export interface SizeReport {
  readonly pool: string;
  readonly command: readonly string[];
  readonly request: object;
  readonly wish: Wish;
  readonly measurement: WorkerMeasurement;
  readonly curve: Curve;
  readonly recommendation: Recommendation;
}

/** Mean distance of curve and measurement above which the answer is a guess. */
const looseFit = 0.2;

/** The report in words. */
export function sizeText(report: SizeReport): string {
  const { curve } = report;
  const facts = factsOf(report).map(([name, value]) => `${name.padEnd(26)}${printable(value)}`);
  const levels = levelRows(report);
  const options = optionRows(report);
  return `${[
    ...facts,
    '',
    ...columns(levelHeadings, levels),
    '',
    `curve: ${curve.model}; ${grouped(curve.mostPerSec, 1)} requests/s at most; off by ${(curve.error * 100).toFixed(0)} % on average`,
    '',
    ...columns(optionHeadings, options),
    '',
    ...remarksOf(report).map((remark) => `note: ${remark}`),
    answerOf(report),
  ].join('\n')}\n`;
}

/** The sentence that was asked for. */
export function answerOf({ wish, recommendation }: SizeReport): string {
  const { best } = recommendation;
  const users = `${grouped(wish.sessions)} sessions`;
  const rhythm = `each asking ${grouped(wish.thinkMs / 1000, 1)} s after its last answer`;
  const bound = timeText(wish.p99Ms * 1000);
  if (best === undefined) {
    return `no number of workers keeps p99 under ${bound}: one that serves a single session takes longer`;
  }
  return `"instances": ${best.instances} for ${users}, ${rhythm}: p99 ${timeText(best.p99Ms * 1000)}, under ${bound}`;
}

export function factsOf({ pool, command, measurement }: SizeReport): [string, string][] {
  const { startMs, rssBytes, cpuMsPerRequest, errors } = measurement;
  return [
    ['worker', `${command.join(' ')} (pool ${pool})`],
    ['start to the first answer', timeText(medianOf(startMs) * 1000)],
    [
      'memory',
      rssBytes === undefined
        ? 'unknown: no /proc'
        : `${memoryText(rssBytes.rest)} at rest, ${memoryText(rssBytes.most)} at most`,
    ],
    [
      'CPU for each request',
      cpuMsPerRequest === undefined ? 'unknown: no /proc' : timeText(cpuMsPerRequest * 1000),
    ],
    ...(errors === 0 ? [] : [['error responses', grouped(errors)] as [string, string]]),
  ];
}

/** What to know before believing the answer. */
export function remarksOf({ measurement, curve, recommendation, wish }: SizeReport): string[] {
  const remarks: string[] = [];
  if (measurement.errors > 0) remarks.push(`${measurement.errors} answers were errors`);
  if (curve.error > looseFit) {
    remarks.push('the curve fits badly: take the recommendation as a guess, and measure the bus');
  }
  const { best } = recommendation;
  const { cpuMsPerRequest } = measurement;
  const cores = availableParallelism();
  if (best !== undefined && cpuMsPerRequest !== undefined) {
    const needed = (best.perSec * best.instances * cpuMsPerRequest) / 1000;
    if (needed > cores * 0.7) {
      remarks.push(
        `the workers need ${needed.toFixed(1)} cores, and this machine has ${cores}: the prediction holds where there are enough`,
      );
    }
  }
  const slow = measurement.levels[0]?.timesMs ?? [];
  if (slow.length < 30) remarks.push('few answers in the time: give it more --seconds');
  if (best?.instances === wish.sessions && wish.sessions > 1) {
    remarks.push('that is a worker for each session');
  }
  return remarks;
}

export const levelHeadings = ['at once', 'requests/s', 'on the curve', 'p50', 'p99'];

export function levelRows({ measurement, curve }: SizeReport): string[][] {
  return measurement.levels.map(({ atOnce, perSec, timesMs }) => [
    String(atOnce),
    grouped(perSec, 1),
    grouped(curve.perSec(atOnce), 1),
    timeText(nearestRankOf(timesMs, 0.5) * 1000),
    timeText(nearestRankOf(timesMs, 0.99) * 1000),
  ]);
}

export const optionHeadings = ['instances', 'sessions each', 'p50', 'p99', 'load', 'memory', ''];

export function optionRows({ recommendation, measurement, wish }: SizeReport): string[][] {
  return recommendation.options.map((option) => [
    grouped(option.instances),
    grouped(option.sessionsPerWorker),
    timeText(option.p50Ms * 1000),
    timeText(option.p99Ms * 1000),
    `${(option.loadShare * 100).toFixed(0)} %`,
    measurement.rssBytes === undefined
      ? ''
      : memoryText(measurement.rssBytes.most * option.instances),
    verdictOf(option, recommendation, wish),
  ]);
}

function verdictOf(option: Option, { best }: Recommendation, wish: Wish): string {
  if (option.instances === best?.instances) return 'recommended';
  return option.p99Ms <= wish.p99Ms ? 'enough' : 'too slow';
}

function columns(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [headings, ...rows];
  const widths = headings.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, at) => cell.padStart(widths[at] as number))
      .join('  ')
      .trimEnd(),
  );
}
