import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { validateLoadReport } from '../schemas/generated/load-report.validate.ts';

// The machine may be busy.
t.setTimeout(180_000);
const commandLine = fileURLToPath(new URL('../cli.js', import.meta.url));
const { NODE_OPTIONS: _, ...env } = process.env;
const options = { env, maxBuffer: 2 ** 26 };

t.test('each other question gives the reference bus its figures', async (t) => {
  const names =
    'open-loop,highest-rate,sessions,pending,idle-connections,start,recovery,drain,slow-reader,cpu';
  const words = ['--quick', '--rounds', '1', '--no-gate', '--only', names, '--report', 'json=-'];
  const run = promisify(execFile)(
    process.execPath,
    [commandLine, 'bench', 'bus', ...words],
    options,
  );
  const { stdout } = await run;
  const report: unknown = JSON.parse(stdout);
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
  for (const name of names.split(',')) {
    const own = samples.filter((one) => one.question === name && one.subject === 'reference');
    t.ok(own.length > 0, name);
    const has = hasFigure[name] ?? (({ framesPerSec }) => framesPerSec !== undefined);
    for (const sample of own) t.ok(has(sample), `${name}: ${JSON.stringify(sample)}`);
  }
});
