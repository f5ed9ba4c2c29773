import type {
  Arm,
  ArmResult,
  Metric,
  MetricSummary,
  Phase,
  Sample,
} from '../../../schemas/generated/latency-report.ts';
import { medianPercentiles } from './percentiles.ts';

export const metrics: readonly Metric[] = ['cold-connection', 'small-request', 'one-shot'];

const busPhases: ReadonlySet<string> = new Set(['accept', 'route', 'queue', 'worker', 'respond']);

/** Sums up one metric. Traced samples count in the phases of the bus, and in nothing else. */
export function summaryOf(metric: Metric, samples: readonly Sample[]): MetricSummary | undefined {
  const own = samples.filter((sample) => sample.metric === metric);
  const counted = own.filter(({ traced }) => traced !== true);
  const total = medianPercentiles(runsOf(counted, ({ totalUs }) => totalUs));
  if (total === undefined) return undefined;
  const sum = (value: (sample: Sample) => number) =>
    counted.reduce((all, one) => all + value(one), 0);
  const unaccountedUs = sum(({ phases }) => phases.unaccounted ?? 0);
  const names = new Set(own.flatMap(({ phases }) => Object.keys(phases) as Phase[]));
  const phases: MetricSummary['phases'] = {};
  for (const name of names) {
    const from = busPhases.has(name) ? own : counted;
    const spread = medianPercentiles(runsOf(from, (sample) => sample.phases[name]));
    if (spread !== undefined) phases[name] = spread;
  }
  const coverage = Math.max(0, 1 - unaccountedUs / sum(({ totalUs }) => totalUs));
  return { metric, total, coverage, phases };
}

/** The values of the samples, by run; a sample without one is left out. */
export function runsOf(
  samples: readonly Sample[],
  value: (sample: Sample) => number | undefined,
): number[][] {
  const runs = new Map<number, number[]>();
  for (const sample of samples) {
    const number = value(sample);
    if (number === undefined) continue;
    const run = runs.get(sample.run);
    if (run === undefined) runs.set(sample.run, [number]);
    else run.push(number);
  }
  return [...runs.values()];
}

/** The totals of one metric, by run, without the traced ones. */
export function totalsOf({ samples }: Pick<ArmResult, 'samples'>, metric: Metric): number[][] {
  const own = samples.filter((sample) => sample.metric === metric && sample.traced !== true);
  return runsOf(own, ({ totalUs }) => totalUs);
}

/** What became of an arm until now. */
export class ArmTally {
  readonly samples: Sample[] = [];
  failures = 0;
  firstFailure: string | undefined;
  readonly #arm: Arm;

  constructor(arm: Arm) {
    this.#arm = arm;
  }

  failed(reason: string): void {
    this.failures += 1;
    this.firstFailure ??= reason === '' ? 'unknown' : reason;
  }

  result(delayErrorsUs: readonly number[] | undefined): ArmResult {
    const summaries = metrics.flatMap((metric) => summaryOf(metric, this.samples) ?? []);
    const delayErrorUs = delayErrorsUs && medianPercentiles([delayErrorsUs.map(Math.abs)]);
    return {
      arm: this.#arm,
      summaries,
      samples: this.samples,
      failures: this.failures,
      ...(delayErrorUs === undefined ? {} : { delayErrorUs }),
      ...(this.firstFailure === undefined ? {} : { firstFailure: this.firstFailure }),
    };
  }
}
