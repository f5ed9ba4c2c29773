import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import type { Arm, LatencyReport, Sample } from '../../../schemas/generated/latency-report.ts';

const cli = fileURLToPath(new URL('../../../cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'compare-test-'));
t.teardown(() => rmSync(folder, { recursive: true }));

const arm: Arm = {
  name: 'tcp/events/0ms/warm',
  transport: 'tcp',
  mode: 'events',
  rttMs: 0,
  pool: 'warm',
};

/** A report whose one-shot completions take about so long; the traced ones would spoil it. */
function reportOf(us: number, change: Partial<LatencyReport> = {}): LatencyReport {
  const samples = [1, 2, 3].flatMap((run) =>
    Array.from({ length: 20 }, (_, index): Sample => {
      const totalUs = us + ((index * 7 + run) % 20);
      return { metric: 'one-shot', run, index, totalUs, phases: {} };
    }),
  );
  const spoilers = samples.flatMap((sample) =>
    [1, 2].map((): Sample => ({ ...sample, totalUs: 1e9, traced: true })),
  );
  return {
    version: 1,
    suite: { name: 'stdio-bus-kit', version: '0.1.0' },
    machine: {
      os: 'linux',
      release: '6',
      arch: 'x64',
      cpu: 'a',
      cores: 2,
      memoryBytes: 1,
      node: 'v20',
    },
    seed: '1',
    startedAt: '2026-01-05T09:30:00.000Z',
    durationMs: 1,
    settings: { samples: 20, warmups: 0, runs: 3, command: ['/bin/true'], cwd: '/' },
    arms: [{ arm, summaries: [], samples: [...samples, ...spoilers], failures: 0 }],
    goals: [],
    warnings: [],
    peers: [{ name: 'bus', command: ['bus'] }],
    ...change,
  };
}

let files = 0;

function fileOf(content: unknown): string {
  const file = join(folder, `${files++}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

async function compare(...args: string[]) {
  const child = spawn(process.execPath, [cli, 'bench', 'compare', ...args]);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    output.stdout += text;
  });
  child.stderr.on('data', (text) => {
    output.stderr += text;
  });
  const [code] = await once(child, 'close');
  return { code, ...output };
}

t.test('ratios come with intervals, and what they show', async (t) => {
  const slow = fileOf(reportOf(2000));
  const fast = fileOf(reportOf(1000));
  const { code, stdout, stderr } = await compare(slow, fast);
  t.equal(code, 0, stderr);
  t.match(
    stdout,
    /one-shot process completion +2.01 ms +1.01 ms +0\.50\d \(0\.50\d–0\.50\d\) +faster/,
  );
  t.match((await compare(fast, slow)).stdout, /slower/);
  t.match((await compare(fast, fast)).stdout, /1\.000 \(.*\) +no difference shown/);
  const [json] = JSON.parse((await compare('--json', slow, fast)).stdout);
  t.match(json, { arm: arm.name, metric: 'one-shot', interval: { confidence: 0.95 } });
});

t.test('runs on other machines, with other settings, arms or peers are not compared', async (t) => {
  const before = fileOf(reportOf(1000));
  const { machine, settings, arms } = reportOf(1000);
  const far = { ...arm, name: 'tcp/events/80ms/warm' };
  const cases: [Partial<LatencyReport>, RegExp][] = [
    [{ machine: { ...machine, cores: 4 } }, /the machine "cores" differs: 2 and 4/],
    [{ settings: { ...settings, samples: 21 } }, /the setting "samples" differs: 20 and 21/],
    [{ settings: { ...settings, command: ['ls'] } }, /the setting "command" differs/],
    [
      { arms: arms.map((one) => ({ ...one, arm: far })) },
      /the second has no arms tcp\/events\/0ms/,
    ],
    [{ peers: [{ name: 'bus', command: ['other'] }] }, /the second has no peers bus: bus/],
  ];
  for (const [change, text] of cases) {
    const { code, stdout, stderr } = await compare(before, fileOf(reportOf(1000, change)));
    t.equal(code, 1);
    t.equal(stdout, '');
    t.match(stderr, text);
  }
});

t.test('what is no report is said', async (t) => {
  const good = fileOf(reportOf(1));
  for (const [file, text] of [
    ['/not/there.json', /there is no such file/],
    [fileOf('{'), /is not JSON/],
    [fileOf({ version: 1 }), /is no latency report; stdio-bus-kit validate/],
  ] as const) {
    const { code, stderr } = await compare(good, file);
    t.equal(code, 66);
    t.match(stderr, text);
  }
  t.equal((await compare(good)).code, 64);
});
