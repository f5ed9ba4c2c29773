import t from 'tap';
import type { LoadQuestion } from '../schemas/generated/load-report.ts';
import { validateLoadReport } from '../schemas/generated/load-report.validate.ts';
import type { BenchOptions } from './bench-options.ts';
import { efforts } from './questions/effort.ts';
import { runBench } from './run-bench.ts';
import { referenceSubject } from './subjects/subject.ts';

// The machine may be busy.
t.setTimeout(180_000);

/** Too little to say anything of a bus, and enough to go every way once. */
const effort = {
  ...efforts.quick,
  rounds: 1,
  sampleMs: 60,
  warmUpMs: 20,
  ratesPerSec: [500],
  rateSteps: 2,
  rateRounds: 1,
  sessions: [10, 2000],
  pending: 2000,
  idleConnections: 100,
  idleMs: 200,
  startWorkers: 2,
  drainPending: 200,
};

t.test('each other question gives the reference bus its figures', async (t) => {
  const names: readonly LoadQuestion[] = [
    'connections',
    'open-loop',
    'highest-rate',
    'sessions',
    'pending',
    'idle-connections',
    'start',
    'recovery',
    'drain',
    'slow-reader',
    'cpu',
  ];
  const options: BenchOptions = {
    subjects: [referenceSubject],
    effort,
    only: names,
    files: [],
    worker: 'auto',
    p99BoundUs: 50_000,
    seed: 'test',
    hasGate: false,
  };
  const report: unknown = JSON.parse(JSON.stringify(await runBench(options)));
  if (!validateLoadReport(report)) throw new Error(JSON.stringify(validateLoadReport.errors));
  const { samples } = report;
  t.same(
    samples.filter(({ error }) => error !== undefined),
    [],
  );
  const faults = samples.filter(
    ({ counts }) => counts.lost + counts.duplicated + counts.misrouted > 0,
  );
  t.same(faults, []);
  const hasFigure: Record<string, (sample: (typeof samples)[number]) => boolean> = {
    'idle-connections': ({ rssGrowthBytes }) => rssGrowthBytes !== undefined,
    'slow-reader': ({ rssGrowthBytes }) => rssGrowthBytes !== undefined,
    start: ({ durationUs = 0 }) => durationUs > 0,
    recovery: ({ durationUs = 0 }) => durationUs > 0,
    drain: ({ durationUs = 0 }) => durationUs > 0,
    cpu: ({ cpuShare, cpuUsPerFrame }) => cpuShare !== undefined || cpuUsPerFrame !== undefined,
    sessions: ({ framesPerSec = 0, rssGrowthBytes }) =>
      framesPerSec > 0 || rssGrowthBytes !== undefined,
  };
  for (const name of names) {
    const own = samples.filter((one) => one.question === name && one.subject === 'reference');
    t.ok(own.length > 0, name);
    const has = hasFigure[name] ?? (({ framesPerSec }) => framesPerSec !== undefined);
    for (const sample of own) t.ok(has(sample), `${name}: ${JSON.stringify(sample)}`);
  }
});
