import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { finished, root, startCli } from '../testing/run-cli.ts';
import { hasProcessTable } from './subject/process-table.ts';

// Buses are started, on a machine that may be busy.
t.setTimeout(300_000);

// A run is found by what stands in `/proc`.
const skip = hasProcessTable ? false : 'the system shows no processes in /proc';
/** It never answers, so that the suite waits for it. */
const command = ['node', join(root, 'conformance/fixtures/naive-bus.mjs'), '--flaw', 'mute'];

/** Starts a run, and resolves with what its processes and folders carry when its bus has a worker. */
async function startRun(marker: string) {
  const child = startCli(
    'conform',
    'bus',
    '--transport',
    'tcp',
    '--',
    ...command,
    '--marker',
    marker,
  );
  const mark = await until('a worker of the run', () => {
    const bus = processesWith(marker).find((text) => text.includes('--config'));
    const found = bus === undefined ? undefined : /conform-([0-9a-f]{12})-/.exec(bus)?.[1];
    return found !== undefined && processesWith(found).length >= 3 ? found : undefined;
  });
  return { child, mark };
}

/** The command lines and environments of the processes in which a text stands. */
function processesWith(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => `${textOf(`/proc/${pid}/cmdline`)}\n${textOf(`/proc/${pid}/environ`)}`)
    .filter((each) => each.includes(text));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function foldersOf(mark: string): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`conform-${mark}`));
}

async function until<T>(what: string, find: () => T | undefined | false): Promise<T> {
  const endMs = performance.now() + 60_000;
  for (;;) {
    const found = find();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > endMs) throw new Error(`${what}: not within a minute`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const nothingIsLeft = (mark: string) =>
  until('nothing is left', () => processesWith(mark).length === 0 && foldersOf(mark).length === 0);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  t.test(`${signal} ends a run with 130 and leaves nothing`, { skip }, async (t) => {
    const { child, mark } = await startRun(`a-run-for-${signal}`);
    t.equal(foldersOf(mark).length, 1);
    child.kill(signal);
    const { code, stdout, stderr } = await finished(child);
    t.match(
      { code, stdout, stderr },
      { code: 130, stdout: '', stderr: 'interrupted: no verdict\n' },
    );
    await nothingIsLeft(mark);
  });
}

t.test('a second signal ends it at once, and nothing is left either', { skip }, async (t) => {
  const { child, mark } = await startRun('a-run-for-two-signals');
  child.kill('SIGINT');
  child.kill('SIGTERM');
  child.kill('SIGINT');
  const { code, signal } = await finished(child);
  t.ok(signal === 'SIGINT' || code === 130, `${code} ${signal}`);
  await nothingIsLeft(mark);
});

t.test('SIGKILL of the suite leaves no bus, no worker and no folder', { skip }, async (t) => {
  const { child, mark } = await startRun('a-run-for-sigkill');
  child.kill('SIGKILL');
  t.match(await finished(child), { signal: 'SIGKILL' });
  await nothingIsLeft(mark);
  t.notOk(existsSync(join(tmpdir(), `conform-${mark}`)));
});

t.test('a run whose output nobody reads ends as another one does', { skip }, async (t) => {
  const { child, mark } = await startRun('a-run-without-reader');
  child.stdout.destroy();
  child.stderr.destroy();
  const [code] = await new Promise<[number | null]>((resolve) => {
    child.once('exit', (exitCode) => resolve([exitCode]));
  });
  t.equal(code, 1);
  await nothingIsLeft(mark);
});
