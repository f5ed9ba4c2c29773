import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';
import { numbersIn, textOf } from '../bench/subjects/process-table.ts';

/** The command line of the same build as the test. */
export const cli = fileURLToPath(new URL('../cli.js', import.meta.url));

/** So little that it says nothing, and is soon over. */
export const tiny = ['--samples', '3', '--warmups', '1', '--runs', '1'] as const;

/** A folder for one test. */
export function folderOf(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'latency-test-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Starts a command of the kit, with a folder for temporary files of its own. */
export function start(folder: string, ...args: string[]) {
  const env = { ...process.env, TMPDIR: folder };
  const child = spawn(process.execPath, [cli, ...args], { env });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return { child, output };
}

/** Runs `stdio-bus-kit bench` to its end. */
export async function run(t: Test, ...args: string[]) {
  const { child, output } = start(folderOf(t), 'bench', ...args);
  const [code] = await once(child, 'close');
  return { code, ...output };
}

/** Starts a server of the kit, and resolves with what it says that it listens on. */
export async function serving(t: Test, ...args: string[]): Promise<string> {
  const { child, output } = start(folderOf(t), ...args);
  t.teardown(async () => {
    const ended = child.exitCode === null ? once(child, 'close') : undefined;
    child.kill('SIGTERM');
    await ended;
  });
  await until(() => /listening on \S+/.test(output.stderr) || child.exitCode !== null);
  return String(/listening on (\S+)/.exec(output.stderr)?.[1]);
}

export async function until(isSo: () => boolean): Promise<void> {
  const endMs = performance.now() + 60_000;
  while (!isSo()) {
    if (performance.now() > endMs) throw new Error('not within a minute');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Pids of the processes in whose command line or environment a text stands. */
export function processesNaming(text: string): string[] {
  return numbersIn('/proc').filter(
    (pid) =>
      textOf(`/proc/${pid}/environ`).includes(text) ||
      textOf(`/proc/${pid}/cmdline`).includes(text),
  );
}
