import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { ConformanceReport } from '../schemas/generated/conformance-report.ts';
import { root, runCli } from '../testing/run-cli.ts';

// Commands are run and judged, on a machine that may be busy.
t.setTimeout(300_000);

const build = new URL('..', import.meta.url).pathname;
const conform = (...args: string[]) => runCli(['conform', 'worker', ...args]);

/** The manifest of the example, for the program of this build. */
function manifestIn(folder: string): string {
  const file = join(folder, 'process.yaml');
  const text = readFileSync(join(root, 'conformance/examples/process.yaml'), 'utf8');
  writeFileSync(file, text.replace('dist/cli.js', join(build, 'cli.js')));
  return file;
}

t.test('the process worker has the process profile', async (t) => {
  const folder = t.testdir();
  const kept = join(folder, 'kept');
  const { code, stdout } = await conform(
    ...['--subject', manifestIn(folder), '--profile', 'process', '--keep', kept],
    ...['--skip', 'process-retention/thirty-seconds,process-terminate/ignores-sigterm'],
  );
  t.equal(code, 0, stdout);
  t.match(stdout, /\nconformant: worker process is conformant \(a part of process on pipe\)/);
  const report: ConformanceReport = JSON.parse(readFileSync(join(kept, 'report.json'), 'utf8'));
  t.ok(report.scenarios.length >= 35);
});

t.test('a worker that does not claim the profile is not asked to run commands', async (t) => {
  const worker = ['node', join(build, 'conformance/mutants/worker/mutant-worker.js')];
  const { code, stderr } = await conform('--only', 'process-start/*', '--', ...worker);
  t.match(stderr, /--only process-start\/\* leaves no scenario of worker/);
  t.equal(code, 64);
});

t.test('a first manifest for a worker that runs commands claims the profile', async (t) => {
  const worker = ['node', join(build, 'cli.js'), 'worker', 'process'];
  const { code, stdout } = await conform('--init', '--', ...worker);
  t.equal(code, 0);
  t.match(stdout, /^profiles:\n {2}- worker\n {2}- process\n/m);
});

t.test('a broken executor fails what it breaks', async (t) => {
  const mutant = join(build, 'conformance/mutants/worker/mutant-worker.js');
  const table: [fault: string, scenario: string, requirement: string][] = [
    ['exit-after-closed', 'process-start/one-command', 'PRC-1'],
    ['retains-half', 'process-retention/one-mebibyte', 'PRC-2'],
    ['reads-without-waiting', 'process-read/waits', 'PRC-3'],
    ['loss-without-number', 'process-retention/output-lost', 'PRC-4'],
  ];
  const folder = t.testdir();
  for (const [fault, scenario, requirement] of table) {
    const subject = join(folder, `${fault}.json`);
    const manifest = { name: fault, command: ['node', mutant, fault], profiles: ['process'] };
    writeFileSync(subject, JSON.stringify(manifest));
    const { code, stdout } = await conform('--subject', subject, '--only', scenario);
    t.equal(code, 1, `${fault}: ${stdout}`);
    t.match(stdout, new RegExp(`^FAIL ${requirement} MUST `, 'm'), fault);
  }
});
