/**
 * Waits for the end of its input, which is the end of the suite however that came about, SIGKILL too;
 * then ends all subjects and workers of the run and removes its folders:
 *
 *   node caretaker-process.js RUN_MARK
 */
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { environmentMark, folderPrefix } from '../scene/run-mark.ts';
import { pidsWithEnvironment } from '../subject/process-table.ts';

const [mark = ''] = process.argv.slice(2);

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {});
process.stdin.on('error', cleanUp).on('end', cleanUp).resume();

function cleanUp(): void {
  if (!/^[0-9a-f]{12}$/.test(mark)) process.exit(64);
  // One that is killed may have been about to start another.
  for (let round = 0; round < 3; round++) {
    for (const pid of pidsWithEnvironment(environmentMark(mark))) kill(pid);
  }
  const prefix = folderPrefix(mark);
  for (const name of readdirSync(dirname(prefix))) {
    if (!name.startsWith(basename(prefix))) continue;
    rmSync(join(dirname(prefix), name), { recursive: true, force: true });
  }
  process.exit(0);
}

function kill(pid: number): void {
  if (pid === process.pid) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
